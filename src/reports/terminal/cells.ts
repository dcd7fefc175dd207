import { inert } from '../../lib/inert.ts';
import { widthOf } from './width.ts';

const TAB = 4;
const MOST_MARKS = 3;
const MARK = /[\p{Mn}\p{Me}]/u;

/** One character of source as it is drawn. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** Where the character stands in the source line, in UTF-16 code units from 0. */
  readonly at: number;
}

/** The characters of a source line as they are drawn: tabs become spaces, what acts or hides becomes visible. */
export function cellsOf(line: string, unicode: boolean): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let at = 0;
  let marks = 0;
  for (const character of line) {
    marks = MARK.test(character) ? marks + 1 : 0;
    const text =
      character === '\t' ? ' '.repeat(TAB - (column % TAB)) : stackedOr(inert(character, unicode), marks, unicode);
    const width = widthOf(text);
    cells.push({ text, width, at });
    column += width;
    at += character.length;
  }
  return cells;
}

/** Of marks that are stacked on one character, three are drawn, as in all other text. */
function stackedOr(text: string, marks: number, unicode: boolean): string {
  if (!unicode || marks <= MOST_MARKS) return text;
  return marks === MOST_MARKS + 1 ? '…' : '';
}

/** A part of a drawn line that fits a width, and where a range of the source stands in it, in cells from 0. */
export interface Strip {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Cuts a drawn line to a width around a range `[start, end)` of code units; cuts are marked. A range is at least one cell wide. */
export function stripOf(cells: readonly Cell[], start: number, end: number, width: number, more: string): Strip {
  const first = indexAt(cells, start);
  const last = Math.max(first, indexAt(cells, end));
  const begin = beginOf(cells, first, last, width, widthOf(more));
  const head = cells.slice(0, begin).some(({ text }) => text.trim() !== '') ? more : '';
  const until = untilOf(cells, begin, width - widthOf(head), widthOf(more));
  const shown = cells.slice(begin, until).map((cell) => cell.text);
  const text = [head, ...shown, until < cells.length ? more : ''].join('');

  const offset = widthOf(head) - widthBetween(cells, 0, begin);
  const from = Math.min(offset + widthBetween(cells, 0, first), Math.max(0, width - 1));
  const to = Math.min(offset + widthBetween(cells, 0, last), widthOf(text), width);
  return { text, from, to: Math.max(from + 1, to) };
}

/** The first cell that is drawn: indentation is left out before text is, and text before the range. */
function beginOf(cells: readonly Cell[], first: number, last: number, width: number, more: number): number {
  if (widthBetween(cells, 0, cells.length) <= width) return 0;
  const indent = cells.findIndex(({ text }) => text.trim() !== '');
  const begin = Math.max(0, Math.min(indent, first));
  const isInSight = widthBetween(cells, begin, last) <= width - (last < cells.length ? more : 0);
  if (isInSight) return begin;
  const room = width - 2 * more;
  return backFrom(cells, first, Math.max(0, Math.min(room / 3, room - widthBetween(cells, first, last))));
}

/** The cell after the last one that is drawn. */
function untilOf(cells: readonly Cell[], begin: number, width: number, more: number): number {
  if (widthBetween(cells, begin, cells.length) <= width) return cells.length;
  let until = begin;
  let used = more;
  for (const cell of cells.slice(begin)) {
    used += cell.width;
    if (used > width) break;
    until++;
  }
  return until;
}

function indexAt(cells: readonly Cell[], at: number): number {
  const index = cells.findIndex((cell) => cell.at >= at);
  return index < 0 ? cells.length : index;
}

function widthBetween(cells: readonly Cell[], from: number, to: number): number {
  let width = 0;
  for (let index = from; index < to; index++) width += cells[index]?.width ?? 0;
  return width;
}

function backFrom(cells: readonly Cell[], index: number, room: number): number {
  let begin = index;
  let used = 0;
  while (begin > 0 && used + (cells[begin - 1]?.width ?? 0) <= room) used += cells[--begin]?.width ?? 0;
  return begin;
}
