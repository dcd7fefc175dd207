import { gunzipSync } from 'node:zlib';
import { Budget } from './budget.ts';
import type { ArchiveList } from './entry.ts';
import { isTar, readTar } from './tar.ts';
import { readZip } from './zip.ts';

/** Most bytes that an archive unpacks to, with everything in it. */
const MOST_UNPACKED = 256 * 1024 * 1024;
/** Most files of one archive. */
const MOST_ENTRIES = 20_000;

/** What kind of archive the bytes are; undefined for none that is read. */
export function archiveKind(bytes: Uint8Array): 'zip' | 'gzip' | 'tar' | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04) return 'zip';
  if (bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08) return 'gzip';
  return isTar(bytes) ? 'tar' : undefined;
}

/**
 * The files of an archive, and of archives in it down to a depth, by paths as gitleaks writes them: `a.tar.gz!b.zip!f`. A
 * compressed file that is no tar is its one content, under its own path. Bounded in bytes and files.
 */
export function openArchive(
  path: string,
  bytes: Uint8Array,
  depth: number,
  budget = new Budget(MOST_UNPACKED),
): ArchiveList {
  const list = read(path, bytes, budget);
  const problems = list.problems.map((problem) => `${path}: ${problem}`);
  if (list.entries.length > MOST_ENTRIES) problems.push(`${path}: only ${MOST_ENTRIES} of its files were read`);
  const entries = list.entries.slice(0, MOST_ENTRIES).flatMap((entry) => {
    if (archiveKind(entry.bytes) === undefined) return [entry];
    if (depth <= 1) {
      problems.push(`${entry.path}: an archive below the depth that was asked for`);
      return [];
    }
    const inner = openArchive(entry.path, entry.bytes, depth - 1, budget);
    problems.push(...inner.problems);
    return inner.entries;
  });
  return { entries, problems };
}

function read(path: string, bytes: Uint8Array, budget: Budget): ArchiveList {
  const kind = archiveKind(bytes);
  if (kind !== 'gzip') return below(path, kind === 'zip' ? readZip(bytes, budget) : readTar(bytes, budget));
  const unpacked = budget.unpack((most) => gunzipSync(bytes, { maxOutputLength: most }));
  if (typeof unpacked === 'string') return { entries: [], problems: [unpacked] };
  return isTar(unpacked)
    ? below(path, readTar(unpacked, new Budget(unpacked.length)))
    : { entries: [{ path, bytes: unpacked }], problems: [] };
}

function below(path: string, { entries, problems }: ArchiveList): ArchiveList {
  return { entries: entries.map((entry) => ({ ...entry, path: `${path}!${clean(entry.path)}` })), problems };
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
