import type { FileEntry, FileRead, FileTree } from '../model/index.ts';

/** The part of a tree whose paths are wanted. */
export function scopeTree(tree: FileTree, wanted: (path: string) => boolean): FileTree {
  return {
    ...tree,
    files: tree.files.filter((file) => wanted(file.path)),
    unreadable: tree.unreadable.filter((entry) => wanted(entry.path)),
  };
}

/** A copy of a tree in which some files are planted: how a drill changes a product without touching it. */
export function plantFiles(tree: FileTree, planted: ReadonlyMap<string, string>): FileTree {
  const bytes = new Map([...planted].map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const added: FileEntry[] = [...bytes].map(([path, content]) => ({ path, size: content.length }));
  const kept = tree.files.filter((file) => !bytes.has(file.path));
  // The copy has no history: what is planted was never committed.
  const { history: _, ...copy } = tree;
  return {
    ...copy,
    name: `${tree.name} with ${[...planted.keys()].join(', ')} planted`,
    files: [...kept, ...added].sort((a, b) => (a.path < b.path ? -1 : 1)),
    read(path): Promise<FileRead> {
      const content = bytes.get(path);
      return content === undefined ? tree.read(path) : Promise.resolve({ ok: true, bytes: content });
    },
  };
}

/** A tree made of texts, for drills and tests. */
export function textTree(name: string, texts: ReadonlyMap<string, string>): FileTree {
  const empty: FileTree = {
    name,
    files: [],
    unreadable: [],
    read: () => Promise.resolve({ ok: false, reason: 'unreadable-file', why: 'there is no such file' }),
  };
  return { ...plantFiles(empty, texts), name };
}

/** Text of a file: UTF-8 with invalid bytes replaced, or UTF-16 by its mark or its form. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(wideEncoding(bytes) ?? 'utf-8').decode(bytes);
}

const SNIFF = 8192;

/** UTF-16, by its mark, or without one as ASCII with a NUL in every other place; undefined for everything else. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const length = Math.min(bytes.length - (bytes.length % 2), SNIFF);
  if (length < 8) return undefined;
  const isText = (parity: number): boolean => {
    for (let at = 0; at < length; at += 2)
      if (bytes[at + parity] !== 0 || !isPrintable(bytes[at + 1 - parity] ?? 0)) return false;
    return true;
  };
  return isText(1) ? 'utf-16le' : isText(0) ? 'utf-16be' : undefined;
}

/** Whether a byte is a character of an ASCII text, white space included. */
export function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b;
}
