import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, wildcards } from './wildcard.ts';

/** By the definition: `*` is nothing, or one character and `*` again. */
function naive(pattern: string, text: string): boolean {
  const [first] = pattern;
  if (first === undefined) return text === '';
  if (first === '*') return naive(pattern.slice(1), text) || (text !== '' && naive(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && naive(pattern.slice(1), text.slice(1));
}

describe('wildcards', () => {
  it('agree with their definition on random patterns and texts', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 9 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 });
    fc.assert(
      fc.property(pattern, text, (each, value) => compilePattern(wildcards(each))(value) === naive(each, value)),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b:c', true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
    ['arn:aws:*:x', 'arn:aws:s3:eu:1:x', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['', '', true],
    ['*', '', true],
    ['ab*ba', 'aba', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(compilePattern(wildcards(pattern))(text)).toBe(expected);
  });

  it('need no more than the product of the lengths', () => {
    const text = 'a'.repeat(10_000);
    for (const pattern of ['*a*a*a*b', '*a'.repeat(5000) + 'b', '*?a'.repeat(3000) + 'b', `*${'a?'.repeat(2000)}b*`])
      expect(compilePattern(wildcards(pattern))(text)).toBe(false);
    expect(compilePattern(wildcards('*a'.repeat(5000)))(text)).toBe(true);
  });
});
