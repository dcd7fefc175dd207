import type { Counterexample, Gap, Witness } from '../../../model/index.ts';

/** Days after which a key is old. */
export const OLD_AFTER = 90;

/** What the judgements of single keys add to. */
export interface KeyFindings {
  readonly counterexamples: Counterexample[];
  readonly gaps: Gap[];
  readonly witnesses: Witness[];
  readonly elements: string[];
}
