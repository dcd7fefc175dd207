import { scanFile, skipsPath, type FileOptions, type Leak, type Ruleset } from '../../../engines/secrets/index.ts';
import { readStaged } from '../../../sources/git/staged-files.ts';
import { CommandFailure } from '../exit.ts';
import type { Scanned } from './read-and-scan.ts';

/** Scans staged files whole, so that context counts, and keeps what touches a line that the commit would bring. */
export function scanStaged(root: string, asked: string, ruleset: Ruleset, options: FileOptions): Scanned {
  const staged = readStaged(root);
  if (!staged.ok) throw new CommandFailure(`fourproof: what is staged cannot be read: ${staged.why}`);
  const leaks: Leak[] = [];
  const problems: string[] = [];
  let bytes = 0;
  for (const file of staged.files) {
    const isAsked = asked === '.' || file.path === asked || file.path.startsWith(`${asked}/`);
    if (!isAsked || file.path === '.gitleaks.toml' || skipsPath(file.path, ruleset)) continue;
    const found = scanFile(file, ruleset, options);
    const isNew = ({ startLine, endLine, path }: Leak): boolean =>
      startLine === 0 ||
      path !== file.path ||
      file.added.some(([first, last]) => startLine <= last && Math.max(startLine, endLine) >= first);
    leaks.push(...found.leaks.filter(isNew));
    problems.push(...found.problems.map(({ message }) => message));
    bytes += file.bytes.length;
  }
  return { leaks, problems, bytes };
}
