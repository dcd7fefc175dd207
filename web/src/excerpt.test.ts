import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutExcerpt } from './excerpt.ts';

const range = (startLine: number, startColumn: number, endLine: number, endColumn: number) => ({
  path: 'a.ts',
  startLine,
  startColumn,
  endLine,
  endColumn,
});

describe('cutExcerpt', () => {
  it('cuts one line at the ends of the range', () => {
    const lines = cutExcerpt({ startLine: 4, lines: ['first', 'uses: a@v4 # x'] }, range(5, 7, 5, 11));
    expect(lines).toEqual([
      { number: 4, before: 'first', hit: '', after: '' },
      { number: 5, before: 'uses: ', hit: 'a@v4', after: ' # x' },
    ]);
  });

  it('marks the lines between first and last without their indentation', () => {
    const lines = cutExcerpt({ startLine: 1, lines: ['run: |', '  one', '  two'] }, range(1, 6, 3, 4));
    expect(lines.map(({ hit }) => hit)).toEqual(['|', 'one', 't']);
  });

  it('shortens lines that nobody can read', () => {
    const [line] = cutExcerpt({ startLine: 1, lines: ['x'.repeat(1_000_000)] }, range(1, 500_000, 1, 500_004));
    expect(line?.hit).toBe('xxxx');
    expect(line?.before.length).toBe(241);
    expect(line?.after.length).toBe(241);
  });

  it('loses no text of short lines, whatever the range', () => {
    const place = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 50 }), { maxLength: 8 }),
        place,
        place,
        place,
        place,
        (lines, ...at) => {
          const cut = cutExcerpt({ startLine: 1, lines }, range(...at));
          expect(cut.map(({ before, hit, after }) => before + hit + after)).toEqual(lines);
        },
      ),
    );
  });
});
