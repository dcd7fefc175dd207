import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alwaysHolds, maxWidth } from './analyse.ts';
import { compileRe2 } from './compile.ts';
import { groupOf } from './groups.ts';
import { parseRe2 } from './parse.ts';

function all(pattern: string, text: string): string[] {
  const compiled = compileRe2(pattern);
  if (!compiled.ok) throw new Error(`${pattern}: ${compiled.message}`);
  compiled.re2.regex.lastIndex = 0;
  return [...text.matchAll(compiled.re2.regex)].map((match) => match[0]);
}

describe('compileRe2', () => {
  // Pattern, text, matches as Go's regexp gives them.
  it.each([
    ['(?i)key', 'KEY kEy \u212aey', ['KEY', 'kEy', '\u212aey']],
    ['a(?i)b(?-i)c', 'aBc aBC abc', ['aBc', 'abc']],
    ['a(?i:b)c', 'aBc ABc', ['aBc']],
    ['(?i)a(?-i:b)c', 'AbC aBc', ['AbC']],
    ['a.b', 'a\rb a\nb', ['a\rb']],
    ['(?s)a.b', 'a\nb', ['a\nb']],
    ['a(?s:.)b.', 'a\nb\n a\nbc', ['a\nbc']],
    ['\\s+', 'a\v\tb\u00a0 c', ['\t', ' ']],
    ['^a', 'a\na', ['a']],
    ['(?m)^a$', 'a\na\nba\na\r', ['a', 'a']],
    ['a$', 'a\n', []],
    ['a\\z', 'ba', ['a']],
    ['\\Aa', 'aa', ['a']],
    ['(?U)a+', 'aaa', ['a', 'a', 'a']],
    ['(?U)a+?', 'aaa', ['aaa']],
    ['\\Qa.b\\E+', 'a.bb axb', ['a.bb']],
    ['[[:alpha:]_]+', 'ab_1c', ['ab_', 'c']],
    ['[^[:^digit:]]+', 'a12', ['12']],
    ['\\x{1F600}', 'a\u{1F600}', ['\u{1F600}']],
    ['[\\x{1F600}-\\x{1F64F}]', '\u{1F601}\u{1F680}', ['\u{1F601}']],
    ['\\pL+', 'éa1', ['éa']],
    ['[^a]', 'a\nb', ['\n', 'b']],
    ['[]a]+', ']a', [']a']],
    ['[\\w.-]+', 'a.b-c d', ['a.b-c', 'd']],
    ['a{,2}', 'a{,2}', ['a{,2}']],
    ['\\bkey\\b', 'key keys', ['key']],
    ['é', 'é', ['é']],
    ['(?i)É', 'é', ['é']],
    ['\\07\\101', '\u0007A', ['\u0007A']],
  ])('%s on %j', (pattern, text, expected) => {
    expect(all(pattern, text)).toEqual(expected);
  });

  it.each([
    ['a(?=b)', 1],
    ['(?<!a)b', 0],
    ['(a)\\1', 3],
    ['a**', 2],
    ['*a', 0],
    ['[b-a]', 1],
    ['[a', 0],
    ['(a', 0],
    ['a)', 1],
    ['\\C', 0],
    ['\\Z', 0],
    ['a{1001}', 1],
    ['(?P<n>a)(?P<n>b)', 8],
    ['\\p{Nonsense}', 0],
    ['[[:nonsense:]]', 1],
    ['\\', 0],
    ['(?z)a', 0],
  ])('refuses %s at offset %i', (pattern, offset) => {
    const compiled = compileRe2(pattern);
    expect(compiled).toMatchObject({ ok: false, reason: 'syntax', offset });
  });

  it('keeps (a+)+$ from backtracking for ever', () => {
    const compiled = compileRe2('(a+)+$');
    expect(compiled.ok && compiled.re2.safety).toBe('fallback');
    expect(all('(a+)+$', `${'a'.repeat(200)}!`)).toEqual([]);
    expect(all('(?:(a|aa)+){2,30}$', `${'a'.repeat(100)}!`)).toEqual([]);
  });

  it('refuses what neither engine bounds', () => {
    expect(
      compileRe2('(?:[a-z]{0,900}){0,1}(?:x[a-z]{0,900}){1}[a-z]{0,900}[a-z]{0,900}[a-z]{0,900}[a-z]{0,900}b'),
    ).toMatchObject({
      ok: false,
      reason: 'too-costly',
    });
    expect(compileRe2('\\b'.repeat(40))).toMatchObject({ ok: false, reason: 'too-costly' });
  });

  it('places groups without the indices of JavaScript', () => {
    const compiled = compileRe2('(?:key|word)[a-z]*(=)(?:"(\\w+)"|\'(\\w+)\')');
    if (!compiled.ok) throw new Error(compiled.message);
    const match = compiled.re2.regex.exec("xx keyword='keyword'");
    if (match === null) throw new Error('no match');
    expect(groupOf(compiled.re2, match, 1)).toEqual({ text: '=', offset: 7 });
    expect(groupOf(compiled.re2, match, 2)).toBeUndefined();
    expect(groupOf(compiled.re2, match, 3)).toEqual({ text: 'keyword', offset: 9 });
  });

  it('never throws and never hangs, whatever the expression', () => {
    const piece = fc.constantFrom(
      'a',
      '.',
      '*',
      '+?',
      '(',
      ')',
      '(?i)',
      '(?:',
      '[',
      ']',
      '^',
      '$',
      '\\',
      '\\b',
      '{2,3}',
      '{0,900}',
      '|',
      '-',
      '\\pL',
      '(?P<n>',
      '[^x]',
      '\u{1F600}',
    );
    const pattern = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(pattern, fc.string({ maxLength: 40 }), (source, text) => {
        const compiled = compileRe2(source);
        if (!compiled.ok) {
          expect(compiled.offset).toBeLessThanOrEqual(source.length);
          return;
        }
        compiled.re2.regex.lastIndex = 0;
        expect(() => compiled.re2.regex.exec(text)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

describe('the analysis', () => {
  it.each([
    ['abc', 3],
    ['a{2,5}|b', 5],
    ['a*', Infinity],
    ['(?:^)*', 0],
    ['.\\x{1F600}', 4],
  ])('bounds the width of %s by %d', (pattern, width) => {
    const parsed = parseRe2(pattern);
    expect(parsed.ok && maxWidth(parsed.node)).toBe(width);
  });

  it.each([
    ['(?i)api_?key=x', ['key'], true],
    ['(?:pass|key)word', ['password', 'keyword'], true],
    ['(?:key)?=', ['key'], false],
    ['(?:token|key)', ['key'], false],
    ['[a-z]+', ['key'], false],
  ])('%s always holds one of %j: %s', (pattern, words, expected) => {
    const parsed = parseRe2(pattern);
    expect(parsed.ok && alwaysHolds(parsed.node, words)).toBe(expected);
  });
});
