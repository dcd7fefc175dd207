import { scanFile, type FileOptions, type Leak, type Ruleset } from '../../../engines/secrets/index.ts';
import type { FileReader } from '../../../sources/worktree/read-file.ts';

/** What a scan of some files gave. */
export interface Scanned {
  readonly leaks: readonly Leak[];
  /** Files and rules that were not looked at whole, for people. */
  readonly problems: readonly string[];
  readonly bytes: number;
}

/** Reads and scans one file below a root. */
export function readAndScan(
  reader: FileReader,
  path: string,
  ruleset: Ruleset,
  options: FileOptions,
  readFrom = path,
): Scanned {
  const read = reader.read(readFrom);
  if (!read.ok) return { leaks: [], problems: [`${path} was not scanned: ${read.why}`], bytes: 0 };
  const { leaks, problems } = scanFile({ path, bytes: read.bytes }, ruleset, options);
  return { leaks, problems: problems.map(({ message }) => message), bytes: read.bytes.length };
}
