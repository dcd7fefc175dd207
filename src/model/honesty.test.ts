import { describe, expect, it } from 'vitest';
import {
  isNonEmpty,
  prove,
  proveAbsence,
  type Assessment,
  type ControlRecord,
  type Proof,
  type ProofRecord,
} from './index.ts';

const digest = (text: string): string => `digest of ${text.length}`;
const input = { claim: 'all is well', what: 'things', elements: ['one', 'two'] as const, digest, method: 'looked' };

describe('a proof', () => {
  it('is made by prove alone, over at least one element', () => {
    const proof = prove(input);
    expect(proof).toMatchObject({
      kind: 'proof',
      claim: 'all is well',
      scope: { what: 'things', count: 2 },
      witnesses: [],
    });
    // @ts-expect-error an object literal is no proof
    const forged: Proof = {
      kind: 'proof',
      claim: 'x',
      scope: { what: 'x', count: 1, digest: 'x' },
      method: 'x',
      witnesses: [],
    };
    expect(forged.kind).toBe('proof');
    // @ts-expect-error nothing is proven by looking at nothing
    expect(() => prove({ ...input, elements: [] })).toThrow(RangeError);
  });

  it('of absence says where was looked', () => {
    expect(proveAbsence({ ...input, elements: [] })).toMatchObject({ kind: 'absence', scope: { count: 0 } });
  });

  it('has the digest of its elements, in order', () => {
    expect(prove(input).scope.digest).toBe(prove(input).scope.digest);
    expect(prove({ ...input, digest: (text) => text }).scope.digest).toBe('["one","two"]');
  });
});

describe('dishonest states', () => {
  it('do not compile', () => {
    // @ts-expect-error without a proof there must be a gap
    const silent: Assessment = { counterexamples: [], gaps: [] };
    // @ts-expect-error mitigated needs a proof
    const mitigated: ControlRecord = { id: 'a', kind: 'guard', title: 'a', status: 'mitigated' };
    // @ts-expect-error open needs a finding
    const open: ControlRecord = { id: 'a', kind: 'guard', title: 'a', status: 'open', findings: [] };
    // @ts-expect-error unknown needs a gap
    const unknown: ControlRecord = { id: 'a', kind: 'guard', title: 'a', status: 'unknown', gaps: [] };
    // @ts-expect-error not-applicable needs a proof of absence
    const absent: ControlRecord = { id: 'a', kind: 'guard', title: 'a', status: 'not-applicable' };
    const proof: ProofRecord = { claim: '', scope: { what: '', count: 1, digest: '' }, method: '', witnesses: [] };
    const honest: ControlRecord = { id: 'a', kind: 'guard', title: 'a', status: 'mitigated', proof };
    expect([silent, mitigated, open, unknown, absent, honest]).toHaveLength(6);
  });
});

describe('isNonEmpty', () => {
  it('tells lists with an element from those without', () => {
    expect([isNonEmpty([]), isNonEmpty([0])]).toEqual([false, true]);
  });
});
