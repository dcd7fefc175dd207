import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gateRuleset,
  isInBaseline,
  isListed,
  readBaseline,
  readFingerprints,
  scanBlob,
  scanFile,
  skipsPath,
  type Leak,
} from '../index.ts';
import { fragmentsOf } from './fragments.ts';

const rules = (text: string) => gateRuleset([], { path: 'rules.toml', text });
const b64 = (text: string): string => Buffer.from(text).toString('base64');

/** Composite rules, groups, allowlists of every form; what is expected of them was read off gitleaks 8.30.1. */
const RULES = rules(`
[[rules]]
id = "user"
regex = '''user=(\\w+)'''
skipReport = true
[[rules]]
id = "combo"
regex = '''pw=(\\w+)'''
keywords = ["pw="]
[[rules.required]]
id = "user"
withinLines = 2
[[rules]]
id = "combo-col"
regex = '''PW2=(\\w+)'''
[[rules.required]]
id = "user"
withinColumns = 10
withinLines = 0
[[rules]]
id = "combo-any"
regex = '''pw3=(\\w+)'''
[[rules.required]]
id = "user"
[[rules.required]]
id = "combo"
[[rules]]
id = "generic-x"
regex = '''(?i)tok(?:en)?["']?[:=]\\s*["']?([a-z0-9]{8,40})(?:["'\\s]|\\z)'''
keywords = ["tok"]
entropy = 2.5
[[rules]]
id = "spec"
regex = '''tk_([a-z0-9]{10})'''
secretGroup = 1
[[rules]]
id = "multi"
regex = '''\\n+BEGIN\\n[^\\n]+\\nEND\\n+'''
[[rules]]
id = "kelvin"
regex = '''(?i)\\bkey[ß-ü.]{2}(\\S{3,6})\\b'''
keywords = ["key"]
[[rules]]
id = "pathonly"
path = '''\\.p12$'''
[[rules]]
id = "pathrule"
path = '''sub/.*\\.txt$'''
regex = '''zz(\\d+)$'''
[[rules]]
id = "al"
regex = '''al=(\\w+)'''
[[rules.allowlists]]
condition = "AND"
paths = ['''sub/''']
regexes = ['''^ok''']
[[rules.allowlists]]
regexTarget = "line"
regexes = ['''nolint''']
[[rules.allowlists]]
stopwords = ["STOPme"]
[[rules.allowlists]]
regexTarget = "match"
regexes = ['''(?i)al=mat''', '''al=CAS''']
[[allowlists]]
targetRules = ["spec"]
regexes = ['''^zzz''']
[[allowlists]]
commits = ["ABC"]
paths = ['''ignored/''']
`);

const TEXT = `user=bob
x
pw=hunter2
far
far
far
pw=hunter3 # gitleaks:allow
user=eve PW2=q1 pw3=zz
token: tk_abcdef1234
tok="abcdefgh12345678"
nolint al=lint
al=okay
al=xstopmex
al=MATCH
al=cas9
al=plain
tk_zzz1234567
BEGIN
stuff


BEGIN
data here
END


keyß.abc Keyü.ünï kEYéé€uro K\u212aey
`;

function places(path: string, text: string, depth = 0): unknown[] {
  const { leaks } = scanBlob({ path, bytes: Buffer.from(text) }, RULES, { decodeDepth: depth });
  return leaks
    .map((leak) => [leak.rule, leak.startLine, leak.endLine, leak.startColumn, leak.endColumn, leak.secret])
    .sort((a, b) => Number(a[1]) - Number(b[1]) || Number(a[3]) - Number(b[3]));
}

describe('scanBlob', () => {
  it('finds what gitleaks finds, where it says', () => {
    expect(places('a.txt', TEXT)).toEqual([
      ['combo', 3, 3, 2, 11, 'hunter2'],
      ['combo-col', 8, 8, 11, 16, 'q1'],
      ['combo-any', 8, 8, 18, 23, 'zz'],
      ['spec', 9, 9, 9, 21, 'abcdef1234'],
      ['generic-x', 10, 10, 2, 23, 'abcdefgh12345678'],
      ['al', 12, 12, 2, 8, 'okay'],
      ['al', 16, 16, 2, 9, 'plain'],
      ['multi', 20, 24, 1, 1, 'BEGIN\ndata here\nEND'],
      ['kelvin', 27, 27, 2, 10, 'abc'],
      ['kelvin', 27, 27, 24, 36, '€uro'],
    ]);
    expect(places('sub/b.txt', 'al=okay\nzz12\nzz34\nal=no\nünï zz99')).toEqual([
      ['al', 4, 4, 2, 6, 'no'],
      ['pathrule', 5, 5, 8, 11, '99'],
    ]);
    expect(places('sub/c.p12', 'x')).toEqual([['pathonly', 0, 0, 0, 0, '']]);
  });

  it.each([
    [b64('tk_abcdef1234 and more'), ['decoded:base64', 'decode-depth:1'], 1],
    [Buffer.from('tk_abcdef1234 and').toString('hex'), ['decoded:hex', 'decode-depth:1'], 1],
    ['%74%6b%5fabcdef1234', ['decoded:percent', 'decode-depth:1'], 1],
    ['\\u0074\\u006b_abcdef1234', ['decoded:unicode', 'decode-depth:1'], 1],
    [b64(`twice ${b64('tk_abcdef1234 and more')}`), ['decoded:base64', 'decode-depth:2'], 2],
  ])('finds the secret in %s', (encoded, tags, depth) => {
    const blob = { path: 'a', bytes: Buffer.from(`first\nvalue: ${encoded}\n`) };
    const { leaks } = scanBlob(blob, RULES, { decodeDepth: depth });
    expect(leaks.map((leak) => [leak.secret, leak.tags, leak.startLine])).toEqual([['abcdef1234', tags, 2]]);
    expect(scanBlob(blob, RULES, { decodeDepth: depth - 1 }).leaks).toEqual([]);
  });

  it('leaves out commits, files and folders that are allowed', () => {
    const bytes = Buffer.from('al=plain\n');
    expect(scanBlob({ path: 'a', bytes, commit: 'aBc' }, RULES, { decodeDepth: 0 }).leaks).toEqual([]);
    expect(scanBlob({ path: 'ignored/a', bytes }, RULES, { decodeDepth: 0 }).leaks).toEqual([]);
    expect([skipsPath('ignored/a', RULES), skipsPath('a/b', RULES)]).toEqual([true, false]);
  });

  it('finds the same with words and cores as over the whole text', () => {
    const part = fc.constantFrom(
      ...[
        'user=bob',
        'pw=h1',
        'tk_abcdef1234',
        'tk_',
        'al=plain',
        'token: "abcdefgh1234"',
        'keyß.abc',
        '\u212aeyßßabc',
      ],
      ...[
        '\n',
        ' ',
        'x'.repeat(60),
        b64('tk_abcdef1234 and'),
        '%74%6b%5fabcdef1234',
        'gitleaks:allow',
        '😀',
        '\nBEGIN\nx\nEND\n',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const blob = { path: 'sub/a.txt', bytes: Buffer.from(parts.join('')) };
        const fast = scanBlob(blob, RULES, { decodeDepth: 3 }).leaks;
        const plain = scanBlob(blob, RULES, { decodeDepth: 3, plain: true }).leaks;
        expect(fast).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });

  it('never throws on bytes of any kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const options = { decodeDepth: 3, archiveDepth: 2, textOnly: false };
        expect(scanFile({ path: 'a', bytes }, RULES, options).leaks).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('fragmentsOf', () => {
  it('cuts a file without gap or overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 1, max: 30_000 }), (length, step) => {
        const bytes = new Uint8Array(length).map((_, at) => (at % step === 0 || at % step === 1 ? 10 : 97));
        let at = 0;
        for (const { from, to } of fragmentsOf(bytes)) {
          expect(from).toBe(at);
          expect(to).toBeGreaterThan(from);
          at = to;
        }
        expect(at).toBe(length);
      }),
      { numRuns: 25 },
    );
  });
});

describe('decisions', () => {
  const leak: Leak = {
    ...{ rule: 'spec', description: '', tags: [], path: 'a/b', line: '', match: 'tk_x', secret: 'x', entropy: 0 },
    ...{ startLine: 3, endLine: 3, startColumn: 1, endColumn: 4 },
  };
  it.each([
    ['a/b:spec:3', undefined, true],
    ['a\\b:spec:3', 'c0', true],
    ['c0:a/b:spec:3', 'c0', true],
    ['c0:a/b:spec:3', undefined, false],
    ['# a/b:spec:3', undefined, false],
  ])('%s of an ignore file is about a leak at commit %s: %s', (entry, commit, expected) => {
    const found = commit === undefined ? leak : { ...leak, commit };
    expect(isListed(readFingerprints(`${entry}\n`), found)).toBe(expected);
  });

  it('takes what a baseline holds, redacted or not', () => {
    const known = { RuleID: 'spec', File: 'a/b', StartLine: 3, EndLine: 3, StartColumn: 1, EndColumn: 4, Commit: '' };
    const holds = (secret: string, match: string): boolean =>
      isInBaseline(readBaseline(JSON.stringify([{ ...known, Secret: secret, Match: match }])) ?? [], leak);
    expect([holds('x', 'tk_x'), holds('REDACTED', 'tk_REDACTED'), holds('y', 'tk_y')]).toEqual([true, true, false]);
    expect([readBaseline('{'), readBaseline('{}'), readBaseline('null')]).toEqual([undefined, undefined, []]);
  });
});

describe('warnings', () => {
  it('are about an allowlist of every path', () => {
    const found = rules(`[[rules]]\nid = "a"\nregex = "x"\n[[allowlists]]\npaths = [".*"]\n`);
    expect(found.warnings.map(({ message }) => message)).toEqual([
      'an allowlist allows every path: with it nothing is found',
    ]);
    expect(RULES.warnings).toEqual([]);
  });
});
