/** The result of a verification, `fourproof/result/v1`: the only thing that reports read. */

import type { Json, Severity, Replay, TraceStep } from './counterexample.ts';
import type { GapReason } from './gap.ts';
import type { SourceLocation } from './location.ts';
import type { NonEmpty } from './non-empty.ts';
import type { Notice } from './notice.ts';
import type { Scope, Witness } from './proof.ts';
import type { Status } from './status.ts';
import type { ControlHead, ThreatId } from './threat.ts';

/** Name and version of the format; a change that breaks a reader gets a new one. */
export const RESULT_SCHEMA = 'fourproof/result/v1';

/** A proof or a proof of absence, as it is printed. */
export interface ProofRecord {
  readonly claim: string;
  readonly scope: Scope;
  readonly method: string;
  readonly witnesses: readonly Witness[];
  /** Fingerprints of findings that were dismissed and therefore do not count against the claim. */
  readonly dismissed?: readonly string[];
}

/** Why a decision is in force on a finding or gap. */
export interface DecisionRecord {
  readonly reason: string;
  readonly owner: string;
  readonly expires?: string;
  /** Where it stands: fourproof.yaml, or the team's own ignore file or comment. */
  readonly by: string;
}

/** One gap with its identity and the decision about it. */
export interface GapRecord {
  readonly fingerprint: string;
  readonly reason: GapReason;
  readonly message: string;
  readonly at?: SourceLocation;
  readonly closes?: string;
  readonly accepted?: DecisionRecord;
}

/** The verdict on one control. Findings of an open control stand in the threat's list. */
export type ControlRecord =
  | (ControlHead & { readonly status: 'mitigated' | 'not-applicable'; readonly proof: ProofRecord })
  | (ControlHead & { readonly status: 'unknown'; readonly gaps: NonEmpty<GapRecord> })
  | (ControlHead & {
      readonly status: 'open';
      readonly findings: NonEmpty<string>;
      readonly gaps?: readonly GapRecord[];
    });

/** One counterexample with its identity and the decisions about it. */
export interface Finding {
  readonly fingerprint: string;
  /** Id of the control that it breaks. */
  readonly control: string;
  readonly severity: Severity;
  readonly title: string;
  readonly dismissed?: DecisionRecord;
  readonly accepted?: DecisionRecord;
  /** Where it happens: the last step of the trace. */
  readonly location: SourceLocation;
  /** Source lines around the location, secrets redacted. */
  readonly excerpt?: Excerpt;
  readonly counterexample: {
    readonly summary: string;
    readonly input: { readonly kind: string; readonly [key: string]: Json };
    readonly trace: NonEmpty<TraceStep>;
    readonly replay: Replay;
    readonly grants: readonly string[];
  };
}

/** A few lines of source. */
export interface Excerpt {
  /** Line number of the first line, from 1. */
  readonly startLine: number;
  readonly lines: readonly string[];
}

/** The verdict on one threat for one product. */
export interface Verdict {
  readonly product: string;
  readonly threat: ThreatId;
  readonly title: string;
  readonly question: string;
  /** Identifiers of the field: CWE, ATT&CK, CIS, OWASP, SLSA. */
  readonly references?: readonly string[];
  readonly status: Status;
  readonly exposure: Status;
  readonly guard: Status;
  readonly controls: readonly ControlRecord[];
  /** Worst first. */
  readonly findings: readonly Finding[];
}

/** What was found to look at. */
export interface Inventory {
  readonly files: number;
  readonly bytes: number;
  /** Number of facts by kind, e.g. `dockerfile: 2`. */
  readonly facts: Readonly<Record<string, number>>;
  /** Number of source files by language. */
  readonly languages: Readonly<Record<string, number>>;
}

/** Everything that a verification says: what was looked at, every verdict with its evidence, and what else to tell. */
export interface Result {
  readonly schema: typeof RESULT_SCHEMA;
  readonly tool: { readonly name: 'fourproof'; readonly version: string };
  /** The time that expiry is judged at, ISO 8601, UTC. */
  readonly now: string;
  /** SHA-256 of everything in the result but times: the same input has the same digest. */
  readonly digest: string;
  readonly products: readonly { readonly name: string; readonly paths: readonly string[] }[];
  readonly verdicts: readonly Verdict[];
  /** Attack paths across the layers. */
  readonly paths: readonly Json[];
  readonly inventory: Inventory;
  readonly notices: readonly Notice[];
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
}
