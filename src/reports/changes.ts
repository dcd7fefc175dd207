import type { Finding, Result, Status, ThreatId, Verdict } from '../model/index.ts';
import { standing } from './shared/pick.ts';

/** A verdict that is not what it was; a side is absent where the product or threat was not judged. */
export interface VerdictChange {
  readonly product: string;
  readonly threat: ThreatId;
  readonly title: string;
  readonly before?: Status;
  readonly after?: Status;
  readonly exposure: { readonly before?: Status; readonly after?: Status };
  readonly guard: { readonly before?: Status; readonly after?: Status };
}

/** What a change does to the verdicts. */
export interface Changes {
  /** Only those whose status, exposure or guard changed, in the order of the result. */
  readonly verdicts: readonly VerdictChange[];
  /** Counterexamples that stand after and did not before. */
  readonly findings: readonly { readonly product: string; readonly threat: ThreatId; readonly finding: Finding }[];
  /** How many counterexamples stood before and are gone; one that was merely dismissed is not gone. */
  readonly fixed: number;
}

/** Compares two results by product, threat and fingerprint. */
export function compareResults(base: Result, head: Result): Changes {
  const before = new Map(base.verdicts.map((verdict) => [keyOf(verdict), verdict]));
  const after = new Map(head.verdicts.map((verdict) => [keyOf(verdict), verdict]));
  const removed = base.verdicts.filter((verdict) => !after.has(keyOf(verdict)));
  return {
    verdicts: [
      ...head.verdicts.flatMap((verdict) => changeOf(before.get(keyOf(verdict)), verdict)),
      ...removed.flatMap((verdict) => changeOf(verdict, undefined)),
    ],
    findings: head.verdicts.flatMap((verdict) => {
      const known = new Set(
        standing(before.get(keyOf(verdict)) ?? { findings: [] }).map(({ fingerprint }) => fingerprint),
      );
      const fresh = standing(verdict).filter(({ fingerprint }) => !known.has(fingerprint));
      return fresh.map((finding) => ({ product: verdict.product, threat: verdict.threat, finding }));
    }),
    fixed: base.verdicts.reduce((sum, verdict) => sum + fixedIn(verdict, after.get(keyOf(verdict))), 0),
  };
}

function keyOf({ product, threat }: Verdict): string {
  return `${threat} ${product}`;
}

function changeOf(before: Verdict | undefined, after: Verdict | undefined): VerdictChange[] {
  const either = after ?? before;
  if (either === undefined) return [];
  const same = (['status', 'exposure', 'guard'] as const).every((side) => before?.[side] === after?.[side]);
  if (same) return [];
  const { product, threat, title } = either;
  return [
    {
      product,
      threat,
      title,
      ...sides(before?.status, after?.status),
      exposure: sides(before?.exposure, after?.exposure),
      guard: sides(before?.guard, after?.guard),
    },
  ];
}

function sides(before: Status | undefined, after: Status | undefined): { before?: Status; after?: Status } {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function fixedIn(before: Verdict, after: Verdict | undefined): number {
  const left = new Set((after?.findings ?? []).map(({ fingerprint }) => fingerprint));
  return standing(before).filter(({ fingerprint }) => !left.has(fingerprint)).length;
}
