import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../lib/hash.ts';
import {
  STATUSES,
  allOf,
  prove,
  proveAbsence,
  type Assessment,
  type Control,
  type Counterexample,
  type Gap,
  type Result,
  type Status,
  type Threat,
} from '../model/index.ts';
import { assess } from './assess.ts';
import { combine, toVerdict } from './combine.ts';
import { conclude } from './conclude.ts';
import { DecisionBook, NO_DECISIONS, isExpired, type Decisions } from './decisions.ts';
import { exitCodeOf } from './exit-code.ts';
import { Fingerprints } from './fingerprint.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const AT = { path: 'a.txt', startLine: 3, startColumn: 1, endLine: 3, endColumn: 5 };
const HEAD = { id: 'c', kind: 'exposure', title: 'c holds' } as const;
const PROOF = prove({ claim: 'c', what: 'files', elements: ['a.txt'], digest: sha256, method: 'm' });
const ABSENCE = proveAbsence({ claim: 'no c', what: 'files', elements: [], digest: sha256, method: 'm' });
const GAP: Gap = { reason: 'not-in-sight', message: 'nothing says it', closes: 'say it' };

function counterexample(identity = 'x', line = 3): Counterexample {
  return {
    title: 't',
    severity: 'high',
    summary: 's',
    input: { kind: 'k' },
    trace: [{ at: { ...AT, startLine: line, endLine: line }, note: 'n', role: 'sink' }],
    replay: { engine: 'c', args: {} },
    grants: [],
    identity: [identity],
  };
}

function book(decisions: Partial<Decisions> = {}, dismissing = true): DecisionBook {
  return new DecisionBook({ ...NO_DECISIONS, ...decisions }, NOW, { dismissing });
}

function statusOf(assessment: Assessment, decisions = book()): Status {
  return conclude('code/injection', HEAD, assessment, decisions).record.status;
}

describe('conclude', () => {
  it.each<[string, Assessment, Status]>([
    ['a counterexample', { proof: PROOF, counterexamples: [counterexample()], gaps: [] }, 'open'],
    ['a counterexample and a gap', { proof: PROOF, counterexamples: [counterexample()], gaps: [GAP] }, 'open'],
    ['a gap', { proof: PROOF, counterexamples: [], gaps: [GAP] }, 'unknown'],
    ['a gap beside an absence', { proof: ABSENCE, counterexamples: [], gaps: [GAP] }, 'unknown'],
    ['nothing but a gap', { counterexamples: [], gaps: [GAP] }, 'unknown'],
    ['a proof', { proof: PROOF, counterexamples: [], gaps: [] }, 'mitigated'],
    ['an absence', { proof: ABSENCE, counterexamples: [], gaps: [] }, 'not-applicable'],
  ])('%s', (_, assessment, expected) => {
    expect(statusOf(assessment)).toBe(expected);
  });

  it('takes a dismissed counterexample out of the verdict, and lists it in the proof', () => {
    const fingerprint =
      conclude('code/injection', HEAD, { proof: PROOF, counterexamples: [counterexample()], gaps: [] }, book())
        .findings[0]?.fingerprint ?? '';
    const dismissals = [{ fingerprint, reason: 'r', owner: 'o', at: AT }];
    const { record, findings } = conclude(
      'code/injection',
      HEAD,
      { proof: PROOF, counterexamples: [counterexample()], gaps: [] },
      book({ dismissals }),
    );
    expect(record).toMatchObject({ status: 'mitigated', proof: { dismissed: [fingerprint] } });
    expect(findings[0]).toMatchObject({ dismissed: { reason: 'r', by: 'fourproof.yaml' } });
    expect(statusOf({ proof: PROOF, counterexamples: [counterexample()], gaps: [] }, book({ dismissals }, false))).toBe(
      'open',
    );
  });

  it('does not call a thing absent whose counterexample was dismissed', () => {
    const ignored: Counterexample = { ...counterexample(), ignoredBy: { by: '.gitleaksignore' } };
    expect(statusOf({ proof: ABSENCE, counterexamples: [ignored], gaps: [] })).toBe('mitigated');
  });

  it('leaves the verdict of an accepted counterexample alone', () => {
    const fingerprint =
      conclude('code/injection', HEAD, { proof: PROOF, counterexamples: [counterexample()], gaps: [] }, book())
        .findings[0]?.fingerprint ?? '';
    const acceptances = [{ fingerprint, reason: 'r', owner: 'o', expires: '2026-11-21', at: AT }];
    const { record, findings } = conclude(
      'code/injection',
      HEAD,
      { proof: PROOF, counterexamples: [counterexample()], gaps: [] },
      book({ acceptances }),
    );
    expect(record.status).toBe('open');
    expect(findings[0]?.accepted).toMatchObject({ expires: '2026-11-21' });
  });
});

describe('assess', () => {
  const control = (judge: Control<null>['judge']): Control<null> => ({ ...HEAD, needs: ['dockerfile'], judge });

  it('turns a control that throws into a gap', async () => {
    const assessment = await assess(
      control(() => Promise.reject(new Error('boom'))),
      null,
      [],
    );
    expect(assessment).toMatchObject({
      counterexamples: [],
      gaps: [{ reason: 'engine-error', message: 'the control c failed: boom' }],
    });
  });

  it('makes every unread file of a needed kind a gap, and no other', async () => {
    const unread = [
      { kind: 'dockerfile', path: 'Dockerfile', reason: 'unparsed-file', message: 'no FROM' },
      { kind: 'compose', path: 'compose.yaml', reason: 'unparsed-file', message: 'bad' },
    ] as const;
    const assessment = await assess(
      control(() => ({ proof: PROOF, counterexamples: [], gaps: [] })),
      null,
      unread,
    );
    expect(assessment.gaps.map((gap) => gap.message)).toEqual(['Dockerfile: no FROM']);
  });
});

describe('combine', () => {
  it('takes the worst of each side and of both, for every combination', () => {
    for (const exposure of STATUSES) {
      for (const guard of STATUSES) {
        const sides = combine([
          { kind: 'exposure', status: exposure },
          { kind: 'exposure', status: 'not-applicable' },
          { kind: 'guard', status: guard },
        ]);
        const expectedGuard = exposure === 'not-applicable' ? 'not-applicable' : guard;
        expect(sides).toEqual({ exposure, guard: expectedGuard, status: allOf([exposure, expectedGuard]) });
      }
    }
  });

  it('drops the findings of guards of an absent thing', () => {
    const threat: Threat<null> = {
      id: 'code/injection',
      title: 't',
      question: 'q',
      references: ['CWE-79'],
      controls: [{ ...HEAD, needs: [], judge: () => ({ proof: ABSENCE, counterexamples: [], gaps: [] }) }],
    };
    const absent = conclude('code/injection', HEAD, { proof: ABSENCE, counterexamples: [], gaps: [] }, book());
    const guard = conclude(
      'code/injection',
      { id: 'g', kind: 'guard', title: 'g' },
      { proof: PROOF, counterexamples: [counterexample()], gaps: [] },
      book(),
    );
    expect(toVerdict('p', threat, [absent, guard])).toMatchObject({
      status: 'not-applicable',
      guard: 'not-applicable',
      findings: [],
    });
  });
});

describe('fingerprints', () => {
  it('do not change with lines, and change with content, path and control', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.string(),
        fc.string(),
        (line, other, left, right) => {
          const of = (item: Counterexample, control = 'c') =>
            new Fingerprints('code/injection', control).ofCounterexample(item);
          expect(of(counterexample(left, line))).toBe(of(counterexample(left, other)));
          if (left !== right) expect(of(counterexample(left))).not.toBe(of(counterexample(right)));
          expect(of(counterexample(left))).not.toBe(of(counterexample(left), 'd'));
          expect(of(counterexample(left))).toMatch(/^[0-9a-f]{16}$/);
        },
      ),
    );
  });

  it('tell equal things apart by their order', () => {
    const fingerprints = new Fingerprints('code/injection', 'c');
    const first = fingerprints.ofCounterexample(counterexample());
    const second = fingerprints.ofCounterexample(counterexample());
    expect(first).not.toBe(second);
    expect(new Fingerprints('code/injection', 'c').ofCounterexample(counterexample())).toBe(first);
  });
});

describe('decisions', () => {
  it('hold to the end of their last day, UTC', () => {
    expect(isExpired('2026-11-20', NOW)).toBe(true);
    expect(isExpired('2026-11-21', NOW)).toBe(false);
    expect(isExpired('2026-11-21', new Date('2026-11-21T23:59:59.999Z'))).toBe(false);
    expect(isExpired('2026-11-21', new Date('2026-11-22T00:00:00Z'))).toBe(true);
    expect(isExpired(undefined, NOW)).toBe(false);
  });

  it('that are expired or match nothing are errors', () => {
    const decisions = book({
      acceptances: [{ fingerprint: 'a'.repeat(16), reason: 'r', owner: 'o', expires: '2026-01-01', at: AT }],
      dismissals: [{ fingerprint: 'b'.repeat(16), reason: 'r', owner: 'o', at: AT }],
    });
    expect(decisions.acceptanceOf('a'.repeat(16))).toBeUndefined();
    expect(decisions.notices().map((notice) => [notice.level, notice.message])).toEqual([
      ['error', `the acceptance of ${'a'.repeat(16)} expired on 2026-01-01`],
      ['error', `the dismissal of ${'b'.repeat(16)} matches nothing any more: remove it`],
    ]);
  });
});

describe('exitCodeOf', () => {
  function result(kind: 'exposure' | 'guard', assessment: Assessment, decisions = book()): Result {
    const threat: Threat<null> = {
      id: 'code/injection',
      title: 't',
      question: 'q',
      references: ['CWE-79'],
      controls: [{ ...HEAD, needs: [], judge: () => assessment }],
    };
    const applies = conclude(
      'code/injection',
      { ...HEAD, id: 'e' },
      { proof: PROOF, counterexamples: [], gaps: [] },
      book(),
    );
    const verdict = toVerdict('p', threat, [
      applies,
      conclude('code/injection', { ...HEAD, kind }, assessment, decisions),
    ]);
    return {
      schema: 'fourproof/result/v1',
      tool: { name: 'fourproof', version: '0' },
      now: NOW.toISOString(),
      digest: '',
      products: [],
      verdicts: [verdict],
      paths: [],
      inventory: { files: 1, bytes: 1, facts: {}, languages: {} },
      notices: decisions.notices(),
      timings: {},
    };
  }
  const open: Assessment = { proof: PROOF, counterexamples: [counterexample()], gaps: [] };
  const unknown: Assessment = { proof: PROOF, counterexamples: [], gaps: [GAP] };
  const both: Assessment = { proof: PROOF, counterexamples: [counterexample()], gaps: [GAP] };
  const closed: Assessment = { proof: PROOF, counterexamples: [], gaps: [] };

  it.each([
    ['open', 'exposure', open, 1, 1, 1],
    ['open', 'guard', open, 1, 0, 1],
    ['unknown', 'exposure', unknown, 0, 0, 4],
    ['both: 1 outranks 4', 'exposure', both, 1, 1, 1],
    ['closed', 'exposure', closed, 0, 0, 0],
  ] as const)('%s (%s)', (_, kind, assessment, byOpen, byExposure, byUnknown) => {
    const judged = result(kind, assessment);
    expect([exitCodeOf(judged, 'open'), exitCodeOf(judged, 'exposure'), exitCodeOf(judged, 'unknown')]).toEqual([
      byOpen,
      byExposure,
      byUnknown,
    ]);
  });

  it('is 0 for what is accepted and 2 for a stale decision', () => {
    const fingerprint = new Fingerprints('code/injection', 'c').ofCounterexample(counterexample());
    const acceptances = [{ fingerprint, reason: 'r', owner: 'o', expires: '2027-01-01', at: AT }];
    expect(exitCodeOf(result('exposure', open, book({ acceptances })), 'open')).toBe(0);
    expect(exitCodeOf(result('exposure', closed, book({ acceptances })), 'open')).toBe(2);
    expect(
      exitCodeOf(
        result('exposure', { ...open, counterexamples: [counterexample('other')] }, book({ acceptances })),
        'open',
      ),
    ).toBe(1);
  });
});
