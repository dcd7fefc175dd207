/** Where the lines of a text of several lines stand: a heredoc, or the text of a template file. */

import type { SourceLocation } from '../../model/index.ts';
import type { Origin, TfValue } from './value.ts';

/**
 * For each line of a rendered template the line of the file that it comes from; lines that a value brings stand where the
 * value is put. Undefined where a text is not there line by line, as with `\n` in quotes or where `~` took lines away.
 */
export function linesOf(pieces: readonly TfValue[], at: SourceLocation): readonly number[] | undefined {
  if (at.startLine === at.endLine) return undefined;
  const lines: number[] = [];
  let current: number | undefined;
  let last = at.startLine;
  for (const piece of pieces) {
    const text = piece.kind === 'string' ? piece.value : '';
    const isLiteral =
      piece.origin.what === 'literal' && piece.origin.at.path === at.path && isWithin(piece.origin.at, at);
    const breaks = text.split('\n').length - 1;
    const { startLine, endLine } = piece.origin.at;
    if (isLiteral && breaks !== endLine - startLine) return undefined;
    for (let line = 0; line <= breaks; line++) {
      if (isLiteral) last = startLine + line;
      current ??= last;
      if (line === breaks) break;
      lines.push(current);
      current = isLiteral ? undefined : last;
    }
  }
  lines.push(current ?? last);
  return lines;
}

/** The place of lines of a text, whole lines, counted from 1; undefined where they are not known. References are followed. */
export function placeOfLines(origin: Origin, from: number, to: number): SourceLocation | undefined {
  const written = whereWritten(origin);
  const startLine = written?.lines[from - 1];
  if (written === undefined || startLine === undefined) return undefined;
  const endLine = Math.max(written.lines[to - 1] ?? startLine, startLine + 1);
  return { path: written.path, startLine, startColumn: 1, endLine, endColumn: 1 };
}

const LONGEST_WAY = 64;

function whereWritten(origin: Origin): { readonly path: string; readonly lines: readonly number[] } | undefined {
  let at: Origin | undefined = origin;
  for (let step = 0; at !== undefined && step < LONGEST_WAY; step++) {
    if (at.lines !== undefined) return { path: at.at.path, lines: at.lines };
    // What a function makes of a text has other lines.
    const isReference = /^(?:var|local|module|each|argument|output|data)\b/.test(at.what);
    at = isReference && at.from?.length === 1 ? at.from[0] : undefined;
  }
  return undefined;
}

function isWithin(inner: SourceLocation, outer: SourceLocation): boolean {
  return inner.startLine >= outer.startLine && inner.endLine <= outer.endLine;
}
