import type { SourceLocation } from './location.ts';

/** Why something could not be decided; the list is closed, so that reports and people can count on it. */
export const GAP_REASONS = [
  'engine-missing',
  'engine-error',
  'unreadable-file',
  'unparsed-file',
  'too-large',
  'unresolved-value',
  'not-in-sight',
  'not-declared',
  'unrendered-template',
  'undrillable-rules',
  'out-of-budget',
] as const;

/**
 * - `engine-missing`: this version has no engine for the question.
 * - `engine-error`: a control threw; that is a bug of ours.
 * - `unreadable-file`, `unparsed-file`, `too-large`: bytes that could not be taken into account.
 * - `unresolved-value`: a value that the sources do not determine.
 * - `not-in-sight`: it must exist elsewhere and nothing here speaks of it.
 * - `not-declared`: only people can say it, in fourproof.yaml.
 * - `unrendered-template`: a chart or template that was not rendered.
 * - `undrillable-rules`: a gate whose rules come from elsewhere at run time.
 * - `out-of-budget`: a bound on time or steps was reached.
 */
export type GapReason = (typeof GAP_REASONS)[number];

/** Why a control could not decide, and what would close the gap. */
export interface Gap {
  readonly reason: GapReason;
  readonly message: string;
  readonly at?: SourceLocation;
  /** The command to run or the file to add that closes it. */
  readonly closes?: string;
  /** Content and route that identify it; the message when absent. */
  readonly identity?: string;
}
