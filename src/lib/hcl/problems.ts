import type { SourceLocation } from '../../model/index.ts';
import type { Cursor } from './cursor.ts';

/** After so many problems a file is not read further. */
const MOST = 50;

/** What did not parse, in the order in which it was found. */
export class Problems {
  readonly #list: { readonly at: SourceLocation; readonly message: string }[] = [];
  readonly #cursor: Cursor;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  get list(): readonly { readonly at: SourceLocation; readonly message: string }[] {
    return this.#list;
  }

  add(message: string, start: number, end: number): void {
    if (this.#list.length <= MOST) this.#list.push({ message, at: this.#cursor.range(start, Math.max(end, start)) });
  }

  /** Forgets all but the first. */
  keep(first: number): void {
    this.#list.length = first;
  }

  isFull(): boolean {
    return this.#list.length >= MOST;
  }
}
