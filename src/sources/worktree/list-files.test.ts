import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UnreadableEntry } from '../../model/index.ts';
import { openWorktree } from './worktree.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fourproof-test-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), 'x');
}

function unreadable(): readonly UnreadableEntry[] {
  const result = openWorktree(root);
  if (!result.ok) throw new Error(result.why);
  return result.tree.unreadable;
}

describe('what a listing must not lose', () => {
  it('names a file whose name is not UTF-8', () => {
    execFileSync('git', ['init', '-q'], { cwd: root });
    const path = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.env')]);
    writeFileSync(path, 'x');
    write('a.txt');
    execFileSync('git', ['add', '-A'], { cwd: root });
    const expected = [{ path: 'caf\uFFFD.env', why: 'its name is not valid UTF-8: rename it', holdsContent: true }];
    expect(unreadable()).toEqual(expected);
    rmSync(join(root, '.git'), { recursive: true });
    expect(unreadable()).toEqual(expected);
  });

  it('takes no bare repository for a product', () => {
    execFileSync('git', ['init', '-q', '--bare'], { cwd: root });
    expect(openWorktree(root)).toMatchObject({ ok: false, why: expect.stringContaining('is a bare repository') });
    expect(openWorktree(root, { git: false })).toMatchObject({ ok: true });
  });

  it('names a folder that is too deep, and reads no .gitignore that is no regular file', () => {
    write('a.txt');
    write(`${'d/'.repeat(210)}deep.env`);
    symlinkSync('/dev/zero', join(root, '.gitignore'));
    expect(unreadable()).toMatchObject([
      { path: '.gitignore', holdsContent: false },
      { path: `${'d/'.repeat(201)}`.slice(0, -1), holdsContent: true },
    ]);
  });
});
