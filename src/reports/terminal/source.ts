import type { Finding, SourceLocation } from '../../model/index.ts';
import { grouped } from '../shared/words.ts';
import { cellsOf, stripOf } from './cells.ts';
import { blank, widthOfLine, type Line, type Style } from './line.ts';
import type { Paper } from './paper.ts';
import { wrap } from './wrap.ts';

/** How a finding's place is drawn. */
export interface SourceStyle {
  /** Cells before everything. */
  readonly indent: number;
  /** Most lines of the range that are drawn. */
  readonly most: number;
  /** Whether the lines around the range are drawn, too. */
  readonly around: boolean;
  readonly style: Style;
}

/** `path:line:column`, below the folder that the person named. */
export function placeOf(paper: Paper, { path, startLine, startColumn }: SourceLocation): string {
  return `${paper.root}${path}:${startLine}:${startColumn}`;
}

/** The place, its source lines with a caret line under the range, a note, and a last line, as compilers draw them. */
export function drawSource(
  paper: Paper,
  finding: Finding,
  note: string,
  foot: Line,
  { indent, most, around, style }: SourceStyle,
): readonly Line[] {
  const { bar, top, bottom, more } = paper.symbols;
  const { location, excerpt } = finding;
  const numbered = linesOf(finding, most, around);
  const digits = Math.max(1, ...numbered.map(({ number }) => String(number).length));
  const margin = indent + digits;
  const gutter = [blank(margin), paper.text(` ${bar} `, 'dim')];
  const room = paper.columns - widthOfLine(gutter);

  const lines: Line[] = [];
  // Without lines of source, what is marked is the first line of the range.
  let marked = excerpt === undefined;
  const noted = paper.text(note, style);
  if (marked) lines.push(...beneath(gutter, [noted], paper.columns));
  for (const { number, text } of numbered) {
    const inRange = number >= location.startLine && number <= location.endLine;
    const start = number === location.startLine ? location.startColumn - 1 : text.length - text.trimStart().length;
    const end = number === location.endLine ? location.endColumn - 1 : text.length;
    const strip = stripOf(cellsOf(text, paper.unicode), inRange ? start : 0, inRange ? end : 0, room, more);
    const numberText = grouped(number).replaceAll(',', '').padStart(margin);
    lines.push([
      paper.text(numberText, 'dim'),
      paper.text(` ${bar} `, 'dim'),
      paper.text(strip.text, inRange || !around ? 'plain' : 'dim'),
    ]);
    if (!inRange) continue;
    const carets = paper.text('^'.repeat(strip.to - strip.from), style);
    const under: Line = [...gutter, blank(strip.from), carets];
    const isLast =
      number === location.endLine ||
      number === numbered.at(-1)?.number ||
      !numbered.some((line) => line.number === number + 1 && number < location.endLine);
    if (!isLast || marked) {
      lines.push(under);
      continue;
    }
    marked = true;
    const beside: Line = [...under, blank(1), noted];
    if (widthOfLine(beside) <= paper.columns) lines.push(beside);
    else
      lines.push(
        under,
        ...beneath([...gutter, blank(noteIndent(strip.from, widthOfLine([noted]), room))], [noted], paper.columns),
      );
  }
  const place = [blank(margin + 1), paper.text(`${top} `, 'dim'), paper.text(placeOf(paper, location), 'bold')];
  const last = [blank(margin + 1), paper.text(`${bottom} `, 'dim'), ...foot];
  return [
    ...wrap(place, paper.columns, margin + 2 + top.length),
    ...lines,
    ...wrap(last, paper.columns, margin + 2 + bottom.length),
  ];
}

interface Numbered {
  readonly number: number;
  readonly text: string;
}

function linesOf({ location, excerpt }: Finding, most: number, around: boolean): readonly Numbered[] {
  if (excerpt === undefined) return [];
  const all = excerpt.lines.map((text, index) => ({ number: excerpt.startLine + index, text: text.slice(0, 1000) }));
  const inRange = all.filter(({ number }) => number >= location.startLine && number <= location.endLine);
  const kept = new Set(inRange.slice(0, most).map(({ number }) => number));
  const isAround = ({ number }: Numbered): boolean =>
    around && (number < location.startLine || number > location.endLine);
  return all.filter((line) => kept.has(line.number) || isAround(line)).slice(0, most + 8);
}

/** A note stands under the caret where there is room for it, otherwise further left. */
function noteIndent(from: number, length: number, room: number): number {
  return Math.max(0, Math.min(from, room - Math.min(length, 40)));
}

/** Wrapped text with the same gutter before each piece. */
function beneath(gutter: Line, text: Line, columns: number): readonly Line[] {
  return wrap(text, Math.max(2, columns - widthOfLine(gutter))).map((piece) => [...gutter, ...piece]);
}
