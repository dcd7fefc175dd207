import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileResult, sampleOfTwoProducts, sampleResult, sampleWithFindings } from '../../web/test/sample-result.ts';
import { THREAT_IDS, type Result } from '../model/index.ts';
import { renderChanges, renderChangesMarkdown } from './changes-text.ts';
import { compareResults } from './changes.ts';
import { renderMarkdown } from './markdown/index.ts';
import { renderSarif } from './sarif/index.ts';
import { renderExplanation, renderTerminal } from './terminal/index.ts';
import { widthOf } from './terminal/width.ts';

// Everything that a terminal or a page could act on, wide and combining characters, and long runs without a space.
const NASTY = [
  '\u001b[31m',
  '\u009b2J',
  '\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
  '\u202egnp.exe',
  '\u2066\u2069',
  '\u0000\b\r\n\t',
  '<script>alert(1)</script>',
  '</pre></code></details>',
  '| a | b |\n| --- | --- |\n# heading\n- item\n1. one\n> quote\n```\ncode\n```',
  '@everyone see https://evil.example and www.evil.example or me@evil.example #1 deadbeefdeadbeef',
  '[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>',
  '漢字かな交じり文',
  '👩‍👩‍👧‍👦🏳️‍🌈❤️',
  'e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308',
  '\ud800',
  '\u2028\u2029\ufeff\u200b',
  'x'.repeat(300),
  '\t\tif\t(x)\t{',
  '`a` `b',
  '$& $1 ${x} $$y$$',
];
const hostileText = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 4 })
    .map((parts) => parts.join(' ')),
  fc.string({ unit: 'grapheme' }),
);
const hostileNumber = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(1, 500, 2 ** 31));

/** Keys whose values come from a closed list or identify; everything else may hold text of a scanned repository. */
const CLOSED = new Set([
  'schema',
  'threat',
  'status',
  'exposure',
  'guard',
  'severity',
  'role',
  'level',
  'kind',
  'reason',
  'now',
  'control',
  'id',
]);

/** The sample with other texts and positions, taken in turn. */
function withTexts(result: Result, texts: readonly string[], numbers: readonly number[]): Result {
  let turn = 0;
  const swap = (value: unknown, key: string, isRecord = false): unknown => {
    if (typeof value === 'string') {
      const open = !CLOSED.has(key) || (key === 'reason' && isRecord);
      return open ? (texts[turn++ % texts.length] ?? '') : value;
    }
    if (typeof value === 'number') return numbers[turn++ % numbers.length] ?? 1;
    if (Array.isArray(value)) return value.map((item) => swap(item, key));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, swap(item, name, 'owner' in value)]),
      );
    }
    return value;
  };
  return swap(result, '') as Result;
}

const hostile = fc
  .tuple(
    fc.array(hostileText, { minLength: 1, maxLength: 12 }),
    fc.array(hostileNumber, { minLength: 1, maxLength: 7 }),
  )
  .map(([texts, numbers]) => withTexts(sampleResult(), texts, numbers));

const options = fc.record({
  columns: fc.integer({ min: 20, max: 160 }),
  colour: fc.constant(false),
  unicode: fc.boolean(),
  root: fc.constantFrom('.', 'some/folder'),
});

const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;

function expectPlain(text: string, columns: number, unicode: boolean): void {
  expect(text).not.toMatch(ACTING);
  if (!unicode) expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  expect(text.split('\n').filter((line) => widthOf(line) > Math.max(60, columns))).toEqual([]);
  expect(text).not.toMatch(/[ ]\n/);
}

function expectInertMarkdown(text: string): void {
  expect(text.length).toBeLessThan(65_536);
  expect(text).not.toMatch(ACTING);
  // The only elements are ours.
  expect(text.match(/<(?!\/?(?:code|pre|details|summary|sub|br)>)/g)).toBeNull();
  const outsideSource = text.replace(/<pre><code>[^]*?<\/code><\/pre>/g, '');
  expect(outsideSource).not.toMatch(/[@[\]`]|:\/\/|www\.|!\(/i);
  for (const line of outsideSource.split('\n')) {
    const cells = line.split('|').length - 1;
    expect([0, 5, 6]).toContain(cells);
    if (cells === 0) expect(line).toMatch(/^(?:$|#{3,4} |\*\*|- |[^#>+=|*_-])/);
  }
}

describe('hostile text', { timeout: 60_000 }, () => {
  it('does nothing in a terminal', () => {
    fc.assert(
      fc.property(hostile, options, (result, option) => {
        expectPlain(renderTerminal(result, option), option.columns, option.unicode);
        expectPlain(renderChanges(compareResults(sampleResult(), result), option), option.columns, option.unicode);
        for (const threat of THREAT_IDS) {
          expectPlain(renderExplanation(result, threat, option) ?? '', option.columns, option.unicode);
        }
        for (const { findings, controls } of result.verdicts) {
          const gaps = controls.flatMap((control) => ('gaps' in control ? (control.gaps ?? []) : []));
          for (const { fingerprint } of [...findings, ...gaps]) {
            expectPlain(renderExplanation(result, fingerprint, option) ?? '', option.columns, option.unicode);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('does nothing in a comment', () => {
    fc.assert(
      fc.property(hostile, (result) => {
        expectInertMarkdown(renderMarkdown(result));
        expectInertMarkdown(renderChangesMarkdown(compareResults(sampleResult(), result)));
      }),
      { numRuns: 60 },
    );
  });

  it('is JSON in SARIF, with relative URIs', () => {
    fc.assert(
      fc.property(hostile, (result) => {
        const uris = renderSarif(result).match(/"uri":"[^"]*"/g) ?? [];
        expect(uris.length).toBeGreaterThan(0);
        for (const uri of uris) expect(uri).toMatch(/^"uri":"(?:[\w.~\-/]|%[0-9A-F]{2})*"$/);
        expect(() => JSON.parse(renderSarif(result)) as unknown).not.toThrow();
      }),
      { numRuns: 50 },
    );
  });

  it.each([hostileResult(), sampleOfTwoProducts(), sampleWithFindings(1000)].map((result) => [result]))(
    'stays within bounds in the samples',
    (result) => {
      for (const columns of [60, 80, 100, 140]) {
        expectPlain(renderTerminal(result, { columns, colour: false, unicode: true }), columns, true);
      }
      expectInertMarkdown(renderMarkdown(result));
    },
  );
});
