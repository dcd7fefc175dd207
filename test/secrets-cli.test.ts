import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { rulesTestCommand } from '../src/surfaces/cli/secrets/rules-test.ts';
import { scanCommand } from '../src/surfaces/cli/secrets/scan.ts';
import type { ScanCommandOptions } from '../src/surfaces/cli/secrets/options.ts';

const token = ['gh', 'p_', 'q7Zk2WmX9vRb4TnY6LcJ8sHd3FgP5aKu1EiO'].join('');
const OPTIONS: ScanCommandOptions = { redact: true, format: 'text', decodeDepth: 5, archiveDepth: 0, threads: 0 };
let root: string;
let outside: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'fourproof-secrets-'));
  outside = mkdtempSync(join(tmpdir(), 'fourproof-secrets-'));
  git('init', '-q');
  writeFileSync(join(root, 'a.txt'), 'nothing\n');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'first');
  writeFileSync(join(root, 'a.txt'), `nothing\nkey ${token}\n=1,${Buffer.from(`x ${token}`).toString('base64')}\n`);
});

afterAll(() => {
  for (const folder of [root, outside]) rmSync(folder, { recursive: true });
});

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: root, stdio: 'ignore' });
}

async function scan(options: Partial<ScanCommandOptions>): Promise<{ readonly code: number; readonly text: string }> {
  const output = join(outside, 'report');
  const code = await scanCommand(root, { ...OPTIONS, ...options, output });
  return { code, text: readFileSync(output, 'utf8') };
}

describe('secrets scan', () => {
  it.each(['text', 'json', 'sarif', 'csv', 'junit'] as const)(
    'prints no part of a secret as %s, unless asked',
    async (format) => {
      const redacted = await scan({ format });
      expect(redacted).toMatchObject({ code: 1 });
      expect(redacted.text).toContain('github-pat');
      expect(redacted.text).not.toContain(token.slice(4, 20));
      expect((await scan({ format, redact: false })).text).toContain(token);
    },
  );

  it("writes gitleaks' field names", async () => {
    const findings: unknown = JSON.parse((await scan({ format: 'json' })).text);
    expect(findings).toMatchObject([
      { RuleID: 'github-pat', File: 'a.txt', StartLine: 2, Secret: 'REDACTED', Fingerprint: 'a.txt:github-pat:2' },
      { StartLine: 3, Tags: expect.arrayContaining(['decoded:base64', 'decode-depth:1']) },
    ]);
  });

  it('leaves out a baseline and what .gitleaksignore names', async () => {
    const baseline = join(outside, 'baseline.json');
    writeFileSync(baseline, (await scan({ format: 'json' })).text);
    expect(await scan({ baseline })).toMatchObject({ code: 0 });
    writeFileSync(join(root, '.gitleaksignore'), 'a.txt:github-pat:2\n');
    expect(JSON.parse((await scan({ format: 'json' })).text)).toHaveLength(1);
    rmSync(join(root, '.gitleaksignore'));
  });

  it('runs the configuration that it is given, and says with its exit code what it could not run', async () => {
    const config = join(outside, 'rules.toml');
    writeFileSync(config, `[[rules]]\nid = "acme"\nregex = "acme-[0-9]{6}"\n`);
    expect(await scan({ config })).toMatchObject({ code: 0 });
    writeFileSync(config, `[[rules]]\nid = "acme"\nregex = "acme-[0-9]{6}"\n[[rules]]\nid = "bad"\nregex = "("\n`);
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await scan({ config })).toMatchObject({ code: 2 });
    expect(said.mock.calls.join()).toContain('rule bad');
    said.mockRestore();
  });

  it('scans what is staged, and of that the new lines', async () => {
    expect(await scan({ staged: true })).toMatchObject({ code: 0 });
    git('add', 'a.txt');
    expect(JSON.parse((await scan({ staged: true, format: 'json' })).text)).toHaveLength(2);
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'second');
    writeFileSync(join(root, 'a.txt'), `${readFileSync(join(root, 'a.txt'), 'utf8')}more\n`);
    git('add', 'a.txt');
    expect(await scan({ staged: true })).toMatchObject({ code: 0 });
  });

  it('keeps new lines with their file where a link beside it becomes a file', async () => {
    symlinkSync('a.txt', join(root, '1'));
    git('add', '1');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'link');
    rmSync(join(root, '1'));
    writeFileSync(join(root, '1'), 'ok\n');
    writeFileSync(join(root, 'z.txt'), `1\n2\n3\nkey ${token}\n`);
    git('add', '1', 'z.txt');
    const found = JSON.parse((await scan({ staged: true, format: 'json' })).text) as { File: string }[];
    expect(found.map(({ File }) => File)).toContain('z.txt');
  });
});

describe('secrets rules test', () => {
  it('runs examples', async () => {
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const folder = mkdtempSync(join(outside, 'rules-'));
    const rules = join(folder, 'acme.toml');
    const rule = `[[rules]]\nid = "acme"\nregex = "acme-[0-9]{6}"\n[rules.examples]\n`;
    writeFileSync(rules, `${rule}found = ["x acme-123456"]\nignored = ["acme-12"]\n`);
    expect(await rulesTestCommand(folder)).toBe(0);
    writeFileSync(rules, `${rule}found = ["acme-12"]\n`);
    expect(await rulesTestCommand(folder)).toBe(1);
    expect(said.mock.calls.join()).toContain('example 1 of found is not found');
    said.mockRestore();
  });
});
