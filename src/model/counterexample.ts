import type { SourceLocation } from './location.ts';
import type { NonEmpty } from './non-empty.ts';

/** How bad a counterexample is, best first; the field's usual five words. */
export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** A step from the outside to the harm. */
export interface TraceStep {
  readonly at: SourceLocation;
  readonly note: string;
  /** What the step is in the trace. */
  readonly role: 'source' | 'step' | 'sink' | 'guard';
}

/** A value that a replay needs, JSON only. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** How to see it again. */
export interface Replay {
  /** The evaluator that replays it; the control of the same name answers. */
  readonly engine: string;
  readonly args: { readonly [key: string]: Json };
}

/** A concrete case in which the control does not hold. */
export interface Counterexample {
  /** One line: what is wrong, with the concrete value. */
  readonly title: string;
  readonly severity: Severity;
  /** What happens, in one or two sentences. */
  readonly summary: string;
  /** The concrete input of the attack; `kind` says of what form it is. */
  readonly input: { readonly kind: string; readonly [key: string]: Json };
  /** At least one place; the last one is where it happens. */
  readonly trace: NonEmpty<TraceStep>;
  readonly replay: Replay;
  /** What the attacker has afterwards, in short phrases. */
  readonly grants: readonly string[];
  /** Content and route that identify it, never line numbers; the path of its location is added by the kernel. */
  readonly identity: NonEmpty<string>;
  /** Ranges of text that no output may show whole, in any excerpt. */
  readonly sensitive?: readonly SourceLocation[];
  /** Set when the team's own ignore file or comment already says that it is not real. */
  readonly ignoredBy?: { readonly by: string; readonly at?: SourceLocation };
}

/** What a replay saw. */
export interface ReplayOutcome {
  /** Whether the counterexample happened again. */
  readonly confirmed: boolean;
  /** What was done and seen, one line a step. */
  readonly steps: readonly string[];
}
