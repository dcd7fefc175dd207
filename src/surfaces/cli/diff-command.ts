import { basename, resolve } from 'node:path';
import { findGitTop } from '../../sources/git/git-top.ts';
import { openCommit } from '../../sources/git/commit-tree.ts';
import { describeRepository } from '../../sources/git/git-top.ts';
import type { FileTree } from '../../model/index.ts';
import { CommandFailure } from './exit.ts';
import { configOf, parseNow, verifyTree, type VerifyOptions } from './open-product.ts';
import { put, terminalOptions } from './output.ts';

export interface DiffOptions extends VerifyOptions {
  readonly format: 'terminal' | 'json' | 'markdown';
  readonly output?: string;
}

/**
 * `fourproof diff <base> <head> [path]`: what a change does to the verdicts. Trees come from git's objects; config,
 * ignore files and decisions come from the base, so that a change cannot excuse itself.
 */
export async function diffCommand(base: string, head: string, path: string, options: DiffOptions): Promise<number> {
  const now = parseNow(options.now);
  const top = findGitTop(resolve(path));
  if (top === undefined) throw new CommandFailure(`fourproof: ${path} belongs to no git repository`);
  const baseTree = open(top, base);
  const headTree = open(top, head);
  const { defaultBranch } = describeRepository(top);
  const config = await configOf(baseTree, top);
  const declared = { ...(defaultBranch === undefined ? {} : { defaultBranch }), ...config.declared };
  const run = (tree: FileTree) =>
    verifyTree(tree, { ...config, declared }, { ...options, now, name: basename(top), paths: ['.'] });
  const before = await run(baseTree);
  const after = await run(withIgnoresOf(headTree, baseTree));

  const { compareResults } = await import('../../reports/changes.ts');
  const { renderChanges, renderChangesMarkdown } = await import('../../reports/changes-text.ts');
  const changes = compareResults(before.result, after.result);
  const text = {
    terminal: () => renderChanges(changes, terminalOptions(options.output !== undefined)),
    markdown: () => renderChangesMarkdown(changes),
    json: () => `${JSON.stringify(changes, null, 2)}\n`,
  }[options.format]();
  put(text, options.output);
  return changes.findings.some(({ finding }) => finding.dismissed === undefined && finding.accepted === undefined)
    ? 1
    : 0;
}

function open(top: string, revision: string): FileTree {
  const opened = openCommit(top, revision);
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`);
  return opened.tree;
}

const TEAM_IGNORES = /(?:^|\/)(?:\.gitleaksignore|\.gitleaks\.toml|\.semgrepignore|\.trivyignore(?:\.ya?ml)?)$/;

/** The head with the ignore files of the base: those that the change adds, mends or removes do not count yet. */
export function withIgnoresOf(head: FileTree, base: FileTree): FileTree {
  const fromBase = base.files.filter((file) => TEAM_IGNORES.test(file.path));
  const own = head.files.filter((file) => !TEAM_IGNORES.test(file.path));
  const paths = new Set(fromBase.map((file) => file.path));
  return {
    ...head,
    files: [...own, ...fromBase].sort((a, b) => (a.path < b.path ? -1 : 1)),
    read: (path) => (paths.has(path) ? base.read(path) : head.read(path)),
  };
}
