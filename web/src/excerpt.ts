import type { Excerpt, SourceLocation } from '../../src/model/index.ts';

/** A line of an excerpt, cut into what stands before, in and after the range; `hit` is empty outside the range. */
export interface ExcerptLine {
  readonly number: number;
  readonly before: string;
  readonly hit: string;
  readonly after: string;
}

/** Most code units of a line that are shown in each of its three pieces. */
const LONGEST = 240;

/** Cuts the lines of an excerpt at the ends of the range, and shortens lines that nobody can read. */
export function cutExcerpt({ startLine, lines }: Excerpt, range: SourceLocation): readonly ExcerptLine[] {
  return lines.map((text, index) => {
    const number = startLine + index;
    if (number < range.startLine || number > range.endLine) return cut(number, text, text.length, text.length);
    const start = number === range.startLine ? range.startColumn - 1 : indentOf(text);
    const end = number === range.endLine ? range.endColumn - 1 : text.length;
    return cut(number, text, start, Math.max(start, end));
  });
}

function cut(number: number, text: string, start: number, end: number): ExcerptLine {
  const from = Math.max(0, Math.min(start, text.length));
  const to = Math.max(from, Math.min(end, text.length));
  const before = text.slice(0, from);
  // Where a range is marked, what stands next to it matters; elsewhere the beginning of the line does.
  return {
    number,
    before: to > from ? lastOf(before) : firstOf(before),
    hit: firstOf(text.slice(from, to)),
    after: firstOf(text.slice(to)),
  };
}

function firstOf(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function lastOf(text: string): string {
  return text.length > LONGEST ? `…${text.slice(-LONGEST)}` : text;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
