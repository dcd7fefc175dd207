import { describe, expect, it } from 'vitest';
import { fillOf, isAccountId, isFree, partsOf } from './pattern-holes.ts';

describe('the parts of a pattern', () => {
  it('are literals and holes', () => {
    expect(partsOf('arn:aws:iam::(?:[0-9]{12}):role/x\\.y')).toEqual([
      { literal: 'arn:aws:iam::' },
      { class: '[0-9]', length: 12, open: false },
      { literal: ':role/x.y' },
    ]);
    expect(partsOf('(?:ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})')?.filter((part) => 'class' in part)).toEqual([
      { class: '[0-9a-z]', length: 4, open: true },
      { class: '[a-z0-9]', length: 8, open: true },
    ]);
  });

  it.each(['a|b', '(?:a)?', 'a*', 'a+', 'a{3}', '(?:[!-~]+/)?', '.', '\\d', '(a)', '[0-9', '(?:a'])(
    'are not known of %s',
    (pattern) => {
      expect(partsOf(pattern)).toBeUndefined();
    },
  );

  it('say what may stand in a hole', () => {
    const holes = (pattern: string) => partsOf(pattern)?.flatMap((part) => ('class' in part ? [part] : [])) ?? [];
    expect(holes('[0-9]{12}').map(isAccountId)).toEqual([true]);
    expect(holes('[0-9a-f]{12}').map(isAccountId)).toEqual([false]);
    expect(holes('[\\s\\S]*').map(isFree)).toEqual([true]);
  });
});

describe('what fills a hole', () => {
  const seed = 'ab34cd56ef7890ab34cd56ef7890ab34cd56ef7890ab34cd56ef7890ab34cd56';

  it('is of the class, of its length, and the same for the same seed', () => {
    const hole = { class: '[0-9A-F]', length: 32, open: false };
    const text = fillOf(hole, seed);
    expect(text).toMatch(/^[0-9A-F]{32}$/);
    expect(fillOf(hole, seed)).toBe(text);
    expect(fillOf(hole, seed.slice(1) + seed.slice(0, 1))).not.toBe(text);
  });

  it('is unknown for what is no identifier', () => {
    expect(fillOf({ class: '[!-~]', length: 1, open: true }, seed)).toBeUndefined();
  });
});
