import { ALL_PLACES } from './protocols.ts';

/** An input asks for more than is kept in memory: what depends on it is undecided. */
export class OutOfBudget extends Error {}

/** Name of a set of places: equal sets have equal names. */
export type PortSetId = number;

export const NOTHING: PortSetId = 0;
export const EVERYTHING: PortSetId = 1;

/** Numbers kept for all sets together, and answers remembered. */
const MOST_NUMBERS = 3_000_000;
const MOST_ANSWERS = 2_000_000;
const WIDTH = 2 ** 26;

/**
 * Sets of protocols and ports as sorted pairs of first and last place, each kept once. The text of the pairs is the key,
 * so that two names never mean the same set and one never two.
 */
export class PortSets {
  readonly #sets: (readonly number[])[] = [];
  readonly #names = new Map<string, PortSetId>();
  readonly #answers = [
    new Map<number, PortSetId>(),
    new Map<number, PortSetId>(),
    new Map<number, PortSetId>(),
  ] as const;
  #numbers = 0;

  constructor() {
    this.named([]);
    this.named(ALL_PLACES);
  }

  /** Pairs of first and last place, sorted and apart. */
  places(id: PortSetId): readonly number[] {
    return this.#sets[id] ?? [];
  }

  /** The set of some places, given as pairs in any order. */
  of(pairs: readonly (readonly [number, number])[]): PortSetId {
    const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
    const places: number[] = [];
    for (const [first, last] of sorted) {
      const end = places.at(-1);
      if (end !== undefined && first <= end + 1) places[places.length - 1] = Math.max(end, last);
      else places.push(first, last);
    }
    return this.named(places);
  }

  union(a: PortSetId, b: PortSetId): PortSetId {
    if (a === b || b === NOTHING || a === EVERYTHING) return a;
    if (a === NOTHING || b === EVERYTHING) return b;
    return this.#remembered(0, Math.min(a, b), Math.max(a, b), (inA, inB) => inA || inB);
  }

  intersect(a: PortSetId, b: PortSetId): PortSetId {
    if (a === b || a === NOTHING || b === EVERYTHING) return a;
    if (b === NOTHING || a === EVERYTHING) return b;
    return this.#remembered(1, Math.min(a, b), Math.max(a, b), (inA, inB) => inA && inB);
  }

  subtract(a: PortSetId, b: PortSetId): PortSetId {
    if (a === NOTHING || b === NOTHING) return a;
    if (a === b || b === EVERYTHING) return NOTHING;
    return this.#remembered(2, a, b, (inA, inB) => inA && !inB);
  }

  has(id: PortSetId, place: number): boolean {
    const places = this.places(id);
    for (let at = 0; at < places.length; at += 2) {
      if ((places[at] ?? 0) > place) return false;
      if ((places[at + 1] ?? 0) >= place) return true;
    }
    return false;
  }

  #remembered(operation: 0 | 1 | 2, a: PortSetId, b: PortSetId, keep: (a: boolean, b: boolean) => boolean): PortSetId {
    const answers = this.#answers[operation];
    const key = a * WIDTH + b;
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (answers.size >= MOST_ANSWERS) answers.clear();
    const answer = this.named(combine(this.places(a), this.places(b), keep));
    answers.set(key, answer);
    return answer;
  }

  private named(places: readonly number[]): PortSetId {
    const key = places.join(',');
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    this.#numbers += places.length;
    if (this.#numbers > MOST_NUMBERS) throw new OutOfBudget('the sets of ports are too many');
    const id = this.#sets.length;
    this.#sets.push([...places]);
    this.#names.set(key, id);
    return id;
  }
}

/** Walks both lists at once; places where membership changes are the only ones that matter. */
function combine(
  a: readonly number[],
  b: readonly number[],
  keep: (inA: boolean, inB: boolean) => boolean,
): readonly number[] {
  const places: number[] = [];
  let [atA, atB, wasIn] = [0, 0, false];
  while (atA < a.length || atB < b.length) {
    const nextA = edge(a, atA);
    const nextB = edge(b, atB);
    const place = Math.min(nextA, nextB);
    while (edge(a, atA) === place) atA++;
    while (edge(b, atB) === place) atB++;
    const isIn = keep(atA % 2 === 1, atB % 2 === 1);
    if (isIn !== wasIn) places.push(isIn ? place : place - 1);
    wasIn = isIn;
  }
  return places;
}

/** Where membership changes: at a first place, and one behind a last. */
function edge(places: readonly number[], at: number): number {
  const place = places[at];
  if (place === undefined) return Infinity;
  return at % 2 === 0 ? place : place + 1;
}
