import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, wildcards } from '../concrete/wildcard.ts';
import { piecesOf, wildcardOf } from './forms.ts';

const formOf = (pattern: string) => wildcardOf(piecesOf(pattern));

describe('the widest wildcard pattern of a constraint', () => {
  it.each([
    ['arn:aws:iam::[0-9]{12}:role/ci', 'arn:aws:iam::????????????:role/ci'],
    ['[\\s\\S]*', '*'],
    ['a\\.b(?:[a-z]+)-\\d', 'a.b*-?'],
    ['(?:a|b)c', '*c'],
    ['a|b', '*'],
    ['(?i:a)b', '*b'],
    ['ab*c', 'a*c'],
    ['ab{3}c', 'abbbc'],
    ['[^/]x', '*x'],
    ['[]a]x', '*x'],
    ['[[:alpha:]]x', '*x'],
    ['\\$\\{aws:username\\}/[\\s\\S]*', '${aws:username}/*'],
    ['a\\$\\{aws:PrincipalTag/[\\s\\S]*\\}/b', 'a*/b'],
    ['[\\s\\S]*\\}b', '*b'],
    ['a\\$[\\s\\S]*', 'a*'],
  ])('%s: %s', (pattern, expected) => {
    expect(formOf(pattern)).toBe(expected);
  });

  it('matches whatever the expression matches', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '\\.',
      '[ab]',
      '[^b]',
      '(?:ab)',
      '(?:a|bb)',
      '(?:a(?:b)c)',
      '.',
      '\\d',
      '[a-c]{2}',
    );
    const quantifier = fc.constantFrom('', '', '', '*', '+?', '?', '{2}', '{1,2}');
    const pattern = fc
      .array(fc.tuple(atom, quantifier), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.map(([part, times]) => `${part}${part.endsWith('}') ? '' : times}`).join(''));
    fc.assert(
      fc.property(
        pattern.chain((each) => fc.tuple(fc.constant(each), fc.stringMatching(new RegExp(`^(?:${each})$`)))),
        ([each, text]) => compilePattern(wildcards(formOf(each)))(text),
      ),
      { numRuns: 100 },
    );
  });
});
