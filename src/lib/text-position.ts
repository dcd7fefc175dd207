import type { SourceLocation } from '../model/index.ts';

/** Turns offsets of one text into lines and columns, both from 1; columns count UTF-16 code units. */
export class TextPositions {
  readonly #starts: number[] = [0];
  readonly #path: string;
  readonly #length: number;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#length = text.length;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** Line and column of an offset; offsets outside the text are taken to its ends. */
  at(offset: number): { readonly line: number; readonly column: number } {
    const wanted = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: wanted - (this.#starts[low] ?? 0) + 1 };
  }

  /** The location of `[start, end)`. */
  range(start: number, end: number, route?: string): SourceLocation {
    const from = this.at(start);
    const to = this.at(end);
    return {
      path: this.#path,
      startLine: from.line,
      startColumn: from.column,
      endLine: to.line,
      endColumn: to.column,
      ...(route === undefined ? {} : { route }),
    };
  }
}

/** The place of a file as a whole, where nothing in it is meant: its very beginning. */
export function topOf(path: string): SourceLocation {
  return { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
}
