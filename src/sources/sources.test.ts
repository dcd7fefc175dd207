import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeText } from '../lib/tree-views.ts';
import { openCommit } from './git/commit-tree.ts';
import { openWorktree, type OpenedWorktree } from './worktree/worktree.ts';
import { LARGEST_FILE } from './worktree/read-file.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fourproof-test-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(files: Record<string, string>, below = root): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(below, path)), { recursive: true });
    writeFileSync(join(below, path), text);
  }
}

function git(...args: string[]): string {
  return execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
}

function opened(path = root): Extract<OpenedWorktree, { ok: true }> {
  const result = openWorktree(path);
  if (!result.ok) throw new Error(result.why);
  return result;
}

function names(path = root): string[] {
  return opened(path).tree.files.map((file) => file.path);
}

describe('openWorktree', () => {
  it('says what is wrong with a path', () => {
    write({ 'a/file': '' });
    expect(openWorktree(join(root, 'missing'))).toMatchObject({
      ok: false,
      empty: false,
      why: expect.stringContaining('does not exist') as string,
    });
    expect(openWorktree(join(root, 'a/file'))).toMatchObject({
      ok: false,
      empty: false,
      why: expect.stringContaining('is a file') as string,
    });
    mkdirSync(join(root, 'empty'));
    expect(openWorktree(join(root, 'empty'))).toMatchObject({ ok: false, empty: true });
  });

  it('takes everything tracked, and what is untracked and not ignored', () => {
    git('init', '-q', '-b', 'main');
    write({ '.gitignore': '.env\nbuild/\n', '.env': 'A=1', 'src/a.ts': '', 'build/x': '', 'new.txt': '' });
    git('add', '-f', '.env', '.gitignore', 'src');
    expect(names()).toEqual(['.env', '.gitignore', 'new.txt', 'src/a.ts']);
    expect(opened().tree.git).toMatchObject({ defaultBranch: 'main', shallow: false });
    rmSync(join(root, 'src/a.ts'));
    expect(names()).toEqual(['.env', '.gitignore', 'new.txt']);
  });

  it('honours .gitignore where there is no git', () => {
    write({
      '.gitignore': '*.log\nsecret/\n!keep.log\n',
      'a.log': '',
      'keep.log': '',
      'secret/x': '',
      'sub/.gitignore': '/y\n',
      'sub/y': '',
      'sub/deep/y': '',
    });
    expect(names()).toEqual(['.gitignore', 'keep.log', 'sub/.gitignore', 'sub/deep/y']);
  });

  it('opens the whole repository around a folder and says which part was asked for', () => {
    git('init', '-q');
    write({ '.github/workflows/ci.yml': 'on: push', 'service/main.go': '' });
    const { root: top, asked, tree } = opened(join(root, 'service'));
    expect([asked, tree.files.length]).toEqual(['service', 2]);
    expect(top).toBe(opened().root);
  });

  it('never reads through a link that leaves the tree, and survives circles', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'fourproof-outside-'));
    try {
      write({ 'secret.txt': 'outside' }, outside);
      write({ 'real.txt': 'inside', 'folder/x.txt': 'x' });
      symlinkSync(join(outside, 'secret.txt'), join(root, 'escape.txt'));
      symlinkSync(outside, join(root, 'escape-folder'));
      symlinkSync('loop', join(root, 'loop'));
      symlinkSync('..', join(root, 'folder/up'));
      symlinkSync('real.txt', join(root, 'alias.txt'));
      const { tree } = opened();
      expect(tree.files.map((file) => [file.path, file.linkTo])).toEqual([
        ['alias.txt', 'real.txt'],
        ['folder/x.txt', undefined],
        ['real.txt', undefined],
      ]);
      expect(tree.unreadable.map((entry) => [entry.path, entry.why])).toEqual([
        ['escape-folder', 'a symbolic link that leaves the tree'],
        ['escape.txt', 'a symbolic link that leaves the tree'],
        ['loop', 'a symbolic link that leads nowhere or around in a circle'],
      ]);
      const alias = await tree.read('alias.txt');
      expect(alias.ok && decodeText(alias.bytes)).toBe('inside');
      expect(await tree.read('escape-folder/secret.txt')).toMatchObject({
        ok: false,
        why: 'its folder is a link that leaves the tree',
      });
      expect(await tree.read('../outside')).toMatchObject({ ok: false });
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('refuses a tracked file whose folder became a link out of the tree', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'fourproof-outside-'));
    try {
      git('init', '-q');
      write({ 'a/passwd': 'ours', 'b.txt': '' });
      git('add', '-A');
      rmSync(join(root, 'a'), { recursive: true });
      write({ passwd: 'theirs' }, outside);
      symlinkSync(outside, join(root, 'a'));
      const { tree } = opened();
      const content = await tree.read('a/passwd');
      expect(content.ok).toBe(false);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('names files that are too large, went away or are no files', async () => {
    write({ 'big.bin': 'x\0y', 'big.txt': 'x', 'gone.txt': 'x' });
    truncateSync(join(root, 'big.bin'), LARGEST_FILE + 1);
    const { tree } = opened();
    expect(await tree.read('big.bin')).toMatchObject({ ok: false, reason: 'too-large', binary: true });
    rmSync(join(root, 'gone.txt'));
    expect(await tree.read('gone.txt')).toMatchObject({ ok: false, why: 'it went away' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(opened().tree.unreadable).toMatchObject([{ path: 'pipe', why: 'not a regular file' }]);
  });

  it('runs nothing that the configuration of a hostile repository names', () => {
    git('init', '-q');
    write({ 'a.txt': '' });
    const ran = join(root, 'RAN');
    const script = join(root, '.git/evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${ran}\n`);
    chmodSync(script, 0o755);
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'core.alternateRefsCommand',
      'filter.x.clean',
      'filter.x.smudge',
      'diff.x.textconv',
      'core.gitProxy',
    ]) {
      git('config', key, script);
    }
    mkdirSync(join(root, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'post-checkout', 'fsmonitor-watchman', 'reference-transaction']) {
      writeFileSync(join(root, '.git/hooks', hook), `#!/bin/sh\ntouch ${ran}\n`);
      chmodSync(join(root, '.git/hooks', hook), 0o755);
    }
    write({ '.gitattributes': '* filter=x diff=x\n' });
    expect(names()).toContain('a.txt');
    expect(existsSync(ran)).toBe(false);
  });

  it('does not let core.worktree point elsewhere', () => {
    git('init', '-q');
    write({ 'mine.txt': '' });
    git('config', 'core.worktree', '/etc');
    expect(names()).toEqual(['mine.txt']);
  });

  it('brings the modules that terraform installed, which git ignores', async () => {
    git('init', '-q');
    write({
      '.gitignore': '.terraform/\n',
      'infra/main.tf': '',
      'infra/.terraform/modules/modules.json': '{}',
      'infra/.terraform/modules/eks/main.tf': 'locals {}',
      'infra/.terraform/modules/eks/.git/config': '',
      'infra/.terraform/modules/eks/setup.sh': '',
      'other/.terraform/modules/x/main.tf': '',
    });
    const { tree } = opened();
    expect(tree.files.map((file) => file.path)).toEqual(['.gitignore', 'infra/main.tf']);
    expect(tree.brought?.map((file) => file.path)).toEqual([
      'infra/.terraform/modules/eks/main.tf',
      'infra/.terraform/modules/modules.json',
    ]);
    const module = await tree.read('infra/.terraform/modules/eks/main.tf');
    expect(module.ok && decodeText(module.bytes)).toBe('locals {}');
  });

  it('names a submodule that it does not read', () => {
    git('init', '-q');
    write({ 'a.txt': '' });
    git('add', 'a.txt');
    git('update-index', '--add', '--cacheinfo', '160000,0123456789012345678901234567890123456789,vendor/lib');
    mkdirSync(join(root, 'vendor/lib'), { recursive: true });
    expect(opened().tree.unreadable).toMatchObject([{ path: 'vendor/lib', holdsContent: true }]);
  });
});

describe('openCommit', () => {
  it('reads a commit from git objects, links included', async () => {
    git('init', '-q');
    write({ 'a.txt': 'one', 'dir/b.txt': 'bytes' });
    symlinkSync('dir/b.txt', join(root, 'alias'));
    symlinkSync('/etc/passwd', join(root, 'escape'));
    git('add', '-A');
    git('commit', '-q', '-m', 'one');
    write({ 'a.txt': 'two' });
    const commit = openCommit(root, 'HEAD');
    if (!commit.ok) throw new Error(commit.why);
    expect(commit.tree.files.map((file) => [file.path, file.linkTo])).toEqual([
      ['a.txt', undefined],
      ['alias', 'dir/b.txt'],
      ['dir/b.txt', undefined],
    ]);
    const a = await commit.tree.read('a.txt');
    const alias = await commit.tree.read('alias');
    expect(a.ok && decodeText(a.bytes)).toBe('one');
    expect(alias.ok && decodeText(alias.bytes)).toBe('bytes');
    expect(commit.tree.unreadable).toMatchObject([{ path: 'escape', holdsContent: false }]);
  });

  it('refuses what is no revision, and options', () => {
    git('init', '-q');
    expect(openCommit(root, 'nothing')).toMatchObject({ ok: false });
    expect(openCommit(root, '--output=/tmp/x')).toMatchObject({ ok: false, why: '--output=/tmp/x is no revision' });
  });
});
