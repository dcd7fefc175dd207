import type { Severity, Status } from '../../model/index.ts';
import { cutAt, widthOf } from './width.ts';

export type Style = 'plain' | 'bold' | 'dim' | 'strong-open' | 'command' | Status | Severity;

/** Text in one style, without anything that a terminal acts on. Only {@link Paper.text} makes one. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** A line before it is painted. */
export type Line = readonly Span[];

/** Cells that a line takes. */
export function widthOfLine(line: Line): number {
  return line.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** So many cells of nothing. */
export function blank(cells: number, style: Style = 'plain'): Span {
  return { text: ' '.repeat(Math.max(0, cells)), style };
}

/** A line filled to a width, for columns. */
export function padded(line: Line, cells: number): Line {
  return [...line, blank(cells - widthOfLine(line))];
}

/** A line cut to a width, the cut marked. */
export function clipped(line: Line, cells: number, more: string): Line {
  if (widthOfLine(line) <= cells) return line;
  const kept: Span[] = [];
  let left = cells - widthOf(more) - 1;
  for (const { text, style } of line) {
    const { head, rest } = cutAt(text, left);
    // A cut inside a word goes back to the last space where one is near.
    const space = rest === '' || rest.startsWith(' ') ? -1 : head.lastIndexOf(' ');
    const shown = space > head.length / 2 ? head.slice(0, space) : head;
    kept.push({ text: rest === '' ? shown : shown.trimEnd(), style });
    left -= widthOf(head);
    if (rest !== '') {
      kept.push({ text: ` ${more}`, style });
      break;
    }
  }
  return kept;
}

/** A line without the spaces that end it. */
export function trimEnd(line: Line): Line {
  const last = line.at(-1);
  if (last === undefined) return line;
  const text = last.text.trimEnd();
  return text === '' ? trimEnd(line.slice(0, -1)) : [...line.slice(0, -1), { ...last, text }];
}

/** Neighbours of one style are painted at once. */
export function joined(line: Line): Line {
  const spans: Span[] = [];
  for (const { text, style } of line) {
    const last = spans.at(-1);
    if (last?.style === style) spans[spans.length - 1] = { text: last.text + text, style };
    else spans.push({ text, style });
  }
  return spans;
}
