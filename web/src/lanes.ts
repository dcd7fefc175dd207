import type { Layer, Status, Verdict } from '../../src/model/index.ts';
import { LAYERS } from './words.ts';

/** One of the four C's with its verdicts in the result's order. */
export interface Lane {
  readonly layer: Layer;
  readonly verdicts: readonly Verdict[];
}

/** The four lanes, innermost first; a lane without verdicts stays. */
export function lanesOf(verdicts: readonly Verdict[]): readonly Lane[] {
  return LAYERS.map((layer) => ({ layer, verdicts: verdicts.filter((verdict) => layerOf(verdict) === layer) }));
}

/** The layer that a threat belongs to. */
export function layerOf(verdict: Verdict): string {
  return verdict.threat.slice(0, verdict.threat.indexOf('/'));
}

/** What identifies a verdict in one result. */
export function keyOf(verdict: Verdict): string {
  return `${verdict.threat} ${verdict.product}`;
}

/** How many verdicts there are of each status. */
export function countStatuses(verdicts: readonly Verdict[]): Readonly<Record<Status, number>> {
  const counts = { open: 0, unknown: 0, mitigated: 0, 'not-applicable': 0 };
  for (const { status } of verdicts) counts[status]++;
  return counts;
}
