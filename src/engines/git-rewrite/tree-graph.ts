import { isFolder } from './object-format.ts';

/** Which trees hold which trees, and which of them must change because of what they hold. */
export class TreeGraph {
  readonly #parents = new Map<string, string[]>();
  readonly #dirty = new Set<string>();
  readonly #idBytes: number;

  constructor(idLength: number) {
    this.#idBytes = idLength / 2;
  }

  /** Takes note of a tree; `isDirty` says whether an entry with this id changes. Entries with other ids are not asked for. */
  add(id: string, bytes: Uint8Array, marked: ReadonlySet<number>, isDirty: (entry: string) => boolean): void {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    while (at < buffer.length) {
      const end = buffer.indexOf(0, at);
      if (end < 0 || end + 1 + this.#idBytes > buffer.length) return;
      const next = end + 1 + this.#idBytes;
      // Modes of folders begin with a 4, those of old programs with a 0.
      const first = buffer[at];
      if ((first === 0x34 || first === 0x30) && isFolder(buffer.toString('latin1', at, buffer.indexOf(0x20, at)))) {
        const child = buffer.toString('hex', end + 1, next);
        const parents = this.#parents.get(child);
        if (parents === undefined) this.#parents.set(child, [id]);
        else parents.push(id);
      } else if (marked.has(buffer.readUInt32BE(end + 1)) && isDirty(buffer.toString('hex', end + 1, next))) {
        this.#dirty.add(id);
      }
      at = next;
    }
  }

  /** Marks a tree that changes by itself. */
  mark(id: string): void {
    this.#dirty.add(id);
  }

  /** The trees that change, in layers: what a tree holds is in an earlier layer. */
  layers(): readonly ReadonlySet<string>[] {
    const height = new Map<string, number>([...this.#dirty].map((id) => [id, 0]));
    let layer = [...this.#dirty];
    // A tree is as high as the longest way down; ways have no circle, because ids are hashes.
    for (let level = 1; layer.length > 0; level++) {
      const next = new Set<string>();
      for (const id of layer) for (const parent of this.#parents.get(id) ?? []) next.add(parent);
      for (const id of next) height.set(id, level);
      layer = [...next];
    }
    const layers: Set<string>[] = [];
    for (const [id, level] of height) (layers[level] ??= new Set()).add(id);
    return layers;
  }
}

/** The beginnings of ids as numbers, to look for many ids at once. */
export function marks(ids: Iterable<string>): ReadonlySet<number> {
  return new Set([...ids].map((id) => Number.parseInt(id.slice(0, 8), 16)));
}
