/** The history of a repository as a source presents it: every object once, whatever reaches it. */

import type { GapReason } from './gap.ts';

/** A piece of an object; objects up to 32 MiB are one piece. */
export interface HistoryPiece {
  /** Git's id of the object, hex. */
  readonly id: string;
  /** Size of the whole object in bytes. */
  readonly size: number;
  /** Where the piece begins in the object, in bytes. */
  readonly offset: number;
  /** How many bytes two neighbouring pieces of the object have in common; 0 for an object of one piece. */
  readonly overlap: number;
  readonly bytes: Uint8Array;
}

/** A piece of an object that can hold text. */
export interface HistoryObject extends HistoryPiece {
  /** Commits and tags are given for their messages. */
  readonly kind: 'blob' | 'commit' | 'tag';
  /** Where it stood as a file, oldest first; for a commit itself with an empty path; empty for a tag and for a blob that no commit holds. */
  readonly versions: readonly HistoryVersion[];
}

/** A file as a commit brought it in. */
export interface HistoryVersion {
  /** Path below the root of the repository, with forward slashes. */
  readonly path: string;
  /** Id of the first commit in topological order in which this content stood at this path. */
  readonly commit: string;
  /** Place in topological order: a commit has a smaller number than its descendants. */
  readonly order: number;
}

/** Who made a commit, and when. */
export interface HistoryCommit {
  readonly id: string;
  readonly author: string;
  readonly email: string;
  /** Author date, ISO 8601. */
  readonly date: string;
  /** First line of the message. */
  readonly subject: string;
}

/** Objects that could not be seen, and why. */
export interface HistoryUnseen {
  readonly reason: GapReason;
  readonly message: string;
  /** The command to run that closes it. */
  readonly closes: string;
  /** What names the gap, free of counts. */
  readonly identity: string;
}

/** What reading a history gives: objects, and what could not be seen. */
export interface HistoryBatch {
  readonly objects: readonly HistoryObject[];
  readonly unseen: readonly HistoryUnseen[];
  /** Bytes and objects read until now, and in all, for progress. */
  readonly progress: { readonly bytes: number; readonly totalBytes: number; readonly objects: number };
}

/** All objects of a repository that can hold text: blobs, and the messages of commits and tags. */
export interface History {
  /** Reads every object once, in bounded memory, in any order. */
  batches(): AsyncIterable<HistoryBatch>;
  /** Reads one object again, in the same pieces; nothing where it is missing or broken. */
  read(id: string): AsyncIterable<HistoryPiece>;
  /** What is known of commits; those that cannot be read are left out. */
  commits(ids: readonly string[]): Promise<ReadonlyMap<string, HistoryCommit>>;
}
