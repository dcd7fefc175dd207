/** A file in an archive. */
export interface ArchiveEntry {
  /** Its path in the archive, as the archive names it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ArchiveList {
  readonly entries: readonly ArchiveEntry[];
  /** What could not be read, for people. */
  readonly problems: readonly string[];
}
