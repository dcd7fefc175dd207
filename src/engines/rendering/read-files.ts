import type { FileTree } from '../../model/index.ts';

/** Files for a request, or why they cannot be given. */
export type Files =
  { readonly ok: true; readonly files: ReadonlyMap<string, Uint8Array> } | { readonly ok: false; readonly why: string };

const MOST_FILES = 5000;
const MOST_BYTES = 50_000_000;

/** Reads files of a tree for a private copy. */
export async function readFiles(tree: FileTree, paths: Iterable<string>): Promise<Files> {
  const wanted = new Set(paths);
  const entries = tree.files.filter(({ path }) => wanted.has(path));
  if (entries.length > MOST_FILES) return { ok: false, why: `it has more than ${MOST_FILES} files` };
  if (entries.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES)
    return { ok: false, why: `its files have more than ${MOST_BYTES / 1e6} MB` };
  const files = new Map<string, Uint8Array>();
  for (const { path } of entries) {
    const content = await tree.read(path);
    if (!content.ok) return { ok: false, why: `${path} cannot be read: ${content.why}` };
    files.set(path, content.bytes);
  }
  return { ok: true, files };
}
