import { addRun, noBits, type Bits } from '../bits.ts';
import { FAMILIES, type AddressRange } from '../addresses.ts';

/** The line of all addresses, cut wherever a block of a policy begins or ends: between cuts, all are alike. */
export class AddressLine {
  /** First address of each piece, ascending. */
  readonly #cuts: readonly bigint[];

  constructor(blocks: readonly AddressRange[]) {
    const cuts = new Set<bigint>();
    for (const { first, last } of [...FAMILIES, ...blocks]) cuts.add(first).add(last + 1n);
    cuts.delete(FAMILIES[1].last + 1n);
    this.#cuts = [...cuts].sort((a, b) => (a < b ? -1 : 1));
  }

  get size(): number {
    return this.#cuts.length;
  }

  piece(at: number): AddressRange {
    return { first: this.#cuts[at] ?? 0n, last: (this.#cuts[at + 1] ?? FAMILIES[1].last + 1n) - 1n };
  }

  /** The piece that holds an address. */
  find(address: bigint): number {
    let [low, high] = [0, this.#cuts.length];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#cuts[middle] ?? 0n) <= address) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The pieces of some blocks that cut it. */
  pieces(blocks: readonly AddressRange[]): Bits {
    const bits = noBits(this.size);
    for (const { first, last } of blocks) addRun(bits, this.find(first), this.find(last) + 1);
    return bits;
  }
}
