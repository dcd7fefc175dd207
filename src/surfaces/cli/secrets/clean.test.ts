import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestRepository } from '../../../../test/git-repository.ts';
import { contents, holds, SECRET, story } from '../../../../test/leaky-history.ts';
import { runCli } from '../../../../test/run-cli.ts';

const made: TestRepository[] = [];
let outside = '';

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'fourproof-clean-'));
  writeFileSync(join(outside, 'secrets.txt'), `${SECRET}\n`);
});
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
  rmSync(outside, { recursive: true, force: true });
});

function repository(...options: string[]): TestRepository {
  const one = new TestRepository(options);
  made.push(one);
  return one;
}

function kept<T extends { readonly repo: TestRepository }>(story: T): T {
  made.push(story.repo);
  return story;
}

const flags = (): string[] => [
  '--secrets-file',
  join(outside, 'secrets.txt'),
  '--backup',
  join(outside, `${readdirSync(outside).length}.bundle`),
];

function clean(repo: TestRepository, ...more: string[]) {
  return runCli('secrets', 'clean', repo.folder, ...flags(), ...more);
}

describe('secrets clean', () => {
  it('shows what would change, and changes nothing', async () => {
    const { repo } = kept(story());
    const refs = repo.git('for-each-ref');
    const { code, stdout } = await clean(repo);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Rotate first: /);
    expect(stdout).toContain('Nothing was written.');
    expect(stdout).not.toContain(SECRET);
    expect(repo.git('for-each-ref')).toBe(refs);
    expect(existsSync(join(outside, '1.bundle'))).toBe(false);
  });

  it.each([['sha1'], ['sha256']])('takes a secret out of everything, and touches nothing else (%s)', async (format) => {
    const { repo, before, signed } = kept(story(`--object-format=${format}`));
    const was = contents(repo);
    const { code, stdout } = await clean(repo, '--write');
    expect(stdout).toContain('none holds a secret');
    expect(code).toBe(0);
    expect(holds(repo)).toEqual([]);
    repo.git('fsck', '--full', '--strict');
    expect(contents(repo)).toBe(was);
    expect(repo.git('status', '--porcelain')).toBe('');
    // What came before is the same commit with its signature; the one that changed has none.
    expect(repo.git('rev-parse', 'other')).toBe(before);
    expect(repo.git('cat-file', 'commit', before)).toContain('gpgsig');
    const now = repo.git('rev-parse', 'v1^{commit}');
    expect(now).not.toBe(signed);
    expect(repo.git('cat-file', 'commit', now)).not.toContain('gpgsig');
    expect(repo.git('rev-parse', 'v1-signed^{commit}')).toBe(now);
    expect(repo.git('log', '--format=%s', '--all')).toContain(`see ${now.slice(0, 10)}`);
    expect(repo.git('notes', 'show', now)).toBe('a note');
    expect(repo.git('show', `${now}:deep/er/c.env`)).toBe('P=***REMOVED***');
    expect(repo.git('show', 'stash@{1}:a.txt')).toBe('stashed ***REMOVED***');
    expect(repo.git('show', 'stash@{0}:a.txt')).toBe('stashed');
    // The backup is whole.
    repo.git('bundle', 'verify', '-q', join(outside, '1.bundle'));
    expect((await clean(repo, '--write')).code).toBe(0);
  });

  it('takes out what the rules find, one finding, or a file', async () => {
    const repo = repository();
    const commit = repo.commit('add', { 'mail.properties': `mail.password=${SECRET}\n`, 'big.bin': 'x\n' });
    repo.commit('clean', { 'mail.properties': 'mail.password=\n' });
    repo.git('rm', '-q', 'big.bin');
    repo.commit('remove');
    const finding = `${commit}:mail.properties:generic-password:1`;
    const json = await runCli('secrets', 'clean', repo.folder, '--found', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      written: false,
      counts: { blobs: { changed: 1 }, commits: { changed: 3 } },
    });
    const unknown = await runCli('secrets', 'clean', repo.folder, '--finding', 'x:y:z:1');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('is no finding of this history')]);
    const both = await runCli(
      'secrets',
      'clean',
      repo.folder,
      '--found',
      '--path',
      'big.bin',
      '--write',
      '--no-backup',
    );
    expect([both.code, both.stderr]).toEqual([0, expect.stringContaining('stage proof')]);
    expect(holds(repo)).toEqual([]);
    expect(repo.git('show', 'HEAD~2:big.bin')).toBe('This file was taken out of the history.');
    expect(finding).toContain(commit);
  });

  it('refuses what it must not touch, and says what to do', async () => {
    const repo = repository();
    const bad = repo.commit('add', { 'a.env': `P=${SECRET}\n` });
    const refused = async (): Promise<string> => {
      const { code, stderr } = await clean(repo, '--write');
      expect(code).toBe(2);
      expect(repo.git('rev-parse', 'main')).toBe(bad);
      return stderr;
    };
    expect(await refused()).toContain('the newest version still holds it: a.env');
    repo.write('a.env', 'changed\n');
    expect(await refused()).toContain('files are changed');
    repo.git('add', 'a.env');
    expect(await refused()).toContain('something is staged');
    repo.git('reset', '-q', '--hard');
    repo.git('branch', `by-${SECRET}`);
    expect(await refused()).toContain('named by a secret');
    repo.git('branch', '-D', `by-${SECRET}`);
    repo.git('worktree', 'add', '-q', join(outside, 'linked'), '-b', 'linked');
    expect(await refused()).toContain('linked worktrees: linked');
    repo.git('worktree', 'remove', '--force', join(outside, 'linked'));
    const other = repo.gitWith('other\n', 'hash-object', '-w', '--stdin');
    repo.git('replace', repo.git('rev-parse', 'HEAD:a.env'), other);
    expect(await refused()).toContain('replacement objects');
    repo.git('replace', '-d', repo.git('rev-parse', 'HEAD:a.env'));
    repo.git('config', 'gc.recentObjectsHook', 'touch /tmp/sprung');
    expect(await refused()).toContain('names a command');
    repo.git('config', '--unset', 'gc.recentObjectsHook');
    for (const [file, what] of [
      ['info/grafts', 'grafts'],
      ['shallow', 'shallow'],
      ['MERGE_HEAD', 'a merge is under way'],
      ['refs/heads/main.lock', 'another git is at work'],
      ['objects/info/alternates', 'another store'],
    ] as const) {
      writeFileSync(join(repo.folder, '.git', file), `${bad}\n`);
      expect(await refused()).toContain(what);
      rmSync(join(repo.folder, '.git', file));
    }
    const inside = await runCli(
      'secrets',
      'clean',
      repo.folder,
      '--secrets-file',
      join(outside, 'secrets.txt'),
      '--backup',
      join(repo.folder, 'b.bundle'),
      '--write',
    );
    expect(inside.code).toBe(2);
    writeFileSync(join(outside, 'short.txt'), 'abc\n');
    const short = await runCli('secrets', 'clean', repo.folder, '--secrets-file', join(outside, 'short.txt'));
    expect(short.stderr).toContain('shorter than 6 bytes');
  });

  it('cleans a bare repository, its tip too, and runs no hook', async () => {
    const repo = repository();
    repo.commit('add', { 'a.env': `P=${SECRET}\n` });
    const bare = join(outside, 'bare.git');
    repo.git('clone', '-q', '--bare', '.', bare);
    for (const hook of ['reference-transaction', 'pre-auto-gc', 'post-rewrite'])
      writeFileSync(join(bare, 'hooks', hook), `#!/bin/sh\ntouch ${join(outside, 'sprung')}\n`, { mode: 0o755 });
    const { code, stderr } = await runCli(
      'secrets',
      'clean',
      bare,
      '--secrets-file',
      join(outside, 'secrets.txt'),
      '--write',
      '--no-backup',
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining('stage proof')]);
    expect(execFileSync('git', ['show', 'main:a.env'], { cwd: bare }).toString()).toBe('P=***REMOVED***\n');
    expect(existsSync(join(outside, 'sprung'))).toBe(false);
  });

  it('forgets both sides of a conflict, and moves notes about tags', async () => {
    const repo = repository();
    repo.commit('base', { 'a.txt': 'base\n' });
    repo.git('checkout', '-q', '-b', 'side');
    repo.commit('theirs', { 'a.txt': `theirs ${SECRET}\n` });
    repo.git('tag', '-a', 'v1', '-m', 'first');
    repo.git('notes', 'add', '-m', 'about the tag', 'v1');
    repo.git('checkout', '-q', 'main');
    repo.commit('ours', { 'a.txt': `ours ${SECRET}\n` });
    expect(() => repo.git('merge', '-q', 'side')).toThrow();
    repo.write('a.txt', 'resolved\n');
    repo.git('add', 'a.txt');
    repo.git('commit', '-q', '-m', 'merge');
    expect(repo.git('ls-files', '--resolve-undo')).not.toBe('');
    expect((await clean(repo, '--write')).code).toBe(0);
    expect(holds(repo)).toEqual([]);
    expect(repo.git('notes', 'show', 'v1')).toBe('about the tag');
  });

  it('says so when something is left', async () => {
    const { repo } = kept(story());
    appendFileSync(join(repo.folder, '.git/description'), SECRET);
    const { code, stdout } = await clean(repo, '--write');
    expect(code).toBe(1);
    expect(stdout).toContain('description holds a secret (as it is)');
  });
});
