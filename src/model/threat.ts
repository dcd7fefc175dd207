import type { Counterexample, ReplayOutcome } from './counterexample.ts';
import type { Gap } from './gap.ts';
import type { NonEmpty } from './non-empty.ts';
import type { Notice } from './notice.ts';
import type { Absence, Proof } from './proof.ts';

/** The four C's, innermost first. */
export const LAYERS = ['code', 'container', 'cluster', 'cloud'] as const;
export type Layer = (typeof LAYERS)[number];

/** The fifteen threats, in the order of every report. */
export const THREAT_IDS = [
  'code/injection',
  'code/request-forgery',
  'code/vulnerable-dependencies',
  'code/leaked-secrets',
  'container/mutable-images',
  'container/insecure-dockerfiles',
  'container/vulnerable-images',
  'cluster/excessive-access',
  'cluster/exposed-secrets',
  'cluster/unrestricted-images',
  'cluster/unrestricted-network',
  'cloud/excessive-access',
  'cloud/missing-mfa',
  'cloud/missing-guardrails',
  'cloud/unmanaged-keys',
] as const;
export type ThreatId = (typeof THREAT_IDS)[number];

/** Exposure: is it open now? Guard: would it be stopped next time? */
export type ControlKind = 'exposure' | 'guard';

/**
 * What a control saw. The kernel turns it into a verdict: a counterexample that stands makes it open,
 * otherwise a gap makes it unknown, otherwise the proof speaks. Without a proof there must be a gap.
 */
export type Assessment = { readonly notices?: readonly Notice[] } & (
  | {
      /** What is shown when no counterexample stands and no gap is left. */
      readonly proof: Proof | Absence;
      readonly counterexamples: readonly Counterexample[];
      readonly gaps: readonly Gap[];
    }
  | {
      readonly proof?: never;
      readonly counterexamples: readonly Counterexample[];
      readonly gaps: NonEmpty<Gap>;
    }
);

/** What names a control. */
export interface ControlHead {
  /** kebab-case, unique in its threat. */
  readonly id: string;
  readonly kind: ControlKind;
  /** What must hold, as a sentence. */
  readonly title: string;
}

/** A measure against a threat. `C` is the context that controls are given: facts, tree, config, time. */
export interface Control<C> extends ControlHead {
  /** Kinds of facts that the claim quantifies over: a file of these kinds that could not be read is a gap. */
  readonly needs: readonly string[];
  judge(context: C): Assessment | Promise<Assessment>;
  /** Sees a counterexample of this control again, by a second way. Required of every control that finds any. */
  replay?(context: C, counterexample: Replayable): ReplayOutcome | Promise<ReplayOutcome>;
}

/** The part of a counterexample that a replay reads; also what a stored result carries. */
export type Replayable = Pick<Counterexample, 'input' | 'trace' | 'replay'>;

/** What could happen to the product, and the controls that must stop it. */
export interface Threat<C> {
  readonly id: ThreatId;
  readonly title: string;
  /** The question whose honest "no" closes the threat. */
  readonly question: string;
  /** Identifiers of the field: CWE, ATT&CK, CIS, OWASP, SLSA. */
  readonly references: NonEmpty<string>;
  readonly controls: NonEmpty<Control<C>>;
}
