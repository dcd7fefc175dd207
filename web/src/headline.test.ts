import { describe, expect, it } from 'vitest';
import { headlineOf } from './headline.ts';

const counts = (open: number, unknown: number, mitigated: number, absent: number) => ({
  open,
  unknown,
  mitigated,
  'not-applicable': absent,
});

describe('headlineOf', () => {
  it.each([
    [counts(3, 10, 1, 1), 'No. 3 of 15 threats are open. 10 more could not be decided.'],
    [counts(1, 0, 0, 0), 'No. 1 of 1 threat is open.'],
    [counts(0, 2, 13, 0), 'Not proven. 2 of 15 threats could not be decided.'],
    [counts(0, 0, 14, 1), 'Yes. 14 of 15 threats are mitigated; 1 does not apply.'],
    [counts(0, 0, 0, 15), 'Does not apply. What the threats are about is not here.'],
    [counts(0, 0, 0, 0), 'Nothing was judged. So nothing is proven.'],
  ])('%j', (given, expected) => {
    const { answer, why } = headlineOf(given);
    expect(`${answer} ${why}`).toBe(expected);
  });
});
