import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUSES, allOf, anyOf, type Status } from './status.ts';

const status = fc.constantFrom<Status>(...STATUSES);
const statuses = fc.array(status, { maxLength: 6 });

describe('allOf', () => {
  it.each<[Status, Status, Status]>([
    ['open', 'open', 'open'],
    ['open', 'unknown', 'open'],
    ['open', 'mitigated', 'open'],
    ['open', 'not-applicable', 'open'],
    ['unknown', 'unknown', 'unknown'],
    ['unknown', 'mitigated', 'unknown'],
    ['unknown', 'not-applicable', 'unknown'],
    ['mitigated', 'mitigated', 'mitigated'],
    ['mitigated', 'not-applicable', 'mitigated'],
    ['not-applicable', 'not-applicable', 'not-applicable'],
  ])('%s and %s is %s', (left, right, expected) => {
    expect(allOf([left, right])).toBe(expected);
    expect(allOf([right, left])).toBe(expected);
  });
});

describe('anyOf', () => {
  it.each<[Status, Status, Status]>([
    ['open', 'open', 'open'],
    ['open', 'unknown', 'unknown'],
    ['open', 'mitigated', 'mitigated'],
    ['open', 'not-applicable', 'open'],
    ['unknown', 'unknown', 'unknown'],
    ['unknown', 'mitigated', 'mitigated'],
    ['unknown', 'not-applicable', 'unknown'],
    ['mitigated', 'mitigated', 'mitigated'],
    ['mitigated', 'not-applicable', 'mitigated'],
    ['not-applicable', 'not-applicable', 'not-applicable'],
  ])('%s or %s is %s', (left, right, expected) => {
    expect(anyOf([left, right])).toBe(expected);
    expect(anyOf([right, left])).toBe(expected);
  });
});

describe.each([
  ['allOf', allOf],
  ['anyOf', anyOf],
] as const)('the laws of %s', (_, combine) => {
  it('does not depend on order, grouping or repetition', () => {
    fc.assert(
      fc.property(statuses, statuses, (left, right) => {
        const together = combine([...left, ...right]);
        expect(combine([...right, ...left])).toBe(together);
        expect(combine([combine(left), combine(right)])).toBe(together);
        expect(combine([...left, ...left, ...right])).toBe(together);
      }),
    );
  });

  it('has not-applicable as its identity', () => {
    fc.assert(
      fc.property(statuses, (list) => {
        expect(combine([...list, 'not-applicable'])).toBe(combine(list));
      }),
    );
    expect(combine([])).toBe('not-applicable');
  });
});

describe('both together', () => {
  it('never turn what is open or unknown into mitigated by adding requirements', () => {
    fc.assert(
      fc.property(fc.array(statuses, { minLength: 1, maxLength: 4 }), status, (groups, more) => {
        const before = allOf(groups.map(anyOf));
        const after = allOf([...groups.map(anyOf), more]);
        if (before === 'open' || before === 'unknown') expect(after).not.toBe('mitigated');
      }),
    );
  });
});
