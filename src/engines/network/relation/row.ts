import type { PortSetId } from '../port-sets.ts';
import { ALL_DENIED, type CellId, type CellTable } from './cell-table.ts';

/** Of one class, what is allowed to or from each class of peers: one cell for most, and those that differ. */
export interface Row {
  readonly most: CellId;
  /** Peers that differ, ascending, and what holds for each. */
  readonly peers: Int32Array;
  readonly cells: Int32Array;
}

const NO_NUMBERS = new Int32Array();

export function plainRow(most: CellId): Row {
  return { most, peers: NO_NUMBERS, cells: NO_NUMBERS };
}

/** What a row says of a peer. */
export function cellAt({ most, peers, cells }: Row, peer: number): CellId {
  let [low, high] = [0, peers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((peers[middle] ?? 0) < peer) low = middle + 1;
    else high = middle;
  }
  return peers[low] === peer ? (cells[low] ?? most) : most;
}

/** A row that is being made. */
export class Draft {
  readonly #table: CellTable;
  readonly #cells: Int32Array;
  readonly #isSet: Uint8Array;
  readonly #set: number[] = [];
  #most: CellId = ALL_DENIED;

  constructor(size: number, table: CellTable) {
    this.#table = table;
    this.#cells = new Int32Array(size);
    this.#isSet = new Uint8Array(size);
  }

  /** Forgets everything, and starts as a row. */
  start(row: Row): void {
    for (const peer of this.#set) this.#isSet[peer] = 0;
    this.#set.length = 0;
    this.#most = row.most;
    for (const [at, peer] of row.peers.entries()) this.set(peer, row.cells[at] ?? row.most);
  }

  at(peer: number): CellId {
    return this.#isSet[peer] === 1 ? (this.#cells[peer] ?? this.#most) : this.#most;
  }

  put(peer: number, surely: PortSetId, possibly: PortSetId): void {
    this.set(peer, this.#table.id(surely, possibly));
  }

  set(peer: number, cell: CellId): void {
    if (this.#isSet[peer] !== 1) {
      this.#isSet[peer] = 1;
      this.#set.push(peer);
    }
    this.#cells[peer] = cell;
  }

  /** Peers that something was put for. */
  touched(): readonly number[] {
    return this.#set;
  }

  row(): Row {
    const peers = Int32Array.from(this.#set.filter((peer) => this.#cells[peer] !== this.#most)).sort();
    return { most: this.#most, peers, cells: peers.map((peer) => this.#cells[peer] ?? this.#most) };
  }
}
