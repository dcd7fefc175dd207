import { eachBit, type Bits } from '../bits.ts';

/** Elements that every set treats alike, as classes. */
export interface Partition {
  /** Class of each element; -1 for numbers that are no element. */
  readonly classOf: Int32Array;
  /** Elements of each class, ascending. */
  readonly members: readonly (readonly number[])[];
}

/**
 * Splits elements into classes: two are together when `kindOf` gives the same and every set holds both or neither. Each
 * set refines what the ones before left, so that membership itself is compared, not a digest of it.
 */
export function partition(
  size: number,
  kindOf: (element: number) => string | undefined,
  sets: Iterable<Bits>,
): Partition {
  const classOf = new Int32Array(size).fill(-1);
  const counts: number[] = [];
  const kinds = new Map<string, number>();
  for (let element = 0; element < size; element++) {
    const kind = kindOf(element);
    if (kind === undefined) continue;
    let name = kinds.get(kind);
    if (name === undefined) {
      kinds.set(kind, (name = counts.length));
      counts.push(0);
    }
    classOf[element] = name;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  for (const set of sets) refine(classOf, counts, set);
  return { classOf, members: renumber(classOf) };
}

function refine(classOf: Int32Array, counts: number[], set: Bits): void {
  const inside = new Map<number, number[]>();
  eachBit(set, (element) => {
    const name = classOf[element] ?? -1;
    if (name === -1) return;
    const list = inside.get(name);
    if (list === undefined) inside.set(name, [element]);
    else list.push(element);
  });
  for (const [name, elements] of inside) {
    if (elements.length === counts[name]) continue;
    const split = counts.length;
    counts.push(elements.length);
    counts[name] = (counts[name] ?? 0) - elements.length;
    for (const element of elements) classOf[element] = split;
  }
}

/** Classes in the order of their first elements, and their members. */
function renumber(classOf: Int32Array): number[][] {
  const names = new Map<number, number>();
  const members: number[][] = [];
  for (let element = 0; element < classOf.length; element++) {
    const old = classOf[element] ?? -1;
    if (old === -1) continue;
    let name = names.get(old);
    if (name === undefined) {
      names.set(old, (name = members.length));
      members.push([]);
    }
    classOf[element] = name;
    members[name]?.push(element);
  }
  return members;
}
