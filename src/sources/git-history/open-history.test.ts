import { chmodSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TestRepository } from '../../../test/git-repository.ts';
import type { HistoryObject, HistoryUnseen } from '../../model/index.ts';
import { openHistory } from './open-history.ts';

const made: TestRepository[] = [];
function repository(...options: string[]): TestRepository {
  const one = new TestRepository(options);
  made.push(one);
  return one;
}
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

interface Seen {
  readonly objects: readonly HistoryObject[];
  readonly unseen: readonly HistoryUnseen[];
  text(id: string): string;
  /** The object whose text is this. */
  find(text: string): HistoryObject | undefined;
}

async function see(folder: string): Promise<Seen> {
  const objects: HistoryObject[] = [];
  const unseen: HistoryUnseen[] = [];
  for await (const batch of openHistory(folder).batches()) {
    objects.push(...batch.objects);
    unseen.push(...batch.unseen);
  }
  const texts = new Map(objects.map((object) => [object.id, Buffer.from(object.bytes).toString()]));
  return {
    objects,
    unseen,
    text: (id) => texts.get(id) ?? '',
    find: (text) => objects.find(({ id }) => texts.get(id) === text),
  };
}

describe('the history of a repository', () => {
  it('holds every blob and message once, with the first commit and the path of each', async () => {
    const repo = repository();
    const first = repo.commit('one', { 'a.txt': 'one\n', 'same.txt': 'same\n' });
    const second = repo.commit('two', { 'a.txt': 'two\n', 'b/copy.txt': 'same\n' });
    repo.commit('three', { 'a.txt': 'one\n' });
    repo.git('tag', '-a', 'v1', '-m', 'words of a tag');
    const seen = await see(repo.folder);
    expect(seen.unseen).toEqual([]);
    expect(new Set(seen.objects.map(({ id }) => id)).size).toBe(seen.objects.length);
    expect(seen.find('one\n')?.versions).toMatchObject([{ path: 'a.txt', commit: first }]);
    expect(seen.find('same\n')?.versions).toMatchObject([
      { path: 'same.txt', commit: first },
      { path: 'b/copy.txt', commit: second },
    ]);
    const messages = seen.objects.filter(({ kind }) => kind !== 'blob').map(({ id }) => seen.text(id));
    expect(messages.filter((text) => /\n\n(?:one|two|three)\n$/.test(text))).toHaveLength(3);
    expect(messages.some((text) => text.includes('words of a tag'))).toBe(true);
  });

  it('holds what only a resolution of a merge has, with the merge as its commit', async () => {
    const repo = repository();
    repo.commit('base', { 'a.txt': 'base\n' });
    repo.git('checkout', '-q', '-b', 'side');
    repo.commit('side', { 'a.txt': 'side\n' });
    repo.git('checkout', '-q', 'main');
    repo.commit('main', { 'a.txt': 'main\n' });
    expect(() => repo.git('merge', 'side')).toThrow();
    const merge = repo.commit('merge', { 'a.txt': 'only in the merge\n', 'new.txt': 'evil\n' });
    const seen = await see(repo.folder);
    expect(seen.find('only in the merge\n')?.versions).toMatchObject([{ path: 'a.txt', commit: merge }]);
    expect(seen.find('evil\n')?.versions).toMatchObject([{ path: 'new.txt', commit: merge }]);
  });

  it('holds what an octopus brings, notes, stashes, amended and deleted commits, and blobs that nothing reaches', async () => {
    const repo = repository();
    const base = repo.commit('base', { 'a.txt': 'base\n' });
    for (const name of ['x', 'y', 'z']) {
      repo.git('checkout', '-q', '-b', name, base);
      repo.commit(name, { [`${name}.txt`]: `${name}\n` });
    }
    repo.git('merge', '-q', '--no-edit', 'x', 'y');
    repo.git('notes', 'add', '-m', 'a note', 'HEAD');
    repo.write('a.txt', 'stashed\n');
    repo.git('stash');
    repo.commit('gone', { 'gone.txt': 'gone\n' });
    repo.git('reset', '-q', '--hard', 'HEAD~1');
    repo.git('reflog', 'expire', '--expire=now', '--all');
    repo.write('index.txt', 'staged, never committed\n');
    repo.git('add', 'index.txt');
    const seen = await see(repo.folder);
    expect(seen.unseen).toEqual([]);
    expect(seen.find('stashed\n')?.versions).toMatchObject([{ path: 'a.txt' }]);
    expect(seen.find('gone\n')?.versions).toMatchObject([{ path: 'gone.txt' }]);
    expect(seen.find('a note\n')?.versions).toHaveLength(1);
    expect(seen.find('staged, never committed\n')?.versions).toEqual([]);
    expect(seen.find('x\n')?.versions).toHaveLength(1);
  });

  it('does not let replace refs and grafts hide anything', async () => {
    const repo = repository();
    const first = repo.commit('first', { 'a.txt': 'hidden\n' });
    const second = repo.commit('second', { 'a.txt': 'shown\n' });
    repo.git('replace', repo.git('rev-parse', `${first}:a.txt`), repo.git('rev-parse', `${second}:a.txt`));
    writeFileSync(join(repo.folder, '.git/info/grafts'), `${second}\n`);
    const seen = await see(repo.folder);
    expect(seen.unseen).toEqual([]);
    expect(seen.find('hidden\n')?.versions).toMatchObject([{ path: 'a.txt', commit: first }]);
    expect(seen.find('shown\n')?.versions).toMatchObject([{ path: 'a.txt', commit: second }]);
  });

  it('keeps paths with line feeds, and marks bytes that are no UTF-8', async () => {
    const repo = repository();
    const blob = repo.gitWith('odd\n', 'hash-object', '-w', '--stdin');
    const line = Buffer.concat([Buffer.from(`100644 blob ${blob}\t:a\nb`), Buffer.from([0xff, 0x00])]);
    const tree = repo.gitWith(line, 'mktree', '-z');
    const commit = repo.gitWith('odd\n', 'commit-tree', tree);
    const seen = await see(repo.folder);
    expect(seen.find('odd\n')?.versions).toMatchObject([{ path: ':a\nb\ufffd', commit }]);
  });

  it('reads repositories of SHA-256', async () => {
    const repo = repository('--object-format=sha256');
    const commit = repo.commit('one', { 'a.txt': 'one\n' });
    expect(commit).toHaveLength(64);
    const seen = await see(repo.folder);
    expect(seen.unseen).toEqual([]);
    expect(seen.find('one\n')?.versions).toMatchObject([{ path: 'a.txt', commit }]);
  });

  it('reads large objects in pieces that overlap', async () => {
    const repo = repository();
    const line = `${'x'.repeat(1023)}\n`;
    repo.commit('large', { 'large.txt': line.repeat(40 * 1024) });
    const pieces = (await see(repo.folder)).objects.filter(({ kind }) => kind === 'blob');
    expect(pieces.map(({ offset, bytes }) => [offset, bytes.length])).toEqual([
      [0, 32 * 1024 * 1024],
      [32 * 1024 * 1024 - 256 * 1024, 8 * 1024 * 1024 + 256 * 1024],
    ]);
  });

  it('runs nothing that the repository names', async () => {
    const repo = repository();
    repo.commit('one', { 'a.txt': 'one\n', '.gitattributes': '* diff=evil filter=evil\n' });
    const trap = join(repo.folder, 'trap.sh');
    const sprung = join(repo.folder, 'sprung');
    writeFileSync(trap, `#!/bin/sh\ntouch ${sprung}\ncat\n`);
    chmodSync(trap, 0o755);
    const names = ['core.fsmonitor', 'core.pager', 'diff.external', 'diff.evil.textconv', 'diff.evil.command'];
    for (const name of [...names, 'filter.evil.smudge', 'core.sshCommand', 'core.editor', 'pager.log'])
      repo.git('config', name, trap);
    repo.git('config', 'log.showSignature', 'true');
    expect((await see(repo.folder)).find('one\n')).toBeDefined();
    expect(readdirSync(repo.folder)).not.toContain('sprung');
  });
});

describe('what a repository cannot show', () => {
  it('is named for a shallow clone', async () => {
    const repo = repository();
    repo.commit('one', { 'a.txt': 'one\n' });
    repo.commit('two', { 'a.txt': 'two\n' });
    const clone = repository();
    clone.git('fetch', '-q', '--depth=1', `file://${repo.folder}`, 'main');
    expect((await see(clone.folder)).unseen).toMatchObject([{ identity: 'shallow', closes: 'git fetch --unshallow' }]);
  });

  it('is named for a partial clone, and nothing is fetched', async () => {
    const repo = repository();
    repo.commit('one', { 'a.txt': 'one\n' });
    repo.git('config', 'uploadpack.allowFilter', 'true');
    const outer = repository();
    outer.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${repo.folder}`, 'clone');
    const seen = await see(join(outer.folder, 'clone'));
    expect(seen.unseen).toMatchObject([{ identity: 'partial', reason: 'not-in-sight' }]);
    expect(seen.unseen[0]?.message).toContain('1 blob');
    expect(seen.objects.filter(({ kind }) => kind === 'blob')).toEqual([]);
  });

  it('is named for alternates, and the other store is not read', async () => {
    const repo = repository();
    repo.commit('one', { 'a.txt': 'one\n' });
    const other = repository();
    writeFileSync(join(other.folder, '.git/objects/info/alternates'), `${repo.folder}/.git/objects\n`);
    const seen = await see(other.folder);
    expect(seen.unseen).toMatchObject([{ identity: 'alternates' }]);
    expect(seen.objects).toEqual([]);
  });

  it('is named for missing and broken objects, and the others are read', async () => {
    const repo = repository();
    repo.commit('one', { 'a.txt': 'one\n', 'b.txt': 'two\n', 'c.txt': 'three\n' });
    const place = (id: string): string => join(repo.folder, '.git/objects', id.slice(0, 2), id.slice(2));
    const missing = repo.git('rev-parse', 'HEAD:a.txt');
    const broken = repo.git('rev-parse', 'HEAD:b.txt');
    rmSync(place(missing));
    chmodSync(place(broken), 0o644);
    truncateSync(place(broken), 6);
    const seen = await see(repo.folder);
    expect(seen.find('three\n')).toBeDefined();
    const names = seen.unseen.map(({ identity }) => identity);
    expect(names).toContain(`object ${broken}`);
    expect(names).toContain('missing blobs');
  });

  it('is named for a packed object whose bytes are damaged', async () => {
    const repo = repository();
    for (let at = 0; at < 20; at++) repo.commit(`${at}`, { [`${at}.txt`]: `${at} ${'y'.repeat(500)}${at}\n` });
    repo.git('gc', '-q');
    const folder = join(repo.folder, '.git/objects/pack');
    const pack = join(folder, readdirSync(folder).find((name) => name.endsWith('.pack')) ?? '');
    chmodSync(pack, 0o644);
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(pack);
    bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 16);
    writeFileSync(pack, bytes);
    const seen = await see(repo.folder);
    expect(seen.unseen.length).toBeGreaterThan(0);
    expect(seen.objects.length).toBeGreaterThan(10);
  });

  it('is named for a pack without its index, and for a repository that is none', async () => {
    const repo = repository();
    repo.commit('one', { 'a.txt': 'one\n' });
    repo.git('gc', '-q');
    const folder = join(repo.folder, '.git/objects/pack');
    for (const name of readdirSync(folder)) if (name.endsWith('.idx')) rmSync(join(folder, name));
    expect((await see(repo.folder)).unseen[0]?.identity).toMatch(/^packs pack-/);
    rmSync(join(repo.folder, '.git/HEAD'));
    expect((await see(repo.folder)).unseen).toMatchObject([{ identity: 'repository' }]);
  });

  it('is nothing for an empty repository', async () => {
    const seen = await see(repository().folder);
    expect([seen.objects, seen.unseen]).toEqual([[], []]);
  });

  it('is nothing for a linked worktree, which shares its objects', async () => {
    const repo = repository();
    repo.commit('one', { 'a.txt': 'one\n' });
    const outer = repository();
    repo.git('worktree', 'add', '-q', '-b', 'other', join(outer.folder, 'linked'));
    const seen = await see(join(outer.folder, 'linked'));
    expect(seen.unseen).toEqual([]);
    expect(seen.find('one\n')?.versions).toMatchObject([{ path: 'a.txt' }]);
  });
});
