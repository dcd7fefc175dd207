import { decodeText } from '../lib/tree-views.ts';
import type { FactReader, FileTree, ReadTools, Unread } from '../model/index.ts';
import type { Facts } from './index.ts';
import { takeInventory } from './inventory/inventory.ts';
import { READERS } from './registry.generated.ts';

type AnyReader = FactReader<string, { readonly path: string }>;

/** Readers that parse with positions refuse text above this length, in characters: a gap names the file. */
const LONGEST_TEXT = 5_000_000;

/**
 * Reads every fact of a tree. `wanted` limits the facts that belong to a product; facts of the repository are read
 * everywhere. What cannot be read is in `unread`, for each kind that the file might have held.
 */
export async function collectFacts(tree: FileTree, wanted: (path: string) => boolean = () => true): Promise<Facts> {
  const tools: ReadTools = { paths: new Set(tree.files.map((file) => file.path)) };
  const facts = new Map<string, { readonly path: string }[]>(READERS.map((reader) => [reader.kind, []]));
  const unread: Unread[] = [];

  function readersOf(path: string): AnyReader[] {
    const readers: readonly AnyReader[] = READERS;
    return readers.filter(
      (reader) => (reader.belongsTo === 'repository' || wanted(path)) && reader.selects(path, tools.paths),
    );
  }

  for (const { path, why } of tree.unreadable) {
    for (const { kind } of readersOf(path)) unread.push({ kind, path, reason: 'unreadable-file', message: why });
  }
  for (const { path } of tree.files) {
    const readers = readersOf(path);
    if (readers.length === 0) continue;
    const content = await tree.read(path);
    if (!content.ok) {
      for (const { kind } of readers) unread.push({ kind, path, reason: content.reason, message: content.why });
      continue;
    }
    const text = decodeText(content.bytes);
    for (const reader of readers) {
      if (reader.recognises?.(text, path) === false) continue;
      if (text.length > LONGEST_TEXT) {
        unread.push({
          kind: reader.kind,
          path,
          reason: 'too-large',
          message: `${text.length} characters, above the limit of ${LONGEST_TEXT}`,
        });
        continue;
      }
      try {
        const reading = await reader.read({ path, text }, tools);
        facts.get(reader.kind)?.push(...reading.facts);
        unread.push(...reading.unread.map((entry) => ({ kind: reader.kind, ...entry })));
      } catch (error) {
        // A reader that throws is a bug of ours; the file must not vanish from the claims because of it.
        unread.push({
          kind: reader.kind,
          path,
          reason: 'unparsed-file',
          message: `the ${reader.kind} reader failed: ${String(error)}`,
        });
      }
    }
  }
  return {
    ...Object.fromEntries(facts),
    unread,
    inventory: takeInventory(tree.files.filter((file) => wanted(file.path))),
  } as unknown as Facts;
}

/** The facts of one product: its own, and those of the repository. */
export function factsOf(facts: Facts, wanted: (path: string) => boolean, tree: FileTree): Facts {
  const own = READERS.map((reader: AnyReader) => {
    const list: readonly { readonly path: string }[] = facts[reader.kind as keyof Facts] as never;
    return [reader.kind, reader.belongsTo === 'repository' ? list : list.filter((fact) => wanted(fact.path))] as const;
  });
  const repositoryKinds = new Set(
    READERS.filter((reader: AnyReader) => reader.belongsTo === 'repository').map((reader) => reader.kind as string),
  );
  const unread = facts.unread.filter((entry) => repositoryKinds.has(entry.kind) || wanted(entry.path));
  return {
    ...Object.fromEntries(own),
    unread,
    inventory: takeInventory(tree.files.filter((file) => wanted(file.path))),
  } as unknown as Facts;
}
