import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternSet } from './pattern-set.ts';
import { shortestMember } from './shortest.ts';
import { literalTokens, wildcardTokens } from './tokens.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
const setOf = (...patterns: readonly string[]) => patternSet(patterns.map((each) => wildcardTokens(each)));
const plenty = () => ({ left: 1_000_000 });

describe('patternSet', () => {
  it('matches what a naive matcher matches, with few patterns and with many', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), text, (patterns, each) => {
        expect(setOf(...patterns).matches(each)).toBe(patterns.some((one) => naive(one, each)));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps wildcards between colons where they must stop there', () => {
    const set = patternSet([[...literalTokens('a:'), { kind: 'star', except: ':' }, ...literalTokens(':b')]]);
    expect(set.matches('a:x:b')).toBe(true);
    expect(set.matches('a:x:y:b')).toBe(false);
  });

  it('ignores case where it is told to', () => {
    const set = patternSet([literalTokens('aB', true)]);
    expect(['ab', 'AB', 'Ab'].every((each) => set.matches(each))).toBe(true);
    expect(set.matches('aC')).toBe(false);
  });

  it('matches long texts against many stars in a bounded number of steps', () => {
    expect(setOf('*a*a*a*a*a*a*b').matches('a'.repeat(10_000))).toBe(false);
  });
});

describe('shortestMember', () => {
  it('finds a shortest text or proves that there is none', () => {
    const texts = allTexts('abc', 5);
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 3 }),
        fc.array(pattern, { maxLength: 3 }),
        (ins, outs) => {
          const within = ins.map((each) => setOf(each));
          const outside = outs.map((each) => setOf(each));
          const found = shortestMember({ within, outside }, plenty());
          const isMember = (each: string): boolean =>
            ins.every((one) => naive(one, each)) && !outs.some((one) => naive(one, each));
          const first = texts.find(isMember);
          if (found.kind === 'found') {
            expect(isMember(found.text)).toBe(true);
            if (first !== undefined) expect(found.text.length).toBeLessThanOrEqual(first.length);
          } else {
            expect(found.kind).toBe('empty');
            expect(first).toBeUndefined();
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('stays within an alphabet', () => {
    const found = shortestMember({ within: [setOf('?')], outside: [setOf('x')], alphabet: 'xy' }, plenty());
    expect(found).toEqual({ kind: 'found', text: 'y' });
    expect(shortestMember({ within: [setOf('?')], outside: [setOf('x', 'y')], alphabet: 'xy' }, plenty()).kind).toBe(
      'empty',
    );
  });

  it('gives up when the budget is spent', () => {
    const within = [setOf(`*a${'?'.repeat(30)}`), setOf(`*b${'?'.repeat(29)}`)];
    expect(shortestMember({ within, outside: [setOf('*c*', `*a${'?'.repeat(20)}*`)] }, { left: 5000 }).kind).toBe(
      'exhausted',
    );
  });
});

function allTexts(chars: string, longest: number): readonly string[] {
  const texts = [''];
  for (const each of texts) if (each.length < longest) for (const char of chars) texts.push(each + char);
  return texts;
}

function naive(one: string, each: string): boolean {
  if (one === '') return each === '';
  if (one.startsWith('*')) return naive(one.slice(1), each) || (each !== '' && naive(one, each.slice(1)));
  return each !== '' && (one[0] === '?' || one[0] === each[0]) && naive(one.slice(1), each.slice(1));
}
