/** Says how far a scan is: part, megabytes a second, and the time that is left at that rate. */
export class Rate {
  readonly #total: number;
  readonly #started = performance.now();
  #done = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /** Takes note of bytes that were scanned; the line to show. */
  after(bytes: number): string {
    this.#done += bytes;
    const seconds = Math.max(0.001, (performance.now() - this.#started) / 1000);
    const left = Math.max(0, this.#total - this.#done) / (this.#done / seconds || 1);
    const part = this.#total === 0 ? 100 : Math.floor((this.#done / this.#total) * 100);
    return `${part} % of ${megabytes(this.#total)} MB · ${megabytes(this.#done / seconds)} MB/s · ${Math.ceil(left)} s left`;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);
}
