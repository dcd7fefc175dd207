import type { Finding, GapRecord, Result, Status, Verdict } from '../../model/index.ts';

/** Findings that count: those that nobody dismissed, worst first. */
export function standing({ findings }: Pick<Verdict, 'findings'>): readonly Finding[] {
  return findings.filter((finding) => finding.dismissed === undefined);
}

/** The finding that speaks for its threat: the worst that nobody decided about, otherwise the worst accepted one. */
export function bestFinding(verdict: Verdict): Finding | undefined {
  const findings = standing(verdict);
  return findings.find((finding) => finding.accepted === undefined) ?? findings[0];
}

/** Every gap of a verdict, in the order of its controls. */
export function gapsOf({ controls }: Pick<Verdict, 'controls'>): readonly GapRecord[] {
  return controls.flatMap((control) => ('gaps' in control ? (control.gaps ?? []) : []));
}

/** The gap that speaks for its threat: the first that nobody accepted and that something closes. */
export function bestGap(verdict: Verdict): GapRecord | undefined {
  const gaps = gapsOf(verdict);
  const undecided = gaps.filter((gap) => gap.accepted === undefined);
  return undecided.find((gap) => gap.closes !== undefined) ?? undecided[0] ?? gaps[0];
}

/** How many verdicts there are of each status. */
export function countStatuses(verdicts: readonly Pick<Verdict, 'status'>[]): Readonly<Record<Status, number>> {
  const counts = { open: 0, unknown: 0, mitigated: 0, 'not-applicable': 0 };
  for (const { status } of verdicts) counts[status]++;
  return counts;
}

/** How many findings and gaps people decided about. */
export interface DecisionCounts {
  readonly accepted: number;
  readonly dismissed: number;
}

/** Counts the decisions in force on some verdicts. */
export function countDecisions(verdicts: readonly Verdict[]): DecisionCounts {
  const findings = verdicts.flatMap((verdict) => verdict.findings);
  const gaps = verdicts.flatMap(gapsOf);
  return {
    accepted: [...findings, ...gaps].filter((item) => item.accepted !== undefined).length,
    dismissed: findings.filter((finding) => finding.dismissed !== undefined).length,
  };
}

/** The verdicts of each product, in the order of the result; a product without any is left out. */
export function byProduct({
  products,
  verdicts,
}: Result): readonly { readonly name: string; readonly verdicts: readonly Verdict[] }[] {
  const groups = new Map<string, Verdict[]>(products.map(({ name }) => [name, []]));
  for (const verdict of verdicts) {
    const group = groups.get(verdict.product) ?? [];
    group.push(verdict);
    groups.set(verdict.product, group);
  }
  return [...groups].filter(([, group]) => group.length > 0).map(([name, group]) => ({ name, verdicts: group }));
}
