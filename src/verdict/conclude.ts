import {
  isNonEmpty,
  type Assessment,
  type ControlRecord,
  type Counterexample,
  type Finding,
  type ControlHead,
  type Gap,
  type GapRecord,
  type ThreatId,
} from '../model/index.ts';
import type { DecisionBook } from './decisions.ts';
import { Fingerprints } from './fingerprint.ts';

/** The verdict on one control with its findings, dismissed ones included. */
export interface Conclusion {
  readonly record: ControlRecord;
  readonly findings: readonly Finding[];
}

/**
 * Turns what a control saw into a verdict: a counterexample that stands makes it open, otherwise a gap makes it
 * unknown, otherwise its proof speaks, and lists what was dismissed.
 */
export function conclude(
  threat: ThreatId,
  control: ControlHead,
  assessment: Assessment,
  book: DecisionBook,
): Conclusion {
  const fingerprints = new Fingerprints(threat, control.id);
  const findings = assessment.counterexamples.map((counterexample) =>
    toFinding(control.id, fingerprints.ofCounterexample(counterexample), counterexample, book),
  );
  const gaps = assessment.gaps.map((gap) => toGapRecord(gap, fingerprints.ofGap(gap), book));
  const standing = findings.filter((finding) => finding.dismissed === undefined).map((finding) => finding.fingerprint);
  const head = { id: control.id, kind: control.kind, title: control.title };

  if (isNonEmpty(standing)) {
    return { record: { ...head, status: 'open', findings: standing, ...(isNonEmpty(gaps) ? { gaps } : {}) }, findings };
  }
  if (isNonEmpty(gaps)) return { record: { ...head, status: 'unknown', gaps }, findings };
  const proof = assessment.proof;
  if (proof === undefined) throw new TypeError(`control ${control.id} gave neither a proof nor a gap`);
  const { claim, scope, method, witnesses } = proof;
  const dismissed = findings.map((finding) => finding.fingerprint);
  const record: ControlRecord = {
    ...head,
    status: proof.kind === 'absence' && dismissed.length === 0 ? 'not-applicable' : 'mitigated',
    proof: { claim, scope, method, witnesses, ...(dismissed.length === 0 ? {} : { dismissed }) },
  };
  return { record, findings };
}

function toFinding(control: string, fingerprint: string, counterexample: Counterexample, book: DecisionBook): Finding {
  const { title, severity, summary, input, trace, replay, grants, ignoredBy } = counterexample;
  const byTeam =
    ignoredBy === undefined || !book.dismissing
      ? undefined
      : { reason: `the team's own ${ignoredBy.by}`, owner: 'team', by: ignoredBy.by };
  const dismissed = book.dismissalOf(fingerprint) ?? byTeam;
  const accepted = dismissed === undefined ? book.acceptanceOf(fingerprint) : undefined;
  return {
    fingerprint,
    control,
    severity,
    title,
    ...(dismissed === undefined ? {} : { dismissed }),
    ...(accepted === undefined ? {} : { accepted }),
    location: (trace.at(-1) ?? trace[0]).at,
    counterexample: { summary, input, trace, replay, grants },
  };
}

function toGapRecord(gap: Gap, fingerprint: string, book: DecisionBook): GapRecord {
  const { reason, message, at, closes } = gap;
  const accepted = book.acceptanceOf(fingerprint);
  return {
    fingerprint,
    reason,
    message,
    ...(at === undefined ? {} : { at }),
    ...(closes === undefined ? {} : { closes }),
    ...(accepted === undefined ? {} : { accepted }),
  };
}
