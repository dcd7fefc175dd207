import type { ControlRecord, Finding, GapRecord, Result, Verdict } from '../../model/index.ts';

/** What `explain` is asked about. */
export type Target =
  | { readonly kind: 'threat'; readonly verdicts: readonly Verdict[] }
  | { readonly kind: 'finding'; readonly verdict: Verdict; readonly finding: Finding }
  | { readonly kind: 'gap'; readonly verdict: Verdict; readonly control: ControlRecord; readonly gap: GapRecord };

const SHORTEST_PREFIX = 4;

/** Finds a threat by its id, or by its name where one layer has it, or a finding or gap by its fingerprint or a unique prefix of one. */
export function findTarget(result: Result, text: string): Target | undefined {
  const target = text.trim();
  return findThreat(result, target) ?? findFingerprint(result, target);
}

function findThreat({ verdicts }: Result, target: string): Target | undefined {
  const whole = verdicts.filter(({ threat }) => threat === target);
  const named = whole.length > 0 ? whole : verdicts.filter(({ threat }) => threat.endsWith(`/${target}`));
  const ids = new Set(named.map(({ threat }) => threat));
  return ids.size === 1 ? { kind: 'threat', verdicts: named } : undefined;
}

function findFingerprint({ verdicts }: Result, target: string): Target | undefined {
  if (target.length < SHORTEST_PREFIX) return undefined;
  const all = verdicts.flatMap(evidenceOf).filter(({ fingerprint }) => fingerprint.startsWith(target));
  const exact = all.filter(({ fingerprint }) => fingerprint === target);
  const matches = exact.length > 0 ? exact : all;
  // Two products may share a file, and with it a fingerprint: that is one match.
  return new Set(matches.map(({ fingerprint }) => fingerprint)).size === 1 ? matches[0]?.target : undefined;
}

function evidenceOf(verdict: Verdict): { readonly fingerprint: string; readonly target: Target }[] {
  const findings = verdict.findings.map((finding) => ({
    fingerprint: finding.fingerprint,
    target: { kind: 'finding', verdict, finding } satisfies Target,
  }));
  const gaps = verdict.controls.flatMap((control) =>
    ('gaps' in control ? (control.gaps ?? []) : []).map((gap) => ({
      fingerprint: gap.fingerprint,
      target: { kind: 'gap', verdict, control, gap } satisfies Target,
    })),
  );
  return [...findings, ...gaps];
}
