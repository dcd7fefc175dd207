import { allOf, type ControlRecord, type Severity, type Status, type Threat, type Verdict } from '../model/index.ts';
import type { Conclusion } from './conclude.ts';

/** The two sides of a threat, and the worst of both. Where no exposure applies, no guard is needed. */
export function combine(controls: readonly Pick<ControlRecord, 'kind' | 'status'>[]): {
  readonly status: Status;
  readonly exposure: Status;
  readonly guard: Status;
} {
  const exposure = allOf(controls.filter((control) => control.kind === 'exposure').map((control) => control.status));
  const guards = allOf(controls.filter((control) => control.kind === 'guard').map((control) => control.status));
  const guard = exposure === 'not-applicable' ? 'not-applicable' : guards;
  return { status: allOf([exposure, guard]), exposure, guard };
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 3, critical: 4 };

/** The verdict on a threat from the conclusions on its controls. */
export function toVerdict<C>(product: string, threat: Threat<C>, conclusions: readonly Conclusion[]): Verdict {
  const all = conclusions.map((conclusion) => conclusion.record);
  const sides = combine(all);
  // Guards of an absent thing say nothing: their findings would be noise.
  const counted =
    sides.exposure === 'not-applicable' ? conclusions.filter(({ record }) => record.kind === 'exposure') : conclusions;
  const findings = counted.flatMap((conclusion) => conclusion.findings);
  return {
    product,
    threat: threat.id,
    title: threat.title,
    question: threat.question,
    references: threat.references,
    ...sides,
    controls: counted.map((conclusion) => conclusion.record),
    findings: [...findings].sort(
      (a, b) =>
        Number(a.dismissed !== undefined) - Number(b.dismissed !== undefined) || RANK[b.severity] - RANK[a.severity],
    ),
  };
}
