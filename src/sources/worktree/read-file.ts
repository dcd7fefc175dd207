import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { FileRead } from '../../model/index.ts';

/** Files above this size, in bytes, are not read: a gap names them. */
export const LARGEST_FILE = 32 * 1024 * 1024;
const HEAD_LENGTH = 8192;

/** Reads regular files below one root, and nothing else, whatever links and races stand there. */
export class FileReader {
  readonly #root: string;
  readonly #trusted = new Map<string, boolean>();

  constructor(root: string) {
    this.#root = root;
  }

  read(path: string): FileRead {
    const full = join(this.#root, path);
    if (!this.#isBelowRoot(dirname(full)))
      return { ok: false, reason: 'unreadable-file', why: 'its folder is a link that leaves the tree' };
    let file: number;
    try {
      // NOFOLLOW: a link that took the place of the file since it was listed. NONBLOCK: a pipe must not hang us.
      file = openSync(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (error) {
      return { ok: false, reason: 'unreadable-file', why: whyNot(error) };
    }
    try {
      return readWhole(file);
    } catch (error) {
      return { ok: false, reason: 'unreadable-file', why: whyNot(error) };
    } finally {
      closeSync(file);
    }
  }

  #isBelowRoot(folder: string): boolean {
    const known = this.#trusted.get(folder);
    if (known !== undefined) return known;
    let trusted = false;
    try {
      const real = realpathSync(folder);
      trusted = real === this.#root || real.startsWith(this.#root.endsWith(sep) ? this.#root : this.#root + sep);
    } catch {
      // A folder that went away holds no file that could be read.
    }
    this.#trusted.set(folder, trusted);
    return trusted;
  }
}

function readWhole(file: number): FileRead {
  const before = fstatSync(file);
  if (!before.isFile()) return { ok: false, reason: 'unreadable-file', why: 'it is not a regular file' };
  if (before.size > LARGEST_FILE) {
    const head = Buffer.alloc(HEAD_LENGTH);
    const length = readSync(file, head, 0, HEAD_LENGTH, 0);
    const why = `${Math.ceil(before.size / 1024 / 1024)} MiB, above the limit of ${LARGEST_FILE / 1024 / 1024} MiB`;
    return { ok: false, reason: 'too-large', why, binary: head.subarray(0, length).includes(0) };
  }
  const bytes = Buffer.allocUnsafe(before.size);
  let length = 0;
  while (length < bytes.length) {
    const got = readSync(file, bytes, length, bytes.length - length, length);
    if (got === 0) break;
    length += got;
  }
  const after = fstatSync(file);
  if (length !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    return { ok: false, reason: 'unreadable-file', why: 'it changed while it was read' };
  }
  return { ok: true, bytes };
}

function whyNot(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOENT') return 'it went away';
  if (code === 'ELOOP') return 'it is a symbolic link';
  return code ?? String(error);
}
