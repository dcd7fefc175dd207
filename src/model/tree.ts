/** A tree of files as a source presents it: a worktree, a commit, a case in a test. */

import type { History } from './history.ts';

/** A regular file. */
export interface FileEntry {
  /** Path below the root of the tree, with forward slashes. */
  readonly path: string;
  /** Size in bytes when it was listed. */
  readonly size: number;
  /** Whether its execute bit is set. */
  readonly executable?: boolean;
  /** Path of the file in the same tree that this one is a link to: its text stands there, too. */
  readonly linkTo?: string;
}

/** Something in the tree that cannot be read as a file: a link out of the root, a socket, a submodule, a file without permission. */
export interface UnreadableEntry {
  readonly path: string;
  readonly why: string;
  /** False for a link, whose content is elsewhere: a file may be missing here, but no text of the product is. */
  readonly holdsContent: boolean;
}

/** The bytes of a file, or why there are none: expected failure is data. */
export type FileRead =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false;
      readonly why: string;
      readonly reason: 'unreadable-file' | 'too-large';
      /** Whether the first 8 KiB hold a NUL byte; set for files that are too large to read. */
      readonly binary?: boolean;
    };

/** The files of a product, wherever they come from, at one moment. */
export interface FileTree {
  /** What a person would call it: a folder or `repo@commit`. */
  readonly name: string;
  /** Sorted by path. */
  readonly files: readonly FileEntry[];
  readonly unreadable: readonly UnreadableEntry[];
  /** Files beside the tree that a tool brought for it, such as installed modules: read by whoever needs them, and not the product's own. */
  readonly brought?: readonly FileEntry[];
  /** Set when the tree belongs to a git repository. */
  readonly git?: GitContext;
  /** Every object of that repository; a drill's copy and the tree of one commit have none. */
  readonly history?: History;
  /** Reads a file of {@link files}; refuses those above the tree's size limit. */
  read(path: string): Promise<FileRead>;
}

/** What is known of the repository around a tree. */
export interface GitContext {
  /** Commit that HEAD names, when there is one. */
  readonly head?: string;
  /** Branch that pull requests go to, when the clone says so. */
  readonly defaultBranch?: string;
  /** Number of commits is not known without history; true when the clone is shallow. */
  readonly shallow: boolean;
}
