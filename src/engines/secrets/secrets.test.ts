import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decode,
  exposureRuleset,
  gateRuleset,
  packRuleset,
  planted,
  readConfig,
  readIgnoreFile,
  scan,
} from './index.ts';
import { keyBefore } from './key-name.ts';
import { shannonEntropy } from './entropy.ts';

const folder = join(import.meta.dirname, '../../../rules/secrets');
const pack = readdirSync(folder)
  .filter((name) => name.endsWith('.toml'))
  .map((name) => ({ path: `rules/secrets/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
const ours = packRuleset(pack);
const token = ['gh', 'p_', 'q7Zk2WmX9vRb4TnY6LcJ8sHd3FgP5aKu1EiO'].join('');
const team = (text: string): { path: string; text: string } => ({ path: '.gitleaks.toml', text });
const CUSTOM = `[[rules]]\nid = "acme-key"\ndescription = "ACME key"\nregex = '''acme-([0-9]{6})'''\nkeywords = ["acme-"]\n`;

describe('readConfig', () => {
  it('reports a bad rule by its id and line, and keeps the others', () => {
    const text = `[[rules]]\nid = "bad"\nregex = '''(?=x)'''\n\n${CUSTOM}`;
    const rules = gateRuleset(pack, team(text));
    expect(rules.rules.map((rule) => rule.id)).toEqual(['acme-key']);
    expect(rules.problems).toMatchObject([{ rule: 'bad', line: 2, reason: 'unparsed-file' }]);
  });

  it('refuses a rule that may run for ever, and says which', () => {
    const regex = `${'[a-z]{0,900}'.repeat(6)}b`;
    const rules = gateRuleset(pack, team(`[[rules]]\nid = "slow"\nregex = '''${regex}'''\n`));
    expect(rules.problems).toMatchObject([{ rule: 'slow', reason: 'out-of-budget' }]);
  });

  it.each(['', 'x = [', '[[rules]]\n', '[rules]\nid = 1', '__proto__ = 1\n[constructor]\nprototype = 1', 'rules = 3'])(
    'survives %j',
    (text) => {
      expect(() => gateRuleset(pack, team(text))).not.toThrow();
    },
  );

  it('never throws on random text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readConfig('a', text).problems.length).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("the team's configuration", () => {
  it('runs its rules only, unless it extends the default', () => {
    expect(planted(gateRuleset(pack, team(CUSTOM)), 'a.txt', `${token} acme-123456`).map((hit) => hit.secret)).toEqual([
      '123456',
    ]);
    const both = gateRuleset(pack, team(`${CUSTOM}[extend]\nuseDefault = true\n`));
    expect(planted(both, 'a.txt', `${token} acme-123456`).map((hit) => hit.rule)).toEqual(['github-pat', 'acme-key']);
  });

  it('extends: what the child sets wins, lists are appended, disabled rules are gone', () => {
    const text = `[extend]\nuseDefault = true\ndisabledRules = ["npm-access-token"]\n[[rules]]\nid = "github-pat"\ndescription = "ours"\n[[rules.allowlists]]\nstopwords = ["Q7ZK"]\n`;
    const rules = gateRuleset(pack, team(text));
    expect(rules.rules.some((rule) => rule.id === 'npm-access-token')).toBe(false);
    expect(rules.rules.find((rule) => rule.id === 'github-pat')?.description).toBe('ours');
    expect(planted(rules, 'a.txt', token)).toEqual([]);
  });

  it('reads extend.path from what it is given, and reports what is not there', () => {
    const text = `[extend]\npath = "base.toml"\n`;
    const found = gateRuleset(pack, team(text), (path) => (path === 'base.toml' ? CUSTOM : undefined));
    expect(found.rules.map((rule) => rule.id)).toEqual(['acme-key']);
    expect(gateRuleset(pack, team(text)).problems).toMatchObject([{ reason: 'undrillable-rules' }]);
  });

  it.each([
    ['[allowlist]\nregexes = ["ghp_q7Zk"]\n', 'a.txt'],
    ['[[allowlists]]\npaths = ["^test/"]\n', 'test/a.txt'],
    ['[[allowlists]]\ntargetRules = ["github-pat"]\nstopwords = ["q7zk"]\n', 'a.txt'],
    ['[[allowlists]]\nregexTarget = "line"\nregexes = ["before"]\n', 'a.txt'],
    ['[[allowlists]]\ncondition = "AND"\npaths = ["a"]\nregexes = ["ghp"]\n', 'a.txt'],
    ['[[rules]]\nid = "github-pat"\n[rules.allowlist]\nstopwords = ["q7zk"]\n', 'a.txt'],
  ])('marks and keeps what it allows: %j', (text, path) => {
    const { hits } = scan({ path, text: `before ${token}\n` }, exposureRuleset(pack, team(text)));
    expect(hits).toHaveLength(1);
    expect(hits[0]?.ignoredBy?.by).toContain('.gitleaks.toml');
  });

  it.each([
    '[[allowlists]]\ncondition = "AND"\npaths = ["^b"]\nregexes = ["ghp"]\n',
    '[[allowlists]]\ntargetRules = ["other"]\nregexes = ["ghp"]\n',
    '[[allowlists]]\nregexes = ["(?=x)"]\n',
  ])('does not allow more than it says: %j', (text) => {
    const { hits } = scan({ path: 'a.txt', text: token }, exposureRuleset(pack, team(text)));
    expect(hits.map((hit) => hit.ignoredBy)).toEqual([undefined]);
  });

  it('honours an ignore file and the comment as decisions', () => {
    const ignore = readIgnoreFile('.gitleaksignore', `# note\na.txt:github-pat:2\n`);
    const { hits } = scan({ path: 'a.txt', text: `${token} # gitleaks:allow\n${token}\n${token}\n` }, ours, { ignore });
    expect(hits.map((hit) => hit.ignoredBy?.by)).toEqual(['gitleaks:allow comment', '.gitleaksignore', undefined]);
    expect(hits[1]?.ignoredBy?.at).toMatchObject({ path: '.gitleaksignore', startLine: 2 });
  });
});

describe('scan', () => {
  it('finds the same with keywords and windows as without', () => {
    const parts = fc.constantFrom(
      token,
      'password',
      '=',
      ': ',
      '"hunter2x"',
      'hunter2x',
      '\n',
      ' ',
      'postgres://a:b2c@d',
      'api_key',
      'é',
      '\u212aey',
      'secret',
      ['AK', 'IA', 'Q7ZK2WMX5VRB4TNY'].join(''),
      "'",
      'x'.repeat(300),
      'key-',
      'discord',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), fc.constantFrom('a.yaml', 'b.java', '.env'), (pieces, path) => {
        const input = { path, text: pieces.join('') };
        expect(scan(input, ours).hits).toEqual(scan(input, ours, { plain: true }).hits);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const decoded = decode(bytes);
        expect(decoded.binary || scan({ path: '.env', text: decoded.text }, ours).problems.length === 0).toBe(true);
      }),
    );
  });

  it.each(['password', 'a', '"key": ', '://:', '-----BEGIN PRIVATE KEY-----', 'secret_key='])(
    'gets through a line of a million of %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(4_000_000 / piece.length));
      const { hits } = scan({ path: 'a.yaml', text: `${text} ${token}` }, ours);
      expect(hits.map((hit) => hit.rule)).toContain('github-pat');
    },
  );

  it('places the secret, not the match, also after characters beyond ASCII', () => {
    const text = `é = "ü", password = 'pässwört9'\n`;
    const hit = scan({ path: 'a.py', text }, ours).hits[0];
    expect(text.slice((hit?.location.startColumn ?? 0) - 1, (hit?.location.endColumn ?? 0) - 1)).toBe('pässwört9');
    expect(hit?.key).toBe('password');
  });

  it('finds matches that lie across the borders of chunks', () => {
    const text = `${'x'.repeat(99_990)} ${token} ${'x'.repeat(200_000)} ${token}`;
    const plain = scan({ path: 'a.txt', text }, ours, { plain: true }).hits;
    expect(plain).toHaveLength(2);
    expect(scan({ path: 'a.txt', text }, ours).hits).toEqual(plain);
  });

  it('lets a specific rule speak before a generic one', () => {
    expect(scan({ path: '.env', text: `API_TOKEN=${token}\n` }, ours).hits.map((hit) => hit.rule)).toEqual([
      'github-pat',
    ]);
  });

  it('finds files by name', () => {
    const rules = gateRuleset(pack, team(`[[rules]]\nid = "p12"\npath = '''\\.p12$'''\n`));
    expect(scan({ path: 'a/b.p12', text: '' }, rules).hits).toMatchObject([{ rule: 'p12', secret: '' }]);
  });
});

describe('helpers', () => {
  it('measures entropy', () => {
    expect(shannonEntropy('aaaa')).toBeCloseTo(0);
    expect(shannonEntropy('abcd')).toBe(2);
  });

  it.each([
    ['db.password=', 'db.password'],
    ['"apiKey": "', 'apiKey'],
    ['<password>', 'password'],
    ["config['password'] = '", 'password'],
    ['see ', undefined],
  ])('names the key before %j', (before, key) => {
    expect(keyBefore(`\n${before}x`, before.length + 1)).toBe(key);
  });

  it('decodes text and tells binaries', () => {
    expect(decode(new Uint8Array([0x61, 0, 1, 0x80]))).toEqual({ binary: true });
    expect(decode(new Uint8Array(100))).toEqual({ binary: true });
    expect(decode(new Uint8Array([0xff, 0xfe, 0x61, 0]))).toEqual({ binary: false, text: 'a' });
    expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toEqual({ binary: false, text: 'a' });
    expect(decode(Buffer.from('key=value', 'utf16le'))).toEqual({ binary: false, text: 'key=value' });
    expect(decode(Buffer.from('key=value', 'utf16le').swap16())).toEqual({ binary: false, text: 'key=value' });
    const marked = new TextEncoder().encode('a=1\0\nkey=value\n');
    expect(decode(marked)).toEqual({ binary: false, text: 'a=1\0\nkey=value\n', ascii: marked });
  });
});
