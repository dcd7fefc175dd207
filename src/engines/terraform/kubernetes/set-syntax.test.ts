import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSet, parseSetPath } from './set-syntax.ts';

describe('parseSetPath', () => {
  it.each([
    ['a', ['a']],
    ['a.b.c', ['a', 'b', 'c']],
    ['a[0].b', ['a', 0, 'b']],
    ['a[1][2]', ['a', 1, 2]],
    ['node\\.kubernetes\\.io/os', ['node.kubernetes.io/os']],
    ['annotations.eks\\.amazonaws\\.com/role-arn', ['annotations', 'eks.amazonaws.com/role-arn']],
  ])('%s', (text, path) => {
    expect(parseSetPath(text)).toEqual(path);
  });

  it.each(['', 'a.', '.a', 'a[x]', 'a[-1]', 'a[999999999]', 'a[0]b', 'a[', `${'a.'.repeat(40)}a`])(
    'refuses %j',
    (text) => {
      expect(parseSetPath(text)).toBeUndefined();
    },
  );

  it('reads any keys back that are escaped', () => {
    const keys = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(keys, (path) => {
        expect(parseSetPath(path.map((key) => key.replaceAll(/[\\.[\]]/g, '\\$&')).join('.'))).toEqual(path);
      }),
    );
  });
});

describe('parseSet', () => {
  it('divides at commas, which may be escaped', () => {
    expect(parseSet('a', 'x,b.c=y')).toEqual([
      { path: ['a'], value: 'x' },
      { path: ['b', 'c'], value: 'y' },
    ]);
    expect(parseSet('a', 'x\\,y')).toEqual([{ path: ['a'], value: 'x,y' }]);
    expect(parseSet('a', 'x=y')).toEqual([{ path: ['a'], value: 'x=y' }]);
    expect(parseSet('a', '')).toEqual([{ path: ['a'], value: '' }]);
    expect(parseSet('a', 'x,y')).toBeUndefined();
  });

  it('reads lists', () => {
    expect(parseSet('a', '{x,y}')).toEqual([{ path: ['a'], value: ['x', 'y'] }]);
    expect(parseSet('a', '{}')).toEqual([{ path: ['a'], value: [] }]);
    expect(parseSet('a', '{x},b=1')).toEqual([
      { path: ['a'], value: ['x'] },
      { path: ['b'], value: '1' },
    ]);
    expect(parseSet('a', '{x')).toBeUndefined();
  });

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, value) => {
        const read = parseSet(name, value);
        expect(read === undefined || read.length > 0).toBe(true);
      }),
    );
  });
});
