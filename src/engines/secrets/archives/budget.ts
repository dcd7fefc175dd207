/** What one archive may unpack to, with everything in it. */
export class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  get spent(): boolean {
    return this.#left <= 0;
  }

  /** Takes bytes away; false when there are not as many. */
  take(bytes: number): boolean {
    if (bytes > this.#left) {
      this.#left = 0;
      return false;
    }
    this.#left -= bytes;
    return true;
  }

  /** Runs a decompressor that is bounded by what is left; a message when it fails. */
  unpack(run: (most: number) => Uint8Array): Uint8Array | string {
    if (this.spent) return 'the limit of unpacked bytes is reached';
    try {
      const bytes = run(this.#left);
      this.take(bytes.length);
      return bytes;
    } catch (error) {
      if ((error as { readonly code?: string }).code !== 'ERR_BUFFER_TOO_LARGE') return 'its data is damaged';
      this.#left = 0;
      return 'the limit of unpacked bytes is reached';
    }
  }
}
