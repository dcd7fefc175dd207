import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSpan } from './decoders.ts';
import { encodedSpans } from './encodings.ts';

/** The four expressions as gitleaks joins them. */
const JOINED =
  /(?<percent>%[0-9A-Fa-f]{2}(?:.*%[0-9A-Fa-f]{2})?)|(?<unicode>(?:U\+[a-fA-F0-9]{4}(?:[\t\n\f\r ]|$))+|(?:\\{1,2}[uU][a-fA-F0-9]{4})+)|(?<hex>[0-9A-Fa-f]{32,})|(?<base64>[\w/+-]{16,}={0,2})/g;
const ORDER = ['percent', 'unicode', 'hex', 'base64'] as const;

function plainly(text: string): [string, number, number][] {
  const all = [...text.matchAll(JOINED)].map((match) => ({
    kind: ORDER.find((name) => match.groups?.[name] !== undefined) ?? 'hex',
    start: match.index,
    end: match.index + match[0].length,
  }));
  const waits = (a: (typeof all)[number], b: (typeof all)[number] | undefined): boolean =>
    b !== undefined && b.start <= a.end && b.end >= a.start && ORDER.indexOf(b.kind) < ORDER.indexOf(a.kind);
  const kept = all.length === 1 ? all : all.filter((span, i) => !waits(span, all[i - 1]) && !waits(span, all[i + 1]));
  return kept.map(({ kind, start, end }) => [kind, start, end]);
}

describe('encodedSpans', () => {
  it('finds what the expressions of gitleaks find, but for base64 that decodes to nothing', () => {
    const part = fc.constantFrom(
      ...['%41', '%', 'U+0041 ', 'U+0041', '\\u0041', '\\\\U00e9', '\\', '\n', ' ', '=', '==', 'x', 'U+', '.'],
      ...['0123456789abcdef', 'deadbeef', 'aGVsbG8gd29ybGQgYWJj', 'c2VjcmV0', '/', '+', '-', 'é'],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const text = parts.join('');
        const worth = ([kind, start, end]: readonly [string, number, number]): boolean =>
          kind !== 'base64' || decodeSpan('base64', text.slice(start, end)) !== '';
        const found = encodedSpans(text).map(({ encoding, start, end }): [string, number, number] => [
          encoding,
          start,
          end,
        ]);
        expect(found.filter(worth)).toEqual(plainly(text).filter(worth));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('decodeSpan', () => {
  it.each([
    ['percent', '%73%65cret%21', 'secret!'],
    ['percent', '%00a%41', ''],
    ['unicode', '\\u0073\\u0065', 'se'],
    ['unicode', 'U+0073 U+0065 ', 'se'],
    ['hex', '73656372657473656372657473656372', 'secretsecretsecr'],
    ['hex', 'ff656372657473656372657473656372', ''],
    ['base64', 'c2VjcmV0c2VjcmV0MQ==', 'secretsecret1'],
    ['base64', 'c2VjcmV0c2VjcmV0MQ', 'secretsecret1'],
    ['base64', 'c2VjcmV0c2VjcmV0MQ=', ''],
  ] as const)('%s %s', (encoding, value, expected) => {
    expect(decodeSpan(encoding, value)).toBe(expected);
  });
});
