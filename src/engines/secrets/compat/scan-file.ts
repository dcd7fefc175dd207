import { wideEncoding } from '../../../lib/tree-views.ts';
import { archiveKind, openArchive } from '../archives/open-archive.ts';
import { decode } from '../decode.ts';
import type { ScanProblem } from '../hit.ts';
import type { Ruleset } from '../ruleset.ts';
import { skipsPath } from './allowed.ts';
import type { Leak } from './leak.ts';
import { scanBlob, type Blob, type BlobOptions, type BlobResult } from './scan-blob.ts';

export interface FileOptions extends BlobOptions {
  /** How deep archives are opened; 0 opens none. */
  readonly archiveDepth: number;
  /** Leaves out files that are no text, and reads UTF-16; gitleaks reads every file but archives and programs as it is. */
  readonly textOnly: boolean;
}

/** Scans a file of a folder: {@link scanBlob}, for what stands in an archive too. */
export function scanFile(file: Blob, ruleset: Ruleset, options: FileOptions): BlobResult {
  if (options.archiveDepth <= 0 || archiveKind(file.bytes) === undefined) return scanText(file, ruleset, options);
  const { entries, problems } = openArchive(file.path, file.bytes, options.archiveDepth);
  const leaks: Leak[] = [];
  const all: ScanProblem[] = problems.map((message) => ({ path: file.path, rule: '', message }));
  for (const entry of entries) {
    const inner = entry.path.slice(entry.path.lastIndexOf('!') + 1);
    if (skipsPath(inner, ruleset)) continue;
    const result = scanText({ ...file, ...entry }, ruleset, options);
    leaks.push(...result.leaks);
    all.push(...result.problems);
  }
  return { leaks, problems: all };
}

function scanText(file: Blob, ruleset: Ruleset, options: FileOptions): BlobResult {
  if (!options.textOnly) return scanBlob(file, ruleset, options);
  const decoded = decode(file.bytes);
  if (decoded.binary) return { leaks: [], problems: [] };
  const bytes = wideEncoding(file.bytes) === undefined ? file.bytes : Buffer.from(decoded.text);
  return scanBlob({ ...file, bytes }, ruleset, options);
}
