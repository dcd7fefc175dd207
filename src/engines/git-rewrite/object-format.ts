import { createHash } from 'node:crypto';

/** The kinds of git objects. */
export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** An object that does not exist yet. */
export interface NewObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly bytes: Uint8Array;
}

/** An entry of a tree. The name is bytes, one a character. */
export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

/** The id of an object: the hash of its type, size and content; the length of ids says which hash the repository has. */
export function objectId(type: ObjectType, bytes: Uint8Array, idLength: number): string {
  const hash = createHash(idLength === 64 ? 'sha256' : 'sha1');
  return hash.update(`${type} ${bytes.length}\0`, 'latin1').update(bytes).digest('hex');
}

/** The entries of a tree, `<mode> <name>\0<id>` each; undefined for bytes that are none. */
export function readTree(bytes: Uint8Array, idLength: number): readonly TreeEntry[] | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < buffer.length) {
    const space = buffer.indexOf(0x20, at);
    const end = space < 0 ? -1 : buffer.indexOf(0, space);
    const next = end + 1 + idLength / 2;
    if (end < 0 || next > buffer.length) return undefined;
    const mode = buffer.toString('latin1', at, space);
    const name = buffer.toString('latin1', space + 1, end);
    entries.push({ mode, name, id: buffer.toString('hex', end + 1, next) });
    at = next;
  }
  return entries;
}

/** A tree of entries, in git's order: by name, folders as if they ended in a slash. */
export function writeTree(entries: readonly TreeEntry[]): Uint8Array {
  const key = ({ mode, name }: TreeEntry): string => (isFolder(mode) ? `${name}/` : name);
  const sorted = [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return Buffer.concat(
    sorted.flatMap(({ mode, name, id }) => [Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(id, 'hex')]),
  );
}

/** Whether a mode is that of a folder; old programs wrote a zero before it. */
export function isFolder(mode: string): boolean {
  return /^0*40000$/.test(mode);
}

/** A commit or tag in its parts; texts are bytes, one a character. */
export interface TextObject {
  /** Header lines with their continuations, without the line feeds between them. */
  readonly headers: readonly string[];
  /** The message, with the two line feeds before it; empty where there is none. */
  readonly rest: string;
}

/** Takes a commit or tag apart (gitformat-commit, header lines and a message after an empty line). */
export function readTextObject(bytes: Uint8Array): TextObject {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  return { headers: head.split(/\n(?! )/), rest: end < 0 ? '' : text.slice(end) };
}

/** The inverse of {@link readTextObject}. */
export function writeTextObject({ headers, rest }: TextObject): Uint8Array {
  return Buffer.from(headers.join('\n') + rest, 'latin1');
}
