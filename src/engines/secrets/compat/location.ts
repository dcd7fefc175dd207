import type { RuneText } from './rune-text.ts';

/** Where gitleaks says that something stands; lines from 0, columns in bytes, offsets in runes. */
export interface Place {
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number;
  readonly endColumn: number;
  /** The line's text is `[lineFrom, lineTo)`. */
  readonly lineFrom: number;
  readonly lineTo: number;
}

/**
 * Places as detect/location.go of gitleaks 8.30 counts them, with its ways: on every line but the first the column counts
 * from the line break; a match on a last line without line break has the whole text for its line; a match that ends
 * beyond the last line break has the end column 0. `newlines` are the offsets of `\n`.
 */
export function placeOf(
  { text, byteOffset }: Pick<RuneText, 'text' | 'byteOffset'>,
  newlines: readonly number[],
  start: number,
  end: number,
): Place {
  const { length } = text;
  const bytes = (from: number, to: number): number => byteOffset(to) - byteOffset(from);
  const breaks = newlines.length === 0 ? [length] : newlines;
  const startAt = firstAbove(breaks, start);
  const endAt = firstAbove(breaks, end - 1);
  const before = (line: number): number => (line === 0 ? 0 : (breaks[line - 1] ?? 0));
  if (startAt === breaks.length) {
    const last = breaks.at(-1) ?? 0;
    let to = end;
    while (to < length && text[to] !== '\n' && text[to] !== '\r') to++;
    return {
      startLine: breaks.length,
      endLine: breaks.length,
      startColumn: bytes(last, start) + 1,
      endColumn: bytes(last, end),
      lineFrom: 0,
      lineTo: Math.max(to, end),
    };
  }
  // The loop of gitleaks visits lines in order: what it sees last counts.
  const ends = endAt < breaks.length && before(endAt) < end;
  const endsLater = ends && endAt >= startAt;
  const lineTo = breaks[endsLater ? endAt : startAt] ?? 0;
  return {
    startLine: startAt,
    endLine: endsLater ? endAt : startAt,
    startColumn: bytes(before(startAt), start) + 1,
    endColumn: ends ? bytes(before(endAt), end) : 0,
    lineFrom: before(startAt),
    lineTo: Math.max(lineTo, end),
  };
}

/** Index of the first number that is greater; the length when there is none. */
function firstAbove(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Offsets of the line breaks of a text. */
export function newlinesOf(text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) found.push(at);
  return found;
}
