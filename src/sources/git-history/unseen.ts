import type { HistoryUnseen } from '../../model/index.ts';
import type { CloneState } from './clone-state.ts';

/** What a clone cannot show, known before any object is read. */
export function unseenBefore(state: CloneState | undefined): HistoryUnseen[] {
  if (state === undefined) {
    const message = 'git could not open the repository, so its history was not searched';
    return [{ reason: 'unreadable-file', message, closes: 'git fsck', identity: 'repository' }];
  }
  const unseen: HistoryUnseen[] = [];
  if (state.alternates.length > 0) {
    unseen.push({
      reason: 'not-in-sight',
      message: `the repository borrows objects from ${state.alternates.join(', ')}; another store is not read, so the history was not searched`,
      closes: 'git repack -a -d && rm .git/objects/info/alternates',
      identity: 'alternates',
    });
  }
  if (state.shallow) {
    unseen.push({
      reason: 'not-in-sight',
      message: 'the clone is shallow: what came before its oldest commits was not searched',
      closes: 'git fetch --unshallow',
      identity: 'shallow',
    });
  }
  if (state.packsWithoutIndex.length > 0) {
    unseen.push({
      reason: 'unreadable-file',
      message: `packs without an index, whose objects git does not see: ${state.packsWithoutIndex.join(', ')}`,
      closes: 'git index-pack .git/objects/pack/<pack>, or delete the pack',
      identity: `packs ${state.packsWithoutIndex.join(' ')}`,
    });
  }
  return unseen;
}

/** What turned out to be missing when the objects were listed. */
export function unseenObjects(found: {
  /** Blobs that commits name and that are not here. */
  readonly missing: number;
  readonly partial: boolean;
  /** What git complained of while it listed the objects, and while it walked the commits. */
  readonly listing?: string;
  readonly walking?: string;
}): HistoryUnseen[] {
  const unseen: HistoryUnseen[] = [];
  if (found.missing > 0 || found.partial) {
    const count = `${found.missing} ${found.missing === 1 ? 'blob' : 'blobs'}`;
    unseen.push({
      reason: 'not-in-sight',
      message: found.partial
        ? `the clone is partial: ${count} that its commits name, and what missing trees would name, are not here`
        : `${count} that commits name are missing from the repository`,
      closes: found.partial
        ? 'clone again without --filter, or git fetch --refetch --no-filter'
        : 'git fsck; fetch the objects from another clone',
      identity: found.partial ? 'partial' : 'missing blobs',
    });
  }
  if (found.listing !== undefined) {
    unseen.push({
      reason: 'unreadable-file',
      message: `git complained while it listed the objects: ${found.listing}`,
      closes: 'git fsck',
      identity: 'listing',
    });
  }
  if (found.walking !== undefined) {
    unseen.push({
      reason: 'unreadable-file',
      message: `git could not walk all commits, so some blobs have no path: ${found.walking}`,
      closes: 'git fsck',
      identity: 'walking',
    });
  }
  return unseen;
}
