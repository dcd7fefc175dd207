const HIDE_AFTER_MS = 150;

/** One line on stderr that says what is going on, only where a person sees it and only when it takes a while. */
export class Progress {
  readonly #shown = process.stderr.isTTY && process.env.CI === undefined;
  readonly #started = performance.now();
  #last = 0;
  #drawn = false;

  show(stage: string): void {
    const now = performance.now();
    if (!this.#shown || now - this.#started < HIDE_AFTER_MS || now - this.#last < HIDE_AFTER_MS / 2) return;
    this.#last = now;
    this.#drawn = true;
    process.stderr.write(
      `\r\u001b[K${`fourproof: ${stage}`.slice(0, ((process.stderr.columns as number | undefined) ?? 80) - 1)}`,
    );
  }

  clear(): void {
    if (this.#drawn) process.stderr.write('\r\u001b[K');
    this.#drawn = false;
  }
}
