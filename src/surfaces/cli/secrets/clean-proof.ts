import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import type { Replacer } from '../../../engines/git-rewrite/index.ts';
import { filesBelow } from '../../../sources/git/write-store.ts';
import type { CloneState } from '../../../sources/git-history/clone-state.ts';
import { listObjects } from '../../../sources/git-history/list-objects.ts';
import { readObjects } from '../../../sources/git-history/read-objects.ts';

/** What was looked at after a cleaning, and where something of the secrets is left. */
export interface CleanProof {
  readonly objects: number;
  readonly files: number;
  readonly left: readonly string[];
}

/** Files of the git folder above this size are named, not read. */
const LARGEST = 64 * 1024 * 1024;

/** Reads every object that is there now, reachable or not, and every other file of the git folder, and looks for the secrets. */
export async function proveClean(
  top: string,
  state: CloneState,
  replacer: Replacer,
  gone: ReadonlySet<string>,
): Promise<CleanProof> {
  const left: string[] = [];
  const list = await listObjects(top);
  if (list.complaint !== undefined) left.push(`git complains: ${list.complaint}`);
  left.push(...list.broken.map((id) => `object ${id} cannot be read`));
  const all = [...list.blobs, ...list.trees, ...list.commits, ...list.tags];
  for (const { id } of all) if (gone.has(id)) left.push(`object ${id}, which was replaced, is still there`);
  for await (const { pieces, broken } of readObjects(top, all)) {
    left.push(...broken.map(({ id, why }) => `object ${id}: ${why}`));
    for (const { id, bytes } of pieces)
      for (const { name } of replacer.find(bytes)) left.push(`object ${id} holds a secret (${name})`);
  }
  const files = filesBelow(state.commonDir, new Set(['objects']));
  for (const file of files) {
    const name = relative(state.commonDir, file);
    if (statSync(file).size > LARGEST) left.push(`${name} was too large to look at`);
    else for (const form of replacer.find(readFileSync(file))) left.push(`${name} holds a secret (${form.name})`);
  }
  return { objects: all.length, files: files.length, left };
}
