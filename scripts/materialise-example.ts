import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const STATES = ['insecure', 'secured'] as const;
export type State = (typeof STATES)[number];

const EXAMPLE = join(import.meta.dirname, '../examples/shop');

/**
 * Makes the example product a git repository of its own, as a team would have it: its workflows, history and branch
 * rules are then its own and not this project's. Several states become commits one after the other, tagged by name.
 */
export function materialise(states: readonly State[], target: string): void {
  mkdirSync(target, { recursive: true });
  git(target, 'init', '--quiet', '--initial-branch=main');
  for (const state of states) {
    git(target, 'rm', '-r', '--quiet', '--force', '--ignore-unmatch', '.');
    cpSync(join(EXAMPLE, state), target, { recursive: true });
    git(target, 'add', '--all', '--force');
    git(target, 'commit', '--quiet', '--no-verify', '--no-gpg-sign', '--message', state);
    git(target, 'tag', '--no-sign', state);
  }
}

function git(folder: string, ...args: readonly string[]): void {
  const date = '2026-01-01T00:00:00Z';
  execFileSync(
    'git',
    [
      '-c',
      'user.name=shop',
      '-c',
      'user.email=shop@example.com',
      '-c',
      'core.hooksPath=/dev/null',
      '-c',
      'core.autocrlf=false',
      ...args,
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
    },
  );
}
