import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GitContext } from '../../model/index.ts';
import { runGit } from './run-git.ts';

/** The folder that holds the `.git` of the repository around a folder; undefined outside of one. */
export function findGitTop(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Whether a folder is itself a git folder, with no files of a product in it. */
export function isBare(folder: string): boolean {
  return existsSync(join(folder, 'HEAD')) && ['objects', 'refs'].every((name) => isFolder(join(folder, name)));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether `.git` is a folder here; a file (worktree, submodule) is followed by git itself. */
export function isRepository(top: string): boolean {
  const git = join(top, '.git');
  return statSync(git).isDirectory() || runGit(top, ['rev-parse', '--git-dir']).ok;
}

/** What the clone says about itself. */
export function describeRepository(top: string): GitContext {
  const head = text(top, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  const remote = text(top, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'])?.replace(
    /^origin\//,
    '',
  );
  const current = text(top, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const conventional = current === 'main' || current === 'master' ? current : undefined;
  const defaultBranch = remote ?? conventional;
  return {
    shallow: text(top, ['rev-parse', '--is-shallow-repository']) === 'true',
    ...(head === undefined ? {} : { head }),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
  };
}

function text(top: string, args: readonly string[]): string | undefined {
  const answer = runGit(top, args);
  const line = answer.ok ? answer.stdout.toString().trim() : '';
  return line === '' ? undefined : line;
}
