/** A set of code points: sorted, disjoint, non-adjacent ranges, flat as `[low, high, low, high, ...]`, ends inclusive. */
export type CharSet = readonly number[];

export const MAX_CODE_POINT = 0x10ffff;
export const EVERYTHING: CharSet = [0, MAX_CODE_POINT];

/** The set of the given ranges, which may overlap and stand in any order. */
export function setOf(ranges: readonly (readonly [number, number])[]): CharSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const flat: number[] = [];
  for (const [low, high] of sorted) {
    const last = flat.at(-1);
    if (last !== undefined && low <= last + 1) flat[flat.length - 1] = Math.max(last, high);
    else flat.push(low, high);
  }
  return flat;
}

/** The ranges of a set as pairs. */
export function rangesOf(set: CharSet): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < set.length; i += 2) pairs.push([set[i] ?? 0, set[i + 1] ?? 0]);
  return pairs;
}

export function union(...sets: readonly CharSet[]): CharSet {
  return setOf(sets.flatMap(rangesOf));
}

/** Every code point that is not in the set. */
export function negate(set: CharSet): CharSet {
  const out: number[] = [];
  let next = 0;
  for (const [low, high] of rangesOf(set)) {
    if (low > next) out.push(next, low - 1);
    next = high + 1;
  }
  if (next <= MAX_CODE_POINT) out.push(next, MAX_CODE_POINT);
  return out;
}

export function intersects(a: CharSet, b: CharSet): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [aLow = 0, aHigh = 0] = [a[i], a[i + 1]];
    const [bLow = 0, bHigh = 0] = [b[j], b[j + 1]];
    if (aLow <= bHigh && bLow <= aHigh) return true;
    if (aHigh < bHigh) i += 2;
    else j += 2;
  }
  return false;
}
