import { posix } from 'node:path';
import type { FileEntry, FileTree, UnreadableEntry } from '../../model/index.ts';
import { LARGEST_FILE } from '../worktree/read-file.ts';
import { runGit } from './run-git.ts';

/** Why a revision could not be opened, or its tree. */
export type OpenedCommit =
  { readonly ok: true; readonly tree: FileTree } | { readonly ok: false; readonly why: string };

/** The tree of a commit, read from git's objects: nothing is checked out, no filter runs. */
export function openCommit(top: string, revision: string): OpenedCommit {
  if (revision.startsWith('-')) return { ok: false, why: `${revision} is no revision` };
  const commit = runGit(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (!commit.ok) return { ok: false, why: `${revision} is no commit of this repository` };
  const id = commit.stdout.toString().trim();
  const listed = runGit(top, ['ls-tree', '-r', '-z', '-l', '--full-tree', id]);
  if (!listed.ok) return { ok: false, why: listed.why };

  const files: FileEntry[] = [];
  const unreadable: UnreadableEntry[] = [];
  const blobs = new Map<string, { readonly id: string; readonly size: number }>();
  const links = new Map<string, string>();
  for (const line of listed.stdout.toString('utf8').split('\0')) {
    const [, mode, , object, size, path] = /^(\d+) (\w+) ([0-9a-f]+) +(-|\d+)\t([\s\S]+)$/.exec(line) ?? [];
    if (mode === undefined || object === undefined || path === undefined) continue;
    if (mode === '120000') links.set(path, object);
    else if (mode === '160000') unreadable.push({ path, why: 'a submodule: verify it on its own', holdsContent: true });
    else {
      files.push({ path, size: Number(size), ...(mode === '100755' ? { executable: true } : {}) });
      blobs.set(path, { id: object, size: Number(size) });
    }
  }
  const contents = readBlobs(top, [
    ...links.values(),
    ...[...blobs.values()].filter((blob) => blob.size <= LARGEST_FILE).map((blob) => blob.id),
  ]);
  for (const [path, object] of links) {
    // The blob of a link is the text of its target, relative to its folder.
    const written = Buffer.from(contents.get(object) ?? []).toString('utf8');
    const linkTo = posix.normalize(posix.join(posix.dirname(path), written));
    const blob = written.startsWith('/') ? undefined : blobs.get(linkTo);
    if (blob === undefined)
      unreadable.push({ path, why: 'a symbolic link that leads to no file of the tree', holdsContent: false });
    else {
      files.push({ path, size: blob.size, linkTo });
      blobs.set(path, blob);
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const tree: FileTree = {
    name: `${top}@${id.slice(0, 12)}`,
    files,
    unreadable,
    git: { head: id, shallow: false },
    read(path) {
      const blob = blobs.get(path);
      const bytes = blob === undefined ? undefined : contents.get(blob.id);
      if (bytes !== undefined) return Promise.resolve({ ok: true, bytes });
      const tooLarge = blob !== undefined && blob.size > LARGEST_FILE;
      return Promise.resolve({
        ok: false,
        reason: tooLarge ? 'too-large' : 'unreadable-file',
        why: tooLarge ? 'above the limit' : 'the object is missing',
      });
    },
  };
  return { ok: true, tree };
}

/** All blobs in one `git cat-file --batch`; an object that is missing is left out. */
function readBlobs(top: string, ids: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  const answer = runGit(top, ['cat-file', '--batch'], { input: [...new Set(ids)].join('\n') + '\n' });
  if (!answer.ok) return contents;
  let at = 0;
  while (at < answer.stdout.length) {
    const end = answer.stdout.indexOf(0x0a, at);
    const [id, type, size] = answer.stdout.subarray(at, end).toString().split(' ');
    at = end + 1;
    if (id === undefined || type !== 'blob') continue;
    contents.set(id, answer.stdout.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
