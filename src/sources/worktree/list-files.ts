import { lstatSync, readFileSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { FileEntry, UnreadableEntry } from '../../model/index.ts';
import { runGit } from '../git/run-git.ts';

export interface Listing {
  readonly files: readonly FileEntry[];
  readonly unreadable: readonly UnreadableEntry[];
}

type Listed = { readonly ok: true; readonly paths: readonly string[] } | { readonly ok: false; readonly why: string };

/** Everything tracked, and what is neither tracked nor ignored. */
export function listWithGit(top: string): Listed {
  const answer = runGit(top, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  if (!answer.ok) return answer;
  const paths = answer.stdout
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
  return { ok: true, paths: [...new Set(paths)] };
}

const DEEPEST = 200;
/** In bytes. */
const LARGEST_IGNORE_FILE = 1024 * 1024;

/** Without git: every file that no .gitignore on its way excludes. */
export function listFolder(root: string): string[] {
  const paths: string[] = [];
  walk('', [], 0);
  return paths;

  function walk(
    folder: string,
    rules: readonly { readonly base: string; readonly matcher: Ignore }[],
    depth: number,
  ): void {
    if (depth > DEEPEST) {
      paths.push(folder);
      return;
    }
    const own = readIgnoreFile(join(root, folder));
    const inForce = own === undefined ? rules : [...rules, { base: folder, matcher: own }];
    let entries;
    try {
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch {
      paths.push(folder);
      return;
    }
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const isFolder = entry.isDirectory();
      if (entry.name === '.git' || isIgnored(path, isFolder, inForce)) continue;
      if (isFolder) walk(path, inForce, depth + 1);
      else paths.push(path);
    }
  }
}

function readIgnoreFile(folder: string): Ignore | undefined {
  const path = join(folder, '.gitignore');
  try {
    // As git does not follow a link here; a pipe or a device in its place would hang us.
    const stats = lstatSync(path);
    return stats.isFile() && stats.size <= LARGEST_IGNORE_FILE ? ignore().add(readFileSync(path, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

function isIgnored(
  path: string,
  isFolder: boolean,
  rules: readonly { readonly base: string; readonly matcher: Ignore }[],
): boolean {
  let ignored = false;
  for (const { base, matcher } of rules) {
    const below = base === '' ? path : path.slice(base.length + 1);
    const answer = matcher.test(isFolder ? `${below}/` : below);
    if (answer.ignored) ignored = true;
    if (answer.unignored) ignored = false;
  }
  return ignored;
}

/** Looks at each path: regular files are kept, everything else is named with what it is. */
export function inspect(root: string, paths: readonly string[]): Listing {
  const listed = new Set(paths);
  const files: FileEntry[] = [];
  const unreadable: UnreadableEntry[] = [];
  for (const path of [...paths].sort()) {
    let stats: Stats;
    try {
      stats = lstatSync(join(root, path));
    } catch (error) {
      // A name that is not UTF-8 was decoded with U+FFFD, under which there is no file.
      if (path.includes('\uFFFD'))
        unreadable.push({ path, why: 'its name is not valid UTF-8: rename it', holdsContent: true });
      // Tracked but deleted in the worktree: it is not part of what stands here.
      else if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        unreadable.push({ path, why: String((error as NodeJS.ErrnoException).code), holdsContent: true });
      continue;
    }
    if (stats.isFile())
      files.push({ path, size: stats.size, ...((stats.mode & 0o111) === 0 ? {} : { executable: true }) });
    else if (stats.isSymbolicLink()) {
      const link = followLink(root, path, listed);
      if (link !== undefined && 'linkTo' in link) files.push({ path, ...link });
      else if (link !== undefined) unreadable.push({ path, why: link.why, holdsContent: false });
    } else if (stats.isDirectory())
      unreadable.push({
        path: path.replace(/\/$/, ''),
        why: 'a submodule, another repository or a folder without permission: verify it on its own',
        holdsContent: true,
      });
    else unreadable.push({ path, why: 'not a regular file', holdsContent: false });
  }
  return { files, unreadable };
}

/** A link to a listed file is that file under another name; one to a folder of the tree adds nothing; every other link is named. */
function followLink(
  root: string,
  path: string,
  listed: ReadonlySet<string>,
): { linkTo: string; size: number } | { why: string } | undefined {
  try {
    const real = realpathSync(join(root, path));
    const target = relative(root, real).split(sep).join('/');
    if (target === '..' || target.startsWith('../')) return { why: 'a symbolic link that leaves the tree' };
    const stats = lstatSync(real);
    if (listed.has(target) && stats.isFile()) return { linkTo: target, size: stats.size };
    return stats.isDirectory() ? undefined : { why: `a symbolic link to ${target}, which is ignored` };
  } catch {
    return { why: 'a symbolic link that leads nowhere or around in a circle' };
  }
}
