import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TestRepository } from '../../../../test/git-repository.ts';
import { readSecretRules } from '../../../sources/assets.ts';
import { openWorktree } from '../../../sources/worktree/worktree.ts';
import { Fingerprints } from '../../../verdict/fingerprint.ts';
import type { Context } from '../../context.ts';
import { history } from './history.ts';

const token = ['gh', 'p_', 'q7Zk2WmX9vRb4TnY6LcJ8sHd3FgP5aKu1EiO'].join('');
const other = token.replace('q7', 'q8');
const secretRules = readSecretRules();
const made: TestRepository[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

function repository(): TestRepository {
  const one = new TestRepository();
  made.push(one);
  return one;
}

function contextOf(repo: TestRepository): Context {
  const opened = openWorktree(repo.folder);
  if (!opened.ok) throw new Error(opened.why);
  // The control reads neither facts nor declarations.
  return { tree: opened.tree, repository: opened.tree, secretRules } as unknown as Context;
}

async function judge(repo: TestRepository) {
  const context = contextOf(repo);
  const seen = await history.judge(context);
  for (const counterexample of seen.counterexamples)
    expect(await history.replay?.(context, counterexample)).toMatchObject({ confirmed: true });
  const fingerprints = new Fingerprints('code/leaked-secrets', 'history');
  return { ...seen, fingerprints: seen.counterexamples.map((one) => fingerprints.ofCounterexample(one)) };
}

describe('the history control', () => {
  it('proves a clean history over every object', async () => {
    const repo = repository();
    repo.commit('one', { 'a.txt': 'hello\n' });
    const { counterexamples, gaps, proof } = await judge(repo);
    expect([counterexamples, gaps]).toEqual([[], []]);
    expect(proof).toMatchObject({ kind: 'proof', scope: { count: 2, what: 'git objects' }, witnesses: [] });
  });

  it('finds a secret once, in the commit that brought it in, however many versions hold it', async () => {
    const repo = repository();
    const commit = repo.commit('add', { 'app.env': `A=1\nGITHUB_TOKEN=${token}\n` });
    repo.commit('more', { 'app.env': `A=1\nB=2\nGITHUB_TOKEN=${token}\n` });
    repo.commit('clean', { 'app.env': 'A=1\n' });
    const { counterexamples } = await judge(repo);
    expect(counterexamples).toMatchObject([
      {
        title: `GitHub personal access token (classic) ghp_…(40 characters) in GITHUB_TOKEN, in the history since commit ${commit.slice(0, 12)} (Ada, 2023-11-14)`,
        severity: 'critical',
        input: { path: 'app.env', commit, author: 'Ada' },
        trace: [{ at: { path: 'app.env', startLine: 2, startColumn: 14, revision: commit } }],
      },
    ]);
    expect(counterexamples[0]?.summary).toContain('and 1 later version of it');
    expect(JSON.stringify(counterexamples)).not.toContain(token.slice(6));
  });

  it('takes what the ignore file names by its commit for a decision', async () => {
    const repo = repository();
    const commit = repo.commit('add', { 'app.env': `GITHUB_TOKEN=${token}\nOTHER=${other}\n` });
    repo.commit('clean', { 'app.env': '\n', '.gitleaksignore': `${commit}:app.env:github-pat:2\n` });
    const { counterexamples } = await judge(repo);
    expect(counterexamples.map(({ ignoredBy }) => ignoredBy?.by)).toEqual([undefined, '.gitleaksignore']);
  });

  it('leaves what stands in the tree to worktree, wherever it moved, and counts it', async () => {
    const repo = repository();
    repo.commit('add', { 'old.env': `GITHUB_TOKEN=${token}\n` });
    repo.git('mv', 'old.env', 'new.env');
    repo.commit('move');
    const { counterexamples, proof } = await judge(repo);
    expect(counterexamples).toEqual([]);
    expect(proof?.witnesses.map(({ note }) => note)).toEqual([
      '2 secrets of the history still stand in the tree: see worktree',
    ]);
  });

  it('takes a file where the team dismissed a secret for no other file', async () => {
    const repo = repository();
    repo.commit('add', { 'src/a.env': `GITHUB_TOKEN=${token}\n`, 'test/a.env': `GITHUB_TOKEN=${token}\n` });
    repo.git('rm', '-q', 'src/a.env');
    repo.commit('clean', { 'test/a.env': `GITHUB_TOKEN=${token} # gitleaks:allow\n` });
    const { counterexamples } = await judge(repo);
    expect(counterexamples.map(({ trace }) => trace[0].at.path)).toEqual(['src/a.env']);
  });

  it('tells of a secret in a file that no product holds', async () => {
    const repo = repository();
    repo.commit('add', { 'a/x.js': 'x\n', 'b/y.env': `GITHUB_TOKEN=${token}\n` });
    const context = { ...contextOf(repo), isProducts: (path: string) => path.startsWith('a/') };
    const { counterexamples } = await history.judge(context);
    expect(counterexamples.map(({ summary }) => summary)).toEqual([
      expect.stringContaining('b/y.env, which no product holds, still does'),
    ]);
  });

  it('shows no author whose name is a secret, whatever encoding the repository asks for', async () => {
    const repo = repository();
    repo.git('config', 'i18n.logOutputEncoding', 'UTF-16');
    repo.git('commit', '-q', '--allow-empty', '-m', 'x', `--author=${token} <a@example.org>`);
    repo.commit('file', { 'a.env': `GITHUB_TOKEN=${other}\n` });
    repo.commit('clean', { 'a.env': '\n' });
    const { counterexamples } = await judge(repo);
    expect(counterexamples.map(({ input }) => (input['author'] as string | undefined) ?? '')).toEqual([
      'Ada',
      'a name that holds a secret',
    ]);
    expect(JSON.stringify(counterexamples)).not.toContain(token.slice(6));
  });

  it('finds what stands in messages, notes, stashes, merges and deleted commits', async () => {
    const repo = repository();
    repo.commit('base', { 'a.txt': 'base\n' });
    repo.commit(`the key is ${token}`);
    repo.git('tag', '-a', 'v1', '-m', `tagged ${other}`);
    repo.git('notes', 'add', '-m', `noted ${token.replace('q7', 'q9')}`);
    repo.write('a.txt', `stashed ${token.replace('q7', 'r1')}\n`);
    repo.git('stash');
    repo.commit('gone', { 'gone.txt': `${token.replace('q7', 'r2')}\n` });
    repo.git('reset', '-q', '--hard', 'HEAD~1');
    repo.git('reflog', 'expire', '--expire=now', '--all');
    const { counterexamples } = await judge(repo);
    const paths = counterexamples.map(({ trace }) => trace[0].at.path.replace(/[0-9a-f]{40}/, '<id>'));
    expect(paths.sort()).toEqual(['<id>', 'a.txt', 'commit message', 'gone.txt', 'tag message']);
  });

  it('keeps its fingerprint when the commits before it are rewritten and lines move', async () => {
    const fingerprintsOf = async (lines: string, first: string): Promise<readonly string[]> => {
      const repo = repository();
      repo.commit(first, { 'a.txt': 'a\n' });
      repo.commit('add', { 'app.env': `${lines}GITHUB_TOKEN=${token}\n` });
      repo.commit('clean', { 'app.env': '\n' });
      return (await judge(repo)).fingerprints;
    };
    const before = await fingerprintsOf('', 'first');
    expect(before).toHaveLength(1);
    expect(await fingerprintsOf('\n\nX=1\n', 'another first')).toEqual(before);
  });

  it('searches a blob under each of its paths', async () => {
    const repo = repository();
    const text = 'password=Tr0ub4dor&3\n';
    repo.commit('text', { 'notes.bin': text });
    repo.commit('env', { 'app.properties': text });
    repo.git('rm', '-q', 'app.properties', 'notes.bin');
    repo.commit('clean', { 'a.txt': 'a\n' });
    const { counterexamples } = await judge(repo);
    expect(counterexamples.map(({ trace }) => trace[0].at.path)).toContain('app.properties');
  });

  it('does not guess what an object without a path was, and names it', async () => {
    const repo = repository();
    repo.commit('base', { 'a.txt': 'a\n' });
    const id = repo.gitWith('password=Tr0ub4dor&3\n', 'hash-object', '-w', '--stdin');
    const { counterexamples, gaps } = await judge(repo);
    expect(counterexamples).toEqual([]);
    expect(gaps).toMatchObject([{ reason: 'not-in-sight', identity: `nameless ${id}` }]);
  });

  it('finds secrets of large objects on their lines, once, and never half of one', async () => {
    const repo = repository();
    const line = `${'x'.repeat(63)}\n`;
    const lines = (count: number): string => line.repeat(count);
    const half = (32 * 1024 * 1024) / 64;
    // Before the border, across it, in the middle of what two pieces share, and after it.
    const text = `${lines(10)}${token}\n${lines(half - 2048 - 20)}${other}\n${lines(2030)}${token.replace('q7', 'r1')}\n${lines(4000)}${token.replace('q7', 'r2')}\n`;
    repo.commit('large', { 'large.txt': text });
    repo.git('rm', '-q', 'large.txt');
    repo.commit('clean', { 'a.txt': 'a\n' });
    const { counterexamples } = await judge(repo);
    const places = counterexamples.map(({ trace }) => trace[0].at.startLine);
    const expected = text.split('\n').flatMap((one, at) => (one.startsWith('gh') ? [at + 1] : []));
    expect(places.sort((a, b) => a - b)).toEqual(expected);
  });

  it('names the gaps of the clone, and pointers whose content is elsewhere', async () => {
    const repo = repository();
    repo.commit('one', {
      'large.psd': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1\n`,
    });
    writeFileSync(join(repo.folder, '.git/objects/pack/pack-1.pack'), 'not a pack');
    const { gaps } = await judge(repo);
    expect(gaps.map(({ identity }) => identity)).toEqual(
      expect.arrayContaining(['history lfs', 'history packs pack-1.pack']),
    );
  });
});
