/** Sets of small numbers as arrays of words; two sets are combined only when they are of the same length. */
export type Bits = Uint32Array<ArrayBuffer>;

/** The set of numbers that surely belong, and of those that may; the same object where both are equal. */
export interface Span {
  readonly must: Bits;
  readonly may: Bits;
}

export function noBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

/** The numbers from `from` up to, and without, `to`. */
export function addRun(bits: Bits, from: number, to: number): void {
  for (let at = from; at < to; at++) bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
}

export function hasBit(bits: Bits, at: number): boolean {
  return ((bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
}

export function exact(bits: Bits): Span {
  return { must: bits, may: bits };
}

export function both(a: Span, b: Span): Span {
  return paired(a, b, (x, y) => x & y);
}

export function either(a: Span, b: Span): Span {
  return paired(a, b, (x, y) => x | y);
}

/** Everything in `all` that is not in the set: what may belong is surely outside nowhere. */
export function inverted({ must, may }: Span, all: Bits): Span {
  const outside = combined(all, may, (x, y) => x & ~y);
  return { must: outside, may: must === may ? outside : combined(all, must, (x, y) => x & ~y) };
}

/** The same set, in which nothing is sure. */
export function doubted({ may }: Span): Span {
  return { must: new Uint32Array(may.length), may };
}

export function combined(a: Bits, b: Bits, combine: (x: number, y: number) => number): Bits {
  const result = new Uint32Array(a.length);
  for (let word = 0; word < a.length; word++) result[word] = combine(a[word] ?? 0, b[word] ?? 0);
  return result;
}

function paired(a: Span, b: Span, combine: (x: number, y: number) => number): Span {
  const may = combined(a.may, b.may, combine);
  return { must: a.must === a.may && b.must === b.may ? may : combined(a.must, b.must, combine), may };
}

/** Calls back with every member, in ascending order. */
export function eachBit(bits: Bits, visit: (at: number) => void): void {
  for (let word = 0; word < bits.length; word++) {
    let left = bits[word] ?? 0;
    while (left !== 0) {
      const lowest = left & -left;
      visit((word << 5) + (31 - Math.clz32(lowest)));
      left ^= lowest;
    }
  }
}
