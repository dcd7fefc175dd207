import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestRepository } from '../../../../test/git-repository.ts';
import { contents, holds, SECRET, story } from '../../../../test/leaky-history.ts';
import { runCli } from '../../../../test/run-cli.ts';

let outside = '';
let repo: TestRepository;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'fourproof-clean-'));
  writeFileSync(join(outside, 'secrets.txt'), `${SECRET}\n`);
  ({ repo } = story());
});
afterEach(() => {
  repo.remove();
  rmSync(outside, { recursive: true, force: true });
});

const flags = (): string[] => [
  '--secrets-file',
  join(outside, 'secrets.txt'),
  '--backup',
  join(outside, `${readdirSync(outside).length}.bundle`),
  '--write',
];

describe('an interrupted cleaning', () => {
  const program = join(import.meta.dirname, '../main.ts');

  function killedAt(stage: string): Promise<boolean> {
    return new Promise((settle) => {
      const args = ['--import', 'tsx', program, 'secrets', 'clean', repo.folder, ...flags()];
      const child = spawn(process.execPath, args, {
        stdio: ['ignore', 'ignore', 'pipe'],
        cwd: join(import.meta.dirname, '../../../..'),
      });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes(`stage ${stage}\n`)) child.kill('SIGKILL');
      });
      child.on('close', (_code, signal) => settle(signal === 'SIGKILL'));
    });
  }

  it.each(['look', 'plan', 'backup', 'pack', 'refs', 'reflogs', 'prune', 'proof'])(
    'at stage %s leaves a repository that works, and goes on when it is run again',
    async (stage) => {
      const was = contents(repo);
      expect(await killedAt(stage)).toBe(true);
      // A git that was started before goes on by itself.
      await new Promise((resolve) => setTimeout(resolve, 300));
      repo.git('fsck', '--full');
      expect(repo.git('status', '--porcelain')).toBe('');
      expect(contents(repo).split('\n')).toEqual(expect.arrayContaining(was.split('\n')));
      const again = await runCli('secrets', 'clean', repo.folder, ...flags());
      expect(again.stderr).not.toContain('cannot');
      expect(again.code).toBe(0);
      expect(holds(repo)).toEqual([]);
      repo.git('fsck', '--full', '--strict');
      expect(repo.git('stash', 'list', '--format=%gs').split('\n')).toHaveLength(2);
      expect(readFileSync(join(repo.folder, 'a.txt'), 'utf8')).toBe('a\n');
    },
    60_000,
  );
});
