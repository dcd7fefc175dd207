import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { descend, plain } from '../yaml/index.ts';
import { parseJson } from './parse-json.ts';

describe('parseJson', () => {
  it('agrees with JSON.parse on every value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const reading = parseJson('a.json', text);
        expect(reading.ok && JSON.stringify(plain(reading.root))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('takes and refuses what JSON.parse does', () => {
    const unit = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'u0041',
      '1',
      '-',
      '.',
      'e',
      'true',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const { ok } = parseJson('a.json', text);
        let expected = true;
        try {
          JSON.parse(text);
        } catch {
          expected = false;
        }
        expect(ok).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it('keeps places, routes and equal keys', () => {
    const reading = parseJson('a.json', '{\n  "a": [1, {"b": "x"}],\n  "a": 2\n}');
    if (!reading.ok || reading.root.kind !== 'map') throw new Error('not read');
    expect(reading.root.entries.map(({ key }) => key)).toEqual(['a', 'a']);
    expect(descend(reading.root.entries[0]?.value, 1, 'b')?.at).toEqual({
      path: 'a.json',
      startLine: 2,
      startColumn: 18,
      endLine: 2,
      endColumn: 21,
      route: 'a[1].b',
    });
  });

  it('says where it stops', () => {
    expect(parseJson('a.json', '{\n "a": 1,\n}')).toMatchObject({
      ok: false,
      message: 'expected a key in double quotes',
      at: { startLine: 3, startColumn: 1 },
    });
    expect(parseJson('a.json', '{"a": 1} x')).toMatchObject({ ok: false, at: { startColumn: 10 } });
    expect(parseJson('a.json', '['.repeat(100_000))).toMatchObject({ ok: false });
    expect(parseJson('a.json', `[${'1,'.repeat(600_000)}1]`)).toMatchObject({ ok: false });
  });
});
