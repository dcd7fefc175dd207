import { realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { FileTree } from '../../model/index.ts';
import { broughtModules } from './brought-modules.ts';
import { describeRepository, findGitTop, isBare, isRepository } from '../git/git-top.ts';
import { openHistory } from '../git-history/open-history.ts';
import { inspect, listFolder, listWithGit } from './list-files.ts';
import { FileReader } from './read-file.ts';

/** A tree, and which part of it was asked for. */
export interface OpenedTree {
  readonly tree: FileTree;
  /** Absolute path of the tree's root: the git root, or the folder itself. */
  readonly root: string;
  /** Folder below the root that was asked for; `.` is all of it. */
  readonly asked: string;
}

/** Why a path is no tree; the message says what to do. */
export type OpenedWorktree =
  ({ readonly ok: true } & OpenedTree) | { readonly ok: false; readonly why: string; readonly empty: boolean };

/** Opens the worktree around a folder: the whole repository it belongs to, or the folder alone where there is no git. */
export function openWorktree(
  path: string,
  options: {
    readonly git?: boolean;
    /** Told how far the history is read, whenever somebody reads it. */
    readonly onProgress?: (stage: string) => void;
  } = {},
): OpenedWorktree {
  let asked: string;
  try {
    asked = realpathSync(resolve(path));
    if (!statSync(asked).isDirectory()) {
      return { ok: false, empty: false, why: `${path} is a file; give the folder of the product that it belongs to` };
    }
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return {
      ok: false,
      empty: false,
      why: missing
        ? `${path} does not exist`
        : `${path} cannot be read: ${String((error as NodeJS.ErrnoException).code)}`,
    };
  }
  const top = options.git === false ? undefined : findGitTop(asked);
  if (top === undefined && options.git !== false && isBare(asked)) {
    const why = `${path} is a bare repository, and holds no files of a product: give a clone of it (git clone ${path})`;
    return { ok: false, empty: true, why };
  }
  const git = top !== undefined && isRepository(top) ? listWithGit(top) : undefined;
  const root = git?.ok === true && top !== undefined ? top : asked;
  const listing = inspect(root, git?.ok === true ? git.paths : listFolder(asked));
  if (listing.files.length === 0) return { ok: false, empty: true, why: `${path} holds no file that can be read` };
  const reader = new FileReader(root);
  const links = new Map(listing.files.flatMap((file) => (file.linkTo === undefined ? [] : [[file.path, file.linkTo]])));
  const brought = broughtModules(root, listing.files);
  const tree: FileTree = {
    name: root,
    ...listing,
    ...(brought.length === 0 ? {} : { brought }),
    ...(git?.ok === true ? { git: describeRepository(root), history: openHistory(root, options.onProgress) } : {}),
    read: (file) => Promise.resolve(reader.read(links.get(file) ?? file)),
  };
  const below = relative(root, asked).split(sep).join('/');
  return { ok: true, tree, root, asked: below === '' ? '.' : below };
}
