import { blank, widthOfLine, type Line, type Span } from './line.ts';
import { cutAt, widthOf } from './width.ts';

/**
 * Breaks a line at spaces so that no piece is wider than `columns`; later pieces are indented. Words that are wider
 * than a whole piece are broken where it ends.
 */
export function wrap(line: Line, columns: number, indent = 0): readonly Line[] {
  const done: Line[] = [];
  let current: Span[] = [];
  let width = 0;
  let started = false;

  function next(): void {
    done.push(current);
    current = [blank(indent)];
    width = indent;
    started = false;
  }

  for (const { spaces, spans, cells } of wordsOf(line)) {
    const fitsBelow = cells <= columns - indent;
    if (started && width + spaces + cells > columns && (fitsBelow || width + spaces >= columns)) next();
    else if (started || done.length === 0) {
      current.push(blank(spaces, spans[0]?.style));
      width += spaces;
    }
    for (const span of spans) {
      let rest = span.text;
      while (width + widthOf(rest) > columns) {
        const { head } = cutAt(rest, columns - width);
        if (head === '' && !started) break;
        const shown = head.slice(0, breakIn(head));
        current.push({ ...span, text: shown });
        rest = rest.slice(shown.length);
        next();
      }
      current.push({ ...span, text: rest });
      width += widthOf(rest);
      started = started || rest !== '';
    }
  }
  return [...done, current];
}

/** Paths are broken after a slash where one is near. */
function breakIn(head: string): number {
  const slash = head.lastIndexOf('/') + 1;
  return slash > head.length / 2 ? slash : head.length;
}

interface Word {
  /** Spaces before it. */
  readonly spaces: number;
  readonly spans: Span[];
  readonly cells: number;
}

/** Words of a line; spans without a space between them are one word. */
function wordsOf(line: Line): Word[] {
  const words: { spaces: number; spans: Span[]; cells: number }[] = [];
  let spaces = 0;
  let open = false;
  for (const { text, style } of line) {
    for (const piece of text.match(/ +|[^ ]+/g) ?? []) {
      if (piece.startsWith(' ')) {
        spaces += piece.length;
        open = false;
        continue;
      }
      const last = words.at(-1);
      if (open && last !== undefined) {
        last.spans.push({ text: piece, style });
        last.cells += widthOf(piece);
      } else {
        words.push({ spaces, spans: [{ text: piece, style }], cells: widthOf(piece) });
        spaces = 0;
        open = true;
      }
    }
  }
  return words;
}

/** Puts parts side by side and begins a new line before a part that does not fit. */
export function flow(parts: readonly Line[], columns: number, between: Span): readonly Line[] {
  const lines: Line[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const beside = last === undefined ? [] : [...last, between, ...part];
    if (last === undefined || widthOfLine(beside) > columns) lines.push(part);
    else lines[lines.length - 1] = beside;
  }
  return lines.flatMap((line) => wrap(line, columns));
}
