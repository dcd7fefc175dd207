import type { Cursor } from './cursor.ts';

const NEXT_BLOCK = /^[A-Za-z_][\w-]*(?:[ \t]+(?:"[^"\n]*"|[A-Za-z_][\w-]*))*[ \t]*\{[ \t]*\r?$/gm;
const NEXT_ITEM = /[A-Za-z_][\w-]*[ \t]*(?:[={]|"|[A-Za-z_][\w-]*[ \t]*\{)/y;
const MARKER = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;

/** Offset of the next line behind `from` that starts at its margin and opens a block; `end` where there is none. */
export function nextBlock(text: string, from: number, end: number): number {
  NEXT_BLOCK.lastIndex = Math.max(from, 1);
  const found = NEXT_BLOCK.exec(text)?.index ?? end;
  return Math.min(found, end);
}

/**
 * Steps from where an attribute or block went wrong to where the next may start: the line end that closes it with its
 * brackets, the brace that closes the block around, or a line at the margin that starts something new.
 */
export function skipItem(cursor: Cursor, from: number): void {
  const { text, end } = cursor;
  const open: number[] = [];
  let heredocs = true;
  let at = from;
  while (at < end) {
    const code = text.charCodeAt(at);
    const top = open.at(-1);
    if (code === 10) {
      if (top === QUOTE) open.pop();
      NEXT_ITEM.lastIndex = at + 1;
      if (open.length === 0 || NEXT_ITEM.test(text)) break;
      at++;
    } else if (top === QUOTE) {
      at = insideString(text, at, open);
    } else if (code === QUOTE || code === 123 || code === 91 || code === 40) {
      open.push(code);
      at++;
    } else if (code === 125 || code === 93 || code === 41) {
      const opener = code === 125 ? 123 : code === 93 ? 91 : 40;
      const match = open.lastIndexOf(opener);
      if (match < 0 && code === 125) break;
      if (match >= 0) open.length = match;
      at++;
    } else if (code === 35 || (code === 47 && text.charCodeAt(at + 1) === 47)) {
      const lineEnd = text.indexOf('\n', at);
      at = lineEnd < 0 ? end : lineEnd;
    } else if (code === 60 && heredocs) {
      const behind = behindHeredoc(text, at);
      heredocs = behind !== undefined;
      at = behind ?? at + 1;
    } else at++;
  }
  cursor.pos = Math.min(at, end);
  cursor.last = cursor.pos;
}

const QUOTE = 34;

/** One step inside a quoted string: an escape, its end, the start of a sequence, or a character. */
function insideString(text: string, at: number, open: number[]): number {
  const code = text.charCodeAt(at);
  if (code === 92 && text.charCodeAt(at + 1) !== 10) return at + 2;
  if (code === QUOTE) open.pop();
  else if ((code === 36 || code === 37) && text.charCodeAt(at + 1) === 123 && text.charCodeAt(at - 1) !== code) {
    open.push(123);
    return at + 2;
  }
  return at + 1;
}

/** The end of the heredoc at an offset; the next offset where there is none, undefined where one has no end. */
function behindHeredoc(text: string, at: number): number | undefined {
  MARKER.lastIndex = at;
  const [introduction, marker] = MARKER.exec(text) ?? [];
  if (introduction === undefined || marker === undefined) return at + 1;
  let line = at + introduction.length;
  while (line < text.length) {
    const lineEnd = text.indexOf('\n', line);
    if (lineEnd < 0) return undefined;
    if (text.slice(line, lineEnd).trim() === marker) return lineEnd;
    line = lineEnd + 1;
  }
  return undefined;
}
