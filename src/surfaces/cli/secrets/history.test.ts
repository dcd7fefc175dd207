import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TestRepository } from '../../../../test/git-repository.ts';
import { runCli } from '../../../../test/run-cli.ts';

const token = ['gh', 'p_', 'q7Zk2WmX9vRb4TnY6LcJ8sHd3FgP5aKu1EiO'].join('');
const other = token.replace('q7', 'q8');
const made: TestRepository[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

function repository(): TestRepository {
  const one = new TestRepository();
  made.push(one);
  return one;
}

async function scan(repo: TestRepository, ...args: string[]) {
  const { code, stdout, stderr } = await runCli('secrets', 'scan', repo.folder, '--format', 'json', ...args);
  return { code, stderr, stdout, findings: stdout === '' ? [] : (JSON.parse(stdout) as Record<string, unknown>[]) };
}

describe('secrets scan --history', () => {
  it("prints each secret once in gitleaks' fields, at the commit that brought it in", async () => {
    const repo = repository();
    repo.commit('start', { 'a.txt': 'a\n' });
    const commit = repo.commit('add the token', { 'app.env': `A=1\nTOKEN=${token}\n` });
    repo.commit('more', { 'app.env': `A=1\nB=2\nTOKEN=${token}\n` });
    const message = repo.commit(`remove ${other}`, { 'app.env': 'A=1\n' });
    const { code, findings, stdout } = await scan(repo, '--history');
    expect(code).toBe(1);
    expect(findings).toMatchObject([
      {
        RuleID: 'github-pat',
        File: 'app.env',
        StartLine: 2,
        Secret: 'REDACTED',
        Commit: commit,
        Author: 'Ada',
        Email: 'ada@example.org',
        Message: 'add the token',
        Fingerprint: `${commit}:app.env:github-pat:2`,
      },
      { File: 'commit message', Commit: message },
    ]);
    expect(stdout).not.toContain(token);
    repo.write('.gitleaksignore', findings.map(({ Fingerprint }) => String(Fingerprint)).join('\n'));
    expect(await scan(repo, '--history')).toMatchObject({ code: 0, findings: [] });
  });

  it.each(['json', 'csv', 'junit'])('prints no secret of an author or a subject as %s', async (format) => {
    const repo = repository();
    repo.git('commit', '-q', '--allow-empty', '-m', `use ${other}`, `--author=${token} <a@example.org>`);
    const { code, stdout } = await runCli('secrets', 'scan', repo.folder, '--history', '--format', format);
    expect([code, stdout]).toEqual([1, expect.stringContaining('commit message')]);
    expect(stdout).not.toContain(token);
    expect(stdout).not.toContain(other);
    expect((await scan(repo, '--history', '--no-redact')).stdout).toContain(`use ${other}`);
  });

  it('takes from a range what its commits bring in, and not what stood there before', async () => {
    const repo = repository();
    const base = repo.commit('base', { 'app.env': `OLD=${token}\n` });
    repo.commit('change', { 'app.env': `OLD=${token}\nNEW=${other}\n` });
    const head = repo.commit('remove', { 'app.env': `OLD=${token}\n` });
    const { findings } = await scan(repo, '--range', `${base}..${head}`);
    expect(findings).toMatchObject([{ File: 'app.env', StartLine: 2, Message: 'change' }]);
    expect((await scan(repo, '--range', `${base}...`)).findings).toEqual(findings);
    expect(await scan(repo, '--range', `${head}..${head}`)).toMatchObject({ code: 0, findings: [] });
    for (const range of ['main', '--all..HEAD', 'nothing..HEAD'])
      expect(await scan(repo, `--range=${range}`)).toMatchObject({ code: 2, stdout: '' });
  });

  it('names what it could not see', async () => {
    const repo = repository();
    repo.commit('one', { 'a.txt': 'a\n' });
    writeFileSync(join(repo.folder, '.git/objects/info/alternates'), '/nowhere\n');
    const { code, stderr } = await scan(repo, '--history');
    expect([code, stderr]).toEqual([3, expect.stringContaining('borrows objects from /nowhere')]);
  });
});
