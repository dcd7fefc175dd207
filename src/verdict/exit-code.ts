import type { ControlRecord, Result, Verdict } from '../model/index.ts';

/** What makes a run fail: anything open, only exposures that are open, or also what is unknown. */
export type FailOn = 'open' | 'exposure' | 'unknown';

/** 0 nothing open · 1 open · 2 a decision in fourproof.yaml is stale · 4 unknown with `--fail-on unknown`; 1 outranks the others. */
export function exitCodeOf(result: Result, failOn: FailOn): 0 | 1 | 2 | 4 {
  const controls = result.verdicts.flatMap((verdict) =>
    verdict.controls
      .filter((control) => failOn !== 'exposure' || control.kind === 'exposure')
      .map((control) => ({ verdict, control })),
  );
  if (controls.some(({ verdict, control }) => isOpen(verdict, control))) return 1;
  if (result.notices.some((notice) => notice.level === 'error')) return 2;
  if (failOn === 'unknown' && controls.some(({ control }) => isUnknown(control))) return 4;
  return 0;
}

function isOpen(verdict: Verdict, control: ControlRecord): boolean {
  return (
    control.status === 'open' &&
    verdict.findings.some(
      (finding) => finding.control === control.id && finding.dismissed === undefined && finding.accepted === undefined,
    )
  );
}

function isUnknown(control: ControlRecord): boolean {
  return (
    (control.status === 'unknown' || control.status === 'open') &&
    (control.gaps ?? []).some((gap) => gap.accepted === undefined)
  );
}
