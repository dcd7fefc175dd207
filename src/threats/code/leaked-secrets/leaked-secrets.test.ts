import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateRuleset, packRuleset, planted } from '../../../engines/secrets/index.ts';
import type { FileTree, FileRead } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { canaries } from './canaries.ts';
import { history } from './history.ts';
import { hashSecret, redact } from './redact.ts';
import { threat } from './threat.ts';
import { worktree } from './worktree.ts';

const folder = join(import.meta.dirname, '../../../../rules/secrets');
const secretRules = readdirSync(folder)
  .filter((name) => name.endsWith('.toml'))
  .sort()
  .map((name) => ({ path: `rules/secrets/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
const token = ['gh', 'p_', 'q7Zk2WmX9vRb4TnY6LcJ8sHd3FgP5aKu1EiO'].join('');

function contextOf(files: Readonly<Record<string, string | Exclude<FileRead, { ok: true }>>>, git = false): Context {
  const entries = new Map(Object.entries(files));
  const tree: FileTree = {
    name: 'test',
    files: [...entries].map(([path, content]) => ({ path, size: typeof content === 'string' ? content.length : 0 })),
    unreadable: [],
    ...(git ? { git: { shallow: false } } : {}),
    read(path) {
      const content = entries.get(path);
      if (content === undefined) return Promise.resolve({ ok: false, why: 'no such file', reason: 'unreadable-file' });
      return Promise.resolve(
        typeof content === 'string' ? { ok: true, bytes: new TextEncoder().encode(content) } : content,
      );
    },
  };
  const product = { name: 'test', paths: ['.'] };
  // The controls of this threat read no facts.
  return {
    product,
    tree,
    repository: tree,
    terraform: { roots: [], releases: [] },
    terraformModules: [],
    iamTexts: () => ({ services: '', managedPolicies: '' }),
    facts: { unread: [] } as unknown as Context['facts'],
    declared: {},
    secretRules,
    now: new Date(0),
  };
}

describe('worktree', () => {
  it('proves a clean tree over every file', async () => {
    const seen = await worktree.judge(
      contextOf({ 'a.txt': 'hello', 'b.properties': 'password=${X}\n', 'c.bin': '\u0000' }),
    );
    expect(seen.counterexamples).toEqual([]);
    expect(seen.gaps).toEqual([]);
    expect(seen.proof).toMatchObject({ kind: 'proof', scope: { count: 3, what: 'files' } });
    expect(seen.proof?.method).toContain('1 binary file was searched by name only');
  });

  it('never carries the secret itself', async () => {
    const secrets = [token, 'Tr0ub4dor&3', ['sk', '_live_', 'q7Zk2WmX9vRb4TnY6LcJ8sHd'].join('')];
    const seen = await worktree.judge(
      contextOf({ '.env': `GITHUB_TOKEN=${token}\nDB_PASSWORD=Tr0ub4dor&3\nS=${secrets[2] ?? ''}\n` }),
    );
    expect(seen.counterexamples).toHaveLength(3);
    const printed = JSON.stringify(seen);
    for (const secret of secrets) {
      expect(printed).not.toContain(secret);
      expect(printed).not.toContain(secret.slice(-8));
    }
    expect(seen.counterexamples[0]).toMatchObject({
      title: 'GitHub personal access token (classic) ghp_…(40 characters) in GITHUB_TOKEN',
      severity: 'critical',
      sensitive: [{ path: '.env', startLine: 1, startColumn: 14, endLine: 1, endColumn: 54 }],
    });
  });

  it('confirms what it found by a second, plain look, and only that', async () => {
    const context = contextOf({ '.env': `# one\nGITHUB_TOKEN=${token}\n`, 'app.properties': 'password=postgres\n' });
    const { counterexamples } = await worktree.judge(context);
    expect(counterexamples).toHaveLength(2);
    for (const counterexample of counterexamples) {
      expect(await worktree.replay?.(context, counterexample)).toMatchObject({ confirmed: true });
      const cleaned = contextOf({ '.env': 'GITHUB_TOKEN=\n', 'app.properties': 'password=other1\n' });
      expect(await worktree.replay?.(cleaned, counterexample)).toMatchObject({ confirmed: false });
    }
  });

  it('keeps its identity when lines are added above, and changes it with the secret', async () => {
    const identity = async (text: string): Promise<unknown> =>
      (await worktree.judge(contextOf({ a: text }))).counterexamples[0]?.identity;
    expect(await identity(`\n\nT=${token}\n`)).toEqual(await identity(`T=${token}\n`));
    expect(await identity(`T=${token.replace('q7', 'q8')}\n`)).not.toEqual(await identity(`T=${token}\n`));
  });

  it('names what it could not read or run', async () => {
    const seen = await worktree.judge(
      contextOf({
        'huge.txt': { ok: false, why: 'it is larger than 64 MB', reason: 'too-large' },
        '.gitleaks.toml': `[[rules]]\nid = "bad"\nregex = '''(?=a)'''\n`,
      }),
    );
    expect(seen.gaps.map((gap) => gap.reason).sort()).toEqual(['too-large', 'unparsed-file']);
  });

  it('runs the rules of the team and marks its decisions', async () => {
    const seen = await worktree.judge(
      contextOf({
        '.gitleaks.toml': `[extend]\npath = "rules.toml"\n[[allowlists]]\ndescription = "fixtures"\npaths = ['''^test/''']\n`,
        'rules.toml': `[[rules]]\nid = "acme"\ndescription = "ACME key"\nregex = '''acme-[0-9]{6}'''\n`,
        'a.txt': 'acme-123456\n',
        'b.txt': `${token} # gitleaks:allow\n`,
        'test/c.txt': `${token}\n`,
      }),
    );
    expect(seen.gaps).toEqual([]);
    expect(seen.counterexamples.map(({ trace, ignoredBy }) => [trace[0].at.path, ignoredBy?.by])).toEqual([
      ['a.txt', undefined],
      ['b.txt', 'gitleaks:allow comment'],
      ['test/c.txt', 'allowlist of .gitleaks.toml: fixtures'],
    ]);
  });
});

describe('history', () => {
  it('is a gap where only a commit is at hand, and absent without a repository', async () => {
    expect(await history.judge(contextOf({}, true))).toMatchObject({ gaps: [{ reason: 'not-in-sight' }] });
    expect(await history.judge(contextOf({}))).toMatchObject({ gaps: [], proof: { kind: 'absence' } });
  });
});

describe('canaries', () => {
  const all = canaries(['a.properties', 'b.yml', 'C.java', 'd.ts', 'e.tf']);

  it('are of each kind, deterministic, and none without its ecosystem', () => {
    expect(all).toHaveLength(8);
    expect(canaries(['a.properties', 'b.yml', 'C.java', 'd.ts', 'e.tf'])).toEqual(all);
    expect(canaries(['x.rs']).map(({ kind }) => kind)).toEqual(['AWS access key pair', 'private key', 'GitHub token']);
  });

  it.each(all)('our pack catches $kind', ({ path, text, kind }) => {
    const count = planted(packRuleset(secretRules), path, text).length;
    expect(count).toBe(kind === 'AWS access key pair' ? 2 : 1);
    const gate = gateRuleset(secretRules, { path: '.gitleaks.toml', text: '[extend]\nuseDefault = true\n' });
    expect(planted(gate, path, text)).toHaveLength(count);
    expect(planted(gateRuleset(secretRules, { path: '.gitleaks.toml', text: 'title = "none"\n' }), path, text)).toEqual(
      [],
    );
  });
});

describe('redaction', () => {
  it.each([
    [token, 'github-pat', 'ghp_…(40 characters)'],
    [token, 'generic-api-key', '…(40 characters)'],
    [token, 'acme', 'ghp_…(40 characters)'],
    ['hunter2', 'acme', '…(7 characters)'],
    ['correct-horse-battery-staple', 'generic-password', '…(28 characters)'],
    ['-----BEGIN X', 'private-key', '(private key, 12 characters)'],
  ])('shows of %s by %s only %s', (secret, rule, shown) => {
    expect(redact(secret, rule)).toBe(shown);
  });

  it('hashes by rule', () => {
    expect(hashSecret('a', 'x')).toMatch(/^[0-9a-f]{32}$/);
    expect(hashSecret('a', 'x')).not.toBe(hashSecret('b', 'x'));
  });
});

it('the threat has both exposures', () => {
  expect(threat.controls.map(({ id }) => id)).toEqual(expect.arrayContaining(['worktree', 'history']));
});
