/** A graph whose nodes and edges are numbers: edges of a node stand together, in the order in which they were added. */
export interface Graph {
  /** Node → its first edge; one more than there are nodes. */
  readonly starts: Int32Array;
  /** Edge → the node that it leads to. */
  readonly targets: Int32Array;
  /** Edge → 1 where it only names a part of what is had. */
  readonly parts: Uint8Array;
  /** Edge → 1 where something forbids it. */
  readonly forbidden: Uint8Array;
  /** Forbidden edge → nodes of which one must be reached before it may be taken all the same. */
  readonly releases: ReadonlyMap<number, readonly number[]>;
}

/** What a walk found: for each node the edge that reached it first, and the nodes in the order of their distance. */
export interface Walk {
  /** Node → edge; `NOT_REACHED`, or `START`. */
  readonly via: Int32Array;
  readonly order: Int32Array;
}

export const NOT_REACHED = -1;
export const START = -2;

/**
 * Nearest first, where an edge that only names a part is no distance. An edge that is forbidden is taken once the walk
 * has reached one of the nodes that release it.
 */
export function walkGraph(start: number, { starts, targets, parts, forbidden, releases }: Graph): Walk {
  const via = new Int32Array(starts.length - 1).fill(NOT_REACHED);
  const order: number[] = [];
  let held: number[] = [];
  let queue: number[] = [];
  let next: number[] = [];
  reach(start, START);
  while (queue.length > 0 || next.length > 0) {
    for (let index = 0; index < queue.length; index++) {
      const edge = queue[index] ?? 0;
      const node = targets[edge] ?? 0;
      if (via[node] === NOT_REACHED) reach(node, edge);
    }
    const released = held.filter(isReleased);
    if (released.length > 0) held = held.filter((edge) => !isReleased(edge));
    queue = released.length > 0 ? [...next, ...released] : next;
    next = [];
  }
  return { via, order: Int32Array.from(order) };

  function reach(node: number, edge: number): void {
    via[node] = edge;
    order.push(node);
    const end = starts[node + 1] ?? 0;
    for (let out = starts[node] ?? 0; out < end; out++) {
      if (via[targets[out] ?? 0] !== NOT_REACHED) continue;
      if (forbidden[out] === 1) held.push(out);
      else if (parts[out] === 1) queue.push(out);
      else next.push(out);
    }
  }
  function isReleased(edge: number): boolean {
    return releases.get(edge)?.some((node) => via[node] !== NOT_REACHED) ?? false;
  }
}
