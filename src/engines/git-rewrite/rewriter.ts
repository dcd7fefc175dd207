import { objectId, readTree, writeTree, type NewObject, type ObjectType, type TreeEntry } from './object-format.ts';
import { rewriteCommit, rewriteTag, type Mapping } from './rewrite-text.ts';
import { inOrder } from './commit-order.ts';
import type { Replacer } from './replacer.ts';
import { marks, TreeGraph } from './tree-graph.ts';

/** What a rewriting is given. */
export interface Rewriting {
  readonly replacer: Replacer;
  /** Blobs that are emptied whatever they hold, with what stands in their place. */
  readonly emptied: ReadonlySet<string>;
  readonly notice: Uint8Array;
  /** 40 for SHA-1, 64 for SHA-256. */
  readonly idLength: number;
  /** Ids of all commits, for the abbreviations in messages. */
  readonly known: readonly string[];
  /** Takes every new object, once, in any order. */
  readonly emit: (object: NewObject) => void;
}

/**
 * Rewrites a history: objects in, objects out. Blobs are given first, then trees, then the trees that change again in
 * layers, then commits, then tags. What holds no secret and leads to none is not touched.
 */
export class Rewriter {
  readonly #input: Rewriting;
  readonly #map = new Map<string, string>();
  readonly #emitted = new Set<string>();
  readonly #graph: TreeGraph;
  readonly #abbreviated: (text: string) => string | undefined;
  #marks: ReadonlySet<number> | undefined;
  readonly #unsigned: string[] = [];

  constructor(input: Rewriting) {
    this.#input = input;
    this.#graph = new TreeGraph(input.idLength);
    this.#abbreviated = abbreviations(input.known);
  }

  /** Old ids to new ones, for everything that changes. */
  get map(): ReadonlyMap<string, string> {
    return this.#map;
  }

  /** Commits and tags whose signature is no longer true of them and was taken out. */
  get unsigned(): readonly string[] {
    return this.#unsigned;
  }

  blob(id: string, bytes: Uint8Array): void {
    const changed = this.#input.emptied.has(id) ? this.#input.notice : this.#input.replacer.replace(bytes);
    if (changed !== undefined) this.#replace(id, 'blob', changed);
  }

  /** Takes note of a tree; every blob was given before. */
  tree(id: string, bytes: Uint8Array): void {
    this.#marks ??= marks(this.#map.keys());
    this.#graph.add(id, bytes, this.#marks, (entry) => this.#map.has(entry));
    if (this.#input.replacer.find(bytes).length > 0) this.#graph.mark(id);
  }

  /** The trees that must be given again, layer by layer. */
  layers(): readonly ReadonlySet<string>[] {
    return this.#graph.layers();
  }

  /** A tree of a layer; those of earlier layers were given before. */
  treeAgain(id: string, bytes: Uint8Array): void {
    const entries = readTree(bytes, this.#input.idLength);
    if (entries === undefined) return;
    const names = new Set(entries.map(({ name }) => name).filter((name) => !this.#isNamedBySecret(name)));
    const changed = entries.map((entry) => {
      const name = this.#freshName(entry.name, names);
      names.add(name);
      return { mode: entry.mode, name, id: this.#map.get(entry.id) ?? entry.id };
    });
    this.#replace(id, 'tree', writeTree(changed));
  }

  /** Commits with their bytes; ids that their messages name are rewritten where the commit changes anyway. */
  commits(bytes: ReadonlyMap<string, Uint8Array>, trees?: ReadonlyMap<string, string>): void {
    const mapping: Mapping = { of: (id) => trees?.get(id) ?? this.#map.get(id), abbreviated: this.#abbreviated };
    for (const id of inOrder(bytes, this.#abbreviated)) {
      const content = bytes.get(id);
      if (content === undefined) continue;
      this.#take(id, 'commit', rewriteCommit(content, mapping, this.#input.replacer));
    }
  }

  /** A tag; a tag of a tag is given after the one that it names. */
  tag(id: string, bytes: Uint8Array): void {
    const mapping: Mapping = { of: (one) => this.#map.get(one), abbreviated: this.#abbreviated };
    this.#take(id, 'tag', rewriteTag(bytes, mapping, this.#input.replacer));
  }

  /** The tree of notes (git-notes(1)) under the new names of what they are about; undefined when nothing changes. */
  notes(notes: readonly TreeEntry[]): string | undefined {
    const renamed = notes.map(({ mode, name, id }) => {
      const about = name.replaceAll('/', '');
      const now = this.#map.get(about);
      return { mode, name: now ?? (/^[0-9a-f]+$/.test(about) ? about : name), id: this.#map.get(id) ?? id };
    });
    const isChanged = renamed.some(
      ({ id, name }, at) => id !== notes[at]?.id || name !== notes[at].name.replaceAll('/', ''),
    );
    // Notes on folders' depth are free: git reads them flat as well.
    if (!isChanged || renamed.some(({ name }) => name.includes('/'))) return undefined;
    return this.#emit('tree', writeTree(renamed));
  }

  #take(id: string, type: ObjectType, changed: { bytes: Uint8Array; unsigned: boolean } | undefined): void {
    if (changed === undefined) return;
    this.#replace(id, type, changed.bytes);
    if (changed.unsigned) this.#unsigned.push(id);
  }

  #replace(id: string, type: ObjectType, bytes: Uint8Array): void {
    const now = this.#emit(type, bytes);
    if (now !== id) this.#map.set(id, now);
  }

  #emit(type: ObjectType, bytes: Uint8Array): string {
    const id = objectId(type, bytes, this.#input.idLength);
    if (!this.#emitted.has(id)) {
      this.#emitted.add(id);
      this.#input.emit({ id, type, bytes });
    }
    return id;
  }

  #isNamedBySecret(name: string): boolean {
    return this.#input.replacer.find(Buffer.from(name, 'latin1')).length > 0;
  }

  /** The name of an entry without secrets; one that is taken gets a number. */
  #freshName(name: string, taken: ReadonlySet<string>): string {
    if (!this.#isNamedBySecret(name)) return name;
    const changed = this.#input.replacer.replace(Buffer.from(name, 'latin1'));
    if (changed === undefined) return name;
    const fresh = Buffer.from(changed).toString('latin1').replaceAll('/', '_');
    let candidate = fresh;
    for (let number = 2; taken.has(candidate); number++) candidate = `${fresh}-${number}`;
    return candidate;
  }
}

/** Finds the one id that an abbreviation stands for. */
function abbreviations(ids: readonly string[]): (text: string) => string | undefined {
  const sorted = [...ids].sort();
  return (text) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    const found = sorted[low];
    const isOne = found?.startsWith(text) === true && sorted[low + 1]?.startsWith(text) !== true;
    return isOne ? found : undefined;
  };
}
