import type { History, HistoryBatch, HistoryPiece, HistoryUnseen, HistoryVersion } from '../../model/index.ts';
import { readCloneState, type CloneState } from './clone-state.ts';
import { readCommits } from './commits.ts';
import { listObjects, type ListedObject, type ObjectList } from './list-objects.ts';
import { readObjects } from './read-objects.ts';
import { mapVersions, type VersionMap } from './versions.ts';
import { unseenBefore, unseenObjects } from './unseen.ts';

/** The whole history of the repository at a folder: every object of its store. Nothing of the repository runs. */
export function openHistory(top: string, onProgress?: (stage: string) => void): History {
  return {
    batches: () => told(wholeHistory(top), onProgress),
    read: (id) => readObject(top, id),
    commits: (ids) => readCommits(top, ids),
  };
}

async function* told(
  batches: AsyncIterable<HistoryBatch>,
  onProgress: ((stage: string) => void) | undefined,
): AsyncIterable<HistoryBatch> {
  const started = performance.now();
  for await (const batch of batches) {
    const { bytes, totalBytes, objects } = batch.progress;
    if (bytes > 0 && onProgress !== undefined) {
      const left = Math.ceil(((performance.now() - started) * (totalBytes / bytes - 1)) / 1000);
      const part = Math.floor((100 * bytes) / Math.max(1, totalBytes));
      onProgress(`history · ${objects} objects · ${part} % of ${Math.ceil(totalBytes / 1e6)} MB · ${left} s left`);
    }
    yield batch;
  }
}

async function* wholeHistory(top: string): AsyncIterable<HistoryBatch> {
  const state = readCloneState(top);
  const before = unseenBefore(state);
  const none = { bytes: 0, totalBytes: 0, objects: 0 };
  yield { objects: [], unseen: before, progress: none };
  // What another store holds is not this repository's, and git can't be told to leave it out.
  if (state === undefined || state.alternates.length > 0) return;
  const list = await listObjects(top);
  const versions = await mapVersions(
    top,
    list.commits.map(({ id }) => id),
  );
  const wanted = [...list.commits, ...list.tags, ...list.blobs];
  yield { objects: [], unseen: unseenOf(list, versions, state), progress: none };
  yield* readBatches(top, wanted, versions);
}

/** Reads objects, with the places where they stood. */
export async function* readBatches(
  top: string,
  wanted: readonly ListedObject[],
  versions: VersionMap,
): AsyncIterable<HistoryBatch> {
  const totalBytes = wanted.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  let objects = 0;
  for await (const { pieces, broken } of readObjects(top, wanted)) {
    for (const piece of pieces) bytes += piece.bytes.length;
    objects += pieces.length;
    yield {
      objects: pieces.flatMap(({ type, ...piece }) => {
        if (type !== 'blob' && type !== 'commit' && type !== 'tag') return [];
        return [{ ...piece, kind: type, versions: placesOf(type, piece.id, versions) }];
      }),
      unseen: broken.map(({ id, why }) => brokenObject(id, why)),
      progress: { bytes, totalBytes, objects },
    };
  }
}

function placesOf(type: string, id: string, versions: VersionMap): readonly HistoryVersion[] {
  if (type === 'blob') return versions.of(id);
  return type === 'commit' ? [{ path: '', commit: id, order: versions.orderOf(id) ?? 0 }] : [];
}

function unseenOf(list: ObjectList, versions: VersionMap, state: CloneState): HistoryUnseen[] {
  const present = new Set(list.blobs.map(({ id }) => id));
  const missing = [...versions.blobs].filter((id) => !present.has(id) && !list.broken.includes(id));
  return [
    ...list.broken.map((id) => brokenObject(id, 'git cannot read its header')),
    ...unseenObjects({
      missing: missing.length,
      partial: state.partial,
      // Of a partial clone git says here what is said above.
      ...(list.complaint === undefined || (state.partial && list.complaint.includes('promisor'))
        ? {}
        : { listing: list.complaint }),
      ...(versions.complaint === undefined ? {} : { walking: versions.complaint }),
    }),
  ];
}

function brokenObject(id: string, why: string): HistoryUnseen {
  return {
    reason: 'unreadable-file',
    message: `object ${id} was not searched: ${why}`,
    closes: `git fsck; take the object from another clone (git cat-file -p ${id})`,
    identity: `object ${id}`,
  };
}

async function* readObject(top: string, id: string): AsyncIterable<HistoryPiece> {
  if (!/^[0-9a-f]{40,64}$/.test(id)) return;
  for await (const { pieces } of readObjects(top, [{ id, size: 0 }])) yield* pieces;
}
