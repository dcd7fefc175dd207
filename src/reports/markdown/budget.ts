/** What a comment on GitHub may hold, in characters. */
const MOST_CHARACTERS = 65_536;

/** Room for what is always written: the heading and the last lines. */
const RESERVED = 1500;

/** Holder of what is left of a document; a block that does not fit is counted and left out whole. */
export class Budget {
  #left: number;
  #omitted = 0;

  constructor(most: number = MOST_CHARACTERS) {
    this.#left = most - RESERVED;
  }

  /** How many blocks were left out. */
  get omitted(): number {
    return this.#omitted;
  }

  /** Gives the block back when it fits, otherwise undefined; `extra` characters are kept for what stands around it. */
  take(block: string, extra = 2): string | undefined {
    if (block.length + extra > this.#left) {
      this.#omitted++;
      return undefined;
    }
    this.#left -= block.length + extra;
    return block;
  }
}
