import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { feedGit } from './feed-git.ts';
import type { GitAnswer } from './run-git.ts';

/** Writes everything that refs reach into one file from which a repository can be made again (git-bundle(1)). */
export async function writeBundle(top: string, file: string): Promise<GitAnswer> {
  const unfinished = `${file}.unfinished`;
  const answer = await feedGit(top, ['bundle', 'create', '--quiet', unfinished, '--all']);
  if (answer.ok) renameSync(unfinished, file);
  else rmSync(unfinished, { force: true });
  return answer;
}

/** Changes the files below a folder one by one, each in one step; `change` gives undefined for what stays. */
export function changeFiles(
  folder: string,
  unfinished: string,
  change: (bytes: Uint8Array) => Uint8Array | undefined,
): number {
  let count = 0;
  for (const file of filesBelow(folder)) {
    const changed = change(readFileSync(file));
    if (changed === undefined) continue;
    writeFileSync(unfinished, changed, { mode: statSync(file).mode });
    renameSync(unfinished, file);
    count++;
  }
  return count;
}

/** Files that remember a state for a while, and caches that git makes again. */
const TRANSIENT = ['ORIG_HEAD', 'FETCH_HEAD', 'AUTO_MERGE', 'COMMIT_EDITMSG', 'MERGE_MSG', 'SQUASH_MSG', 'rr-cache'];
const CACHES = ['objects/info/commit-graph', 'objects/info/commit-graphs', 'objects/pack/multi-pack-index'];

/** Takes everything out of the store that nothing reaches any more. */
export async function dropUnreachable(top: string, gitDir: string, commonDir: string): Promise<GitAnswer> {
  for (const name of TRANSIENT) rmSync(join(gitDir, name), { recursive: true, force: true });
  for (const name of CACHES) rmSync(join(commonDir, name), { recursive: true, force: true });
  const undo = existsSync(join(gitDir, 'index')) ? [['update-index', '--clear-resolve-undo']] : [];
  for (const args of [
    // The index remembers both sides of conflicts that were resolved, and keeps them alive.
    ...undo,
    ['pack-refs', '--all'],
    ['repack', '-a', '-d', '-q'],
    ['prune-packed', '-q'],
    ['prune', '--expire=now'],
  ]) {
    const answer = await feedGit(top, args);
    if (!answer.ok) return answer;
  }
  // What an interrupted git left behind is read by nobody.
  const packs = join(commonDir, 'objects/pack');
  for (const name of readdirSync(packs)) if (/^(?:\.?tmp-|tmp_)/.test(name)) rmSync(join(packs, name), { force: true });
  return { ok: true, stdout: Buffer.alloc(0) };
}

/** Regular files at any depth below a folder, but for folders of these names. */
export function filesBelow(folder: string, except: ReadonlySet<string> = new Set()): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return except.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
