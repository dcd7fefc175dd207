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
  return {
    ...tree,
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

/** Text of a file: UTF-8 with invalid bytes replaced, or UTF-16 where its mark says so. */
export function decodeText(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
