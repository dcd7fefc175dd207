import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runGit } from '../git/run-git.ts';

/** What a clone says about itself that bears on what it can show and on what may be done to it. */
export interface CloneState {
  /** The folder of objects and refs, shared by linked worktrees. */
  readonly commonDir: string;
  /** The folder of this worktree: HEAD, index. */
  readonly gitDir: string;
  readonly bare: boolean;
  /** History is cut off at commits whose parents were not fetched. */
  readonly shallow: boolean;
  /** Objects were left out when it was cloned (`--filter`). */
  readonly partial: boolean;
  /** Object stores that this one borrows from. */
  readonly alternates: readonly string[];
  /** Linked worktrees beside the main one. */
  readonly worktrees: readonly string[];
  /** Packs whose index is missing: git does not see what they hold. */
  readonly packsWithoutIndex: readonly string[];
}

/** Looks at the folder of a repository; undefined when it is none. */
export function readCloneState(top: string): CloneState | undefined {
  const asked = ['--git-common-dir', '--git-dir', '--is-bare-repository', '--is-shallow-repository'];
  const answer = runGit(top, ['rev-parse', ...asked]);
  if (!answer.ok) return undefined;
  const [common = '', own = '', bare, shallow] = answer.stdout.toString('utf8').split('\n');
  const commonDir = resolve(top, common);
  const packs = filesOf(join(commonDir, 'objects/pack'));
  const has = new Set(packs);
  return {
    commonDir,
    gitDir: resolve(top, own),
    bare: bare === 'true',
    shallow: shallow === 'true',
    partial: isPartial(top),
    alternates: linesOf(join(commonDir, 'objects/info/alternates')),
    worktrees: filesOf(join(commonDir, 'worktrees')),
    packsWithoutIndex: packs.filter((name) => name.endsWith('.pack') && !has.has(name.replace(/\.pack$/, '.idx'))),
  };
}

function isPartial(top: string): boolean {
  const settings = runGit(top, ['config', '--get-regexp', '^(extensions\\.partialclone|remote\\..*\\.promisor)$']);
  return settings.ok && settings.stdout.toString('utf8').trim() !== '';
}

function linesOf(file: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

function filesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
