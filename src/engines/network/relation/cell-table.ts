import { EVERYTHING, NOTHING, type PortSetId, type PortSets } from '../port-sets.ts';

/** Ports that surely are allowed, and that possibly are. */
export interface Cell {
  readonly surely: PortSetId;
  readonly possibly: PortSetId;
}

/** Name of a cell: equal cells have equal names. */
export type CellId = number;

export const ALL_DENIED: CellId = 0;
export const ALL_ALLOWED: CellId = 1;

const WIDTH = 2 ** 26;

/** Keeps each cell once, so that a relation of many pairs holds few of them. */
export class CellTable {
  readonly #sets: PortSets;
  readonly #cells: Cell[] = [];
  readonly #names = new Map<number, CellId>();
  readonly #joined = new Map<number, CellId>();

  constructor(sets: PortSets) {
    this.#sets = sets;
    this.id(NOTHING, NOTHING);
    this.id(EVERYTHING, EVERYTHING);
  }

  id(surely: PortSetId, possibly: PortSetId): CellId {
    const key = surely * WIDTH + possibly;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const id = this.#cells.length;
    this.#cells.push({ surely, possibly });
    this.#names.set(key, id);
    return id;
  }

  cell(id: CellId): Cell {
    return this.#cells[id] ?? { surely: NOTHING, possibly: NOTHING };
  }

  /** What both allow. */
  both(a: CellId, b: CellId): CellId {
    if (a === b || b === ALL_ALLOWED || a === ALL_DENIED) return a;
    if (a === ALL_ALLOWED || b === ALL_DENIED) return b;
    const key = Math.min(a, b) * WIDTH + Math.max(a, b);
    const known = this.#joined.get(key);
    if (known !== undefined) return known;
    const [one, other] = [this.cell(a), this.cell(b)];
    const surely = this.#sets.intersect(one.surely, other.surely);
    const id = this.id(surely, this.#sets.intersect(one.possibly, other.possibly));
    this.#joined.set(key, id);
    return id;
  }
}
