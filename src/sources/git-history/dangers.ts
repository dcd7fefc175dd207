import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../git/write-store.ts';
import { runGit } from '../git/run-git.ts';
import type { CloneState } from './clone-state.ts';

/** A state in which rewriting could lose something or leave something behind, and how to get out of it. */
export interface Danger {
  readonly what: string;
  readonly todo: string;
}

const UNDER_WAY: readonly (readonly [string, string, string])[] = [
  ['MERGE_HEAD', 'a merge is under way', 'git merge --continue, or --abort'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick is under way', 'git cherry-pick --continue, or --abort'],
  ['REVERT_HEAD', 'a revert is under way', 'git revert --continue, or --abort'],
  ['BISECT_LOG', 'a bisection is under way', 'git bisect reset'],
  ['rebase-merge', 'a rebase is under way', 'git rebase --continue, or --abort'],
  ['rebase-apply', 'a rebase or git am is under way', 'git rebase --continue, or git am --abort'],
  ['sequencer', 'a sequence of picks is under way', 'git cherry-pick --continue, or --abort'],
];

/** Everything about a repository that forbids to rewrite it now; nothing where it may be done. */
export function dangersOf(top: string, state: CloneState): readonly Danger[] {
  const { gitDir, commonDir } = state;
  const dangers: Danger[] = [];
  const refuse = (what: string, todo: string): void => void dangers.push({ what, todo });
  if (state.shallow) refuse('the clone is shallow', 'git fetch --unshallow');
  if (state.partial) refuse('the clone is partial: objects are missing', 'clone again without --filter');
  if (state.alternates.length > 0)
    refuse('it borrows objects from another store', 'git repack -a -d && rm .git/objects/info/alternates');
  if (state.worktrees.length > 0 || gitDir !== commonDir)
    refuse(
      `it has linked worktrees: ${state.worktrees.join(', ')}`,
      'git worktree remove, and run this in the main one',
    );
  if (state.packsWithoutIndex.length > 0)
    refuse(`packs have no index: ${state.packsWithoutIndex.join(', ')}`, 'git index-pack them, or delete them');
  if (!state.bare && existsSync(join(top, '.git')) && !lstatSync(join(top, '.git')).isDirectory())
    refuse('it is a submodule or a linked worktree', 'clean a clone of its own, then move the submodule on');
  for (const [file, what, todo] of UNDER_WAY) if (existsSync(join(gitDir, file))) refuse(what, todo);
  if (existsSync(join(commonDir, 'info/grafts'))) refuse('it has grafts', 'make them real or rm .git/info/grafts');
  if (existsSync(join(commonDir, 'reftable'))) refuse('its refs are a reftable', 'git refs migrate --ref-format=files');
  const replaced = runGit(top, ['for-each-ref', '--format=x', '--count=1', 'refs/replace']);
  if (replaced.ok && replaced.stdout.length > 0)
    refuse('it has replacement objects (refs/replace)', 'git replace -d them, or make them real');
  const kept = readdirSync(join(commonDir, 'objects/pack')).filter((name) => /\.(?:keep|promisor)$/.test(name));
  if (kept.length > 0) refuse(`packs are to be kept: ${kept.join(', ')}`, 'rm these .keep files');
  const locks = filesBelow(gitDir, new Set(['objects', 'modules', 'lfs'])).filter((file) => file.endsWith('.lock'));
  if (locks.length > 0)
    refuse(`another git is at work, or was killed: ${locks.join(', ')}`, 'wait for it, or delete the lock');
  // git prune would run it.
  const hook = runGit(top, ['config', '--get-all', 'gc.recentObjectsHook']);
  if (hook.ok)
    refuse('its configuration names a command (gc.recentObjectsHook)', 'git config --unset-all gc.recentObjectsHook');
  if (!state.bare) refuseUnclean(top, refuse);
  return dangers;
}

function refuseUnclean(top: string, refuse: (what: string, todo: string) => void): void {
  const head = runGit(top, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  const staged = head.ok
    ? runGit(top, ['diff-index', '--cached', '--raw', '--no-renames', 'HEAD'])
    : runGit(top, ['ls-files']);
  if (!staged.ok || staged.stdout.length > 0) refuse('something is staged', 'git commit, or git stash');
  // By time and size alone: to compare contents git would run the filters that the configuration names.
  const changed = runGit(top, ['diff-files', '--raw', '--no-renames']);
  if (!changed.ok || changed.stdout.length > 0)
    refuse('files are changed, or look so', 'git status; then git commit, or git stash');
}
