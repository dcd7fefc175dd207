import { runGit } from './run-git.ts';

/** A file as the next commit would have it. */
export interface StagedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Lines that the commit would bring, `[first, last]`, from 1. */
  readonly added: readonly (readonly [number, number])[];
}

/** What is staged: files that are new or changed, read from the index. Never runs what the repository configures. */
export function readStaged(
  top: string,
): { readonly ok: true; readonly files: readonly StagedFile[] } | { readonly ok: false; readonly why: string } {
  const plain = [
    '--cached',
    '--no-renames',
    '--submodule=short',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--diff-filter=AMT',
  ];
  const raw = runGit(top, ['diff', ...plain, '--raw', '--no-abbrev', '-z']);
  if (!raw.ok) return raw;
  const patch = runGit(top, ['diff', ...plain, '-U0', '--text']);
  if (!patch.ok) return patch;
  const entries = rawEntries(raw.stdout.toString('utf8'));
  const added = addedLines(patch.stdout);
  const blobs = runGit(top, ['cat-file', '--batch'], { input: entries.map(({ blob }) => `${blob}\n`).join('') });
  if (!blobs.ok) return blobs;
  const contents = batchContents(blobs.stdout);
  const files = entries.flatMap(({ path, isFile }, index) => {
    const bytes = contents[index];
    return bytes === undefined || !isFile ? [] : [{ path, bytes, added: added[index] ?? [] }];
  });
  return { ok: true, files };
}

/** `:<mode> <mode> <id> <id> <status>\0<path>\0` each. */
function rawEntries(text: string): { readonly path: string; readonly blob: string; readonly isFile: boolean }[] {
  const fields = text.split('\0');
  const entries: { path: string; blob: string; isFile: boolean }[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [, mode = '', , blob = ''] = (fields[i] ?? '').split(' ');
    entries.push({ path: fields[i + 1] ?? '', blob, isFile: mode.startsWith('100') });
  }
  return entries;
}

/** The ranges of each file of a patch without context, in its order. */
function addedLines(patch: Buffer): (readonly [number, number])[][] {
  const files: (readonly [number, number])[][] = [];
  for (const line of patch.toString('latin1').split('\n')) {
    if (line.startsWith('diff --git ')) files.push([]);
    // What was a link and is a file now is one change, and two parts of the patch.
    if (line.startsWith('deleted file mode ')) files.pop();
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line);
    const count = Number(hunk?.[2] ?? 1);
    if (hunk !== null && count > 0) files.at(-1)?.push([Number(hunk[1]), Number(hunk[1]) + count - 1]);
  }
  return files;
}

function batchContents(output: Buffer): (Buffer | undefined)[] {
  const contents: (Buffer | undefined)[] = [];
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(0x0a, at);
    if (end < 0) break;
    const [, type, size = ''] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') {
      contents.push(undefined);
      if (/^\d+$/.test(size)) at += Number(size) + 1;
      continue;
    }
    contents.push(output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
