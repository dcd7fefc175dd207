import { EVERYTHING, PortSets } from '../port-sets.ts';
import type { Direction, End, NetworkModel, PodEndpoint } from '../types.ts';
import { compile, type Compiled } from './compile.ts';
import { Folder } from './fold.ts';
import { ALL_ALLOWED, CellTable, type CellId } from './cell-table.ts';
import { cellAt, plainRow, type Row } from './row.ts';

/** Answers that differ from most of their row, over all rows that are kept; beyond, rows are computed again. */
const MOST_KEPT = 8_000_000;

/**
 * The relation between endpoints. A connection must be allowed at both ends: by the row of its source's class in egress,
 * at the class that the destination is as a peer, and by the row of its destination's class in ingress, likewise.
 */
export class Connectivity {
  readonly compiled: Compiled;
  readonly sets = new PortSets();
  readonly cells = new CellTable(this.sets);
  readonly #profiles = new Map<PodEndpoint, number>();
  readonly #folders: Readonly<Record<Direction, Folder>>;
  readonly #rows: Readonly<Record<Direction, Map<number, Row>>> = { ingress: new Map(), egress: new Map() };
  #kept = 0;

  constructor(model: NetworkModel) {
    this.compiled = compile(model, this.sets);
    this.#folders = {
      ingress: new Folder(this.compiled, this.sets, this.cells, 'ingress'),
      egress: new Folder(this.compiled, this.sets, this.cells, 'egress'),
    };
    for (const [at, { pods }] of this.compiled.profiles.entries()) for (const pod of pods) this.#profiles.set(pod, at);
  }

  /** The element that an end is. */
  elementOf(end: End): number {
    const { index } = this.compiled;
    return 'pod' in end ? (this.#profiles.get(end.pod) ?? -1) : index.firstPiece + index.line.find(end.address);
  }

  /** Whether an element is a profile of pods; the others are pieces of the line of addresses. */
  isPods(element: number): boolean {
    return element < this.compiled.index.firstPiece;
  }

  /** What may go from one element to another. Nothing is known between addresses. */
  cell(from: number, to: number): CellId {
    const { ingress, egress } = this.compiled.roles;
    const out = this.isPods(from)
      ? cellAt(this.row('egress', egress.subject.classOf[from] ?? 0), egress.peer.classOf[to] ?? 0)
      : ALL_ALLOWED;
    const into = this.isPods(to)
      ? cellAt(this.row('ingress', ingress.subject.classOf[to] ?? 0), ingress.peer.classOf[from] ?? 0)
      : ALL_ALLOWED;
    return this.joined(from, out, into);
  }

  /** Both ends must allow it. A node always reaches the pods that it runs, and nobody knows which these are. */
  joined(from: number, out: CellId, into: CellId): CellId {
    const both = this.cells.both(out, into);
    if (!this.isPods(from) || !this.compiled.index.mayBeHost(from)) return both;
    return this.cells.id(this.cells.cell(both).surely, EVERYTHING);
  }

  /** The row of a class of subjects. */
  row(direction: Direction, subject: number): Row {
    const rows = this.#rows[direction];
    const known = rows.get(subject);
    if (known !== undefined) return known;
    const row = this.#folders[direction].row(subject);
    this.#kept += row.peers.length;
    if (this.#kept > MOST_KEPT) {
      this.#rows.ingress.clear();
      this.#rows.egress.clear();
      this.#kept = row.peers.length;
    }
    rows.set(subject, row);
    return row;
  }

  /** The row of an element in a direction; addresses are allowed everything. */
  rowOf(direction: Direction, element: number): Row {
    if (!this.isPods(element)) return plainRow(ALL_ALLOWED);
    return this.row(direction, this.compiled.roles[direction].subject.classOf[element] ?? 0);
  }
}
