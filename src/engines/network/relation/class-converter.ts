import { combined, eachBit, hasBit, noBits, type Bits, type Span } from '../bits.ts';
import type { ClassSpan } from './compile.ts';
import type { Partition } from './partition.ts';

/** Turns sets of elements into sets of classes, each once. */
export class ClassConverter {
  readonly #classes: Partition;
  readonly #firsts: Int32Array;
  readonly #known = new Map<Bits, Bits>();
  readonly #lists = new Map<Bits, readonly number[]>();

  constructor(classes: Partition) {
    this.#classes = classes;
    this.#firsts = Int32Array.from(classes.members.map(([first]) => first ?? 0));
  }

  /** Classes that are in any of some sets. */
  any(spans: readonly Span[]): ClassSpan {
    const [first = { may: noBits(0), must: noBits(0) }, ...rest] = spans;
    if (rest.length === 0) {
      const may = this.#bits(first.may);
      return { list: this.#list(may), may, must: first.must === first.may ? may : this.#bits(first.must) };
    }
    const join = (end: 'may' | 'must'): Bits =>
      spans.map((span) => this.#bits(span[end])).reduce((a, b) => combined(a, b, (x, y) => x | y));
    const may = join('may');
    const isExact = spans.every((span) => span.may === span.must);
    return { list: listOf(may), may, must: isExact ? may : join('must') };
  }

  #bits(elements: Bits): Bits {
    const known = this.#known.get(elements);
    if (known !== undefined) return known;
    const bits = noBits(this.#classes.members.length);
    for (let name = 0; name < this.#firsts.length; name++)
      if (hasBit(elements, this.#firsts[name] ?? 0)) bits[name >>> 5] = (bits[name >>> 5] ?? 0) | (1 << (name & 31));
    this.#known.set(elements, bits);
    return bits;
  }

  #list(bits: Bits): readonly number[] {
    const known = this.#lists.get(bits);
    if (known !== undefined) return known;
    const list = listOf(bits);
    this.#lists.set(bits, list);
    return list;
  }
}

function listOf(bits: Bits): number[] {
  const list: number[] = [];
  eachBit(bits, (at) => list.push(at));
  return list;
}
