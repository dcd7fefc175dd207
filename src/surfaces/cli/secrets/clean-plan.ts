import { Rewriter, type NewObject, type Replacer } from '../../../engines/git-rewrite/index.ts';
import { runGit } from '../../../sources/git/run-git.ts';
import { listRefs, type Ref } from '../../../sources/git/write-refs.ts';
import type { ListedObject, ObjectList } from '../../../sources/git-history/list-objects.ts';
import { readObjects } from '../../../sources/git-history/read-objects.ts';
import { CommandFailure } from '../exit.ts';

/** Everything that a cleaning changes. */
export interface CleanPlan {
  /** Old ids to new ones. */
  readonly map: ReadonlyMap<string, string>;
  readonly moves: readonly (Ref & { readonly to: string })[];
  /** Commits and tags that lose their signature. */
  readonly unsigned: readonly string[];
  readonly counts: Readonly<Record<'blobs' | 'trees' | 'commits' | 'tags', { changed: number; all: number }>>;
}

/** What stands where a file stood that was removed by its path. */
const NOTICE = Buffer.from('This file was taken out of the history.\n');

/** Reads the whole store once and works out every new object; `emit` takes them. Nothing is written. */
export async function planCleaning(
  top: string,
  list: ObjectList,
  replacer: Replacer,
  emptied: ReadonlySet<string>,
  emit: (object: NewObject) => void,
): Promise<CleanPlan> {
  const known = list.commits.map(({ id }) => id);
  const idLength = (list.blobs[0] ?? list.commits[0])?.id.length ?? 40;
  const rewriter = new Rewriter({ replacer, emptied, notice: NOTICE, idLength, known, emit });
  await readBlobs(top, list.blobs, replacer, emptied, rewriter);
  await eachObject(top, list.trees, (id, bytes) => rewriter.tree(id, bytes));
  for (const layer of rewriter.layers()) {
    const trees = list.trees.filter(({ id }) => layer.has(id));
    await eachObject(top, trees, (id, bytes) => rewriter.treeAgain(id, bytes));
  }
  await rewriteTexts(top, list, rewriter);
  const moves = listRefs(top).flatMap((ref) => {
    const to = rewriter.map.get(ref.id);
    return to === undefined ? [] : [{ ...ref, to }];
  });
  const count = (objects: readonly ListedObject[]): { changed: number; all: number } => ({
    changed: objects.filter(({ id }) => rewriter.map.has(id)).length,
    all: objects.length,
  });
  const { blobs, trees, commits, tags } = list;
  const counts = { blobs: count(blobs), trees: count(trees), commits: count(commits), tags: count(tags) };
  return { map: rewriter.map, moves, unsigned: rewriter.unsigned, counts };
}

async function readBlobs(
  top: string,
  blobs: readonly ListedObject[],
  replacer: Replacer,
  emptied: ReadonlySet<string>,
  rewriter: Rewriter,
): Promise<void> {
  for await (const { pieces, broken } of readObjects(top, blobs)) {
    refuseBroken(broken);
    for (const { id, size, offset, bytes } of pieces) {
      if (bytes.length === size || (emptied.has(id) && offset === 0)) rewriter.blob(id, bytes);
      else if (!emptied.has(id) && replacer.find(bytes).length > 0)
        throw new CommandFailure(
          `fourproof: blob ${id} of ${Math.ceil(size / 1024 / 1024)} MiB holds a secret and is too large to rewrite: take the whole file out with --path`,
        );
    }
  }
}

/** Commits, then the tags that they and other objects have, then notes, which may be about any of them. */
async function rewriteTexts(top: string, list: ObjectList, rewriter: Rewriter): Promise<void> {
  const bytes = new Map<string, Uint8Array>();
  await eachObject(top, list.commits, (id, content) => bytes.set(id, content));
  // What notes are about must have its new name before they are rewritten.
  const listed = runGit(top, ['rev-list', '--glob=refs/notes/*']);
  const notes = new Map<string, Uint8Array>();
  for (const id of listed.ok ? listed.stdout.toString('latin1').split('\n') : []) {
    const content = bytes.get(id);
    if (content !== undefined) notes.set(id, content);
  }
  for (const id of notes.keys()) bytes.delete(id);
  rewriter.commits(bytes);
  const tags = new Map<string, Uint8Array>();
  await eachObject(top, list.tags, (id, content) => tags.set(id, content));
  rewriteTags(tags, rewriter, notes);
  const trees = new Map<string, string>();
  for (const content of notes.values()) {
    const tree = /^tree ([0-9a-f]+)/.exec(Buffer.from(content).toString('latin1'))?.[1] ?? '';
    const entries = runGit(top, ['ls-tree', '-r', '-z', tree]);
    if (!entries.ok) throw new CommandFailure(`fourproof: the notes cannot be read: ${entries.why}`);
    const now = rewriter.notes(
      entries.stdout
        .toString('latin1')
        .split('\0')
        .flatMap((line) => {
          const [, mode, id, name] = /^(\d+) \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
          return mode === undefined || id === undefined || name === undefined ? [] : [{ mode, id, name }];
        }),
    );
    if (now !== undefined) trees.set(tree, now);
  }
  rewriter.commits(notes, trees);
  rewriteTags(tags, rewriter, new Map());
}

/** A tag of a tag comes after the one that it names, and one of what is rewritten later waits. */
function rewriteTags(
  waiting: Map<string, Uint8Array>,
  rewriter: Rewriter,
  later: ReadonlyMap<string, Uint8Array>,
): void {
  while (waiting.size > 0) {
    const before = waiting.size;
    for (const [id, bytes] of waiting) {
      const named = /^object ([0-9a-f]+)/.exec(Buffer.from(bytes.subarray(0, 80)).toString('latin1'))?.[1];
      if (named !== undefined && named !== id && (waiting.has(named) || later.has(named))) continue;
      waiting.delete(id);
      rewriter.tag(id, bytes);
    }
    if (waiting.size === before) return;
  }
}

async function eachObject(
  top: string,
  objects: readonly ListedObject[],
  take: (id: string, bytes: Uint8Array) => void,
): Promise<void> {
  for await (const { pieces, broken } of readObjects(top, objects)) {
    refuseBroken(broken);
    for (const { id, size, bytes } of pieces) {
      if (bytes.length < size) throw new CommandFailure(`fourproof: object ${id} is too large to rewrite`);
      take(id, bytes);
    }
  }
}

function refuseBroken([first]: readonly { readonly id: string; readonly why: string }[]): void {
  if (first !== undefined)
    throw new CommandFailure(
      `fourproof: object ${first.id} cannot be read (${first.why}): git fsck, and mend the repository first`,
    );
}
