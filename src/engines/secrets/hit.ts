import type { SourceLocation } from '../../model/index.ts';
import type { Origin } from './ruleset.ts';

/** A secret that was found. It carries the secret itself: whoever prints it redacts. */
export interface SecretHit {
  readonly rule: string;
  /** The rule's own description: what kind of secret it is. */
  readonly description: string;
  readonly tags: readonly string[];
  readonly origin: Origin;
  /** The secret; empty when the rule is about the file's name. */
  readonly secret: string;
  /** Exactly the secret. */
  readonly location: SourceLocation;
  /** All that the rule's expression matched. */
  readonly match: SourceLocation;
  /** Name that the secret is assigned to, where one stands before it. */
  readonly key?: string;
  /** Shannon entropy in bits a character. */
  readonly entropy: number;
  /** The team's own words that it is not real: an allowlist of its configuration, an ignore line, a comment. */
  readonly ignoredBy?: { readonly by: string; readonly at?: SourceLocation };
}

/** A rule that did not look at everything in a file. */
export interface ScanProblem {
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

export interface ScanResult {
  /** In the order of their places; two rules may speak of the same place. */
  readonly hits: readonly SecretHit[];
  readonly problems: readonly ScanProblem[];
}
