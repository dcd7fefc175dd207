import type { HclExpression, TemplatePart } from './ast.ts';
import { HclSyntaxError, type Cursor, type ReadExpression } from './cursor.ts';
import { parseForHead } from './parse-collection.ts';
import { readEscape } from './string-escape.ts';
import { joinTexts, nest, removeIndentation, trimEnd, trimStart, type TemplateToken } from './template-tokens.ts';

const QUOTE = 34;
const DOLLAR = 36;
const PERCENT = 37;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const TILDE = 126;

/** What ends a template: a quote, a line that holds the marker alone, or the end of the text. */
type Ending =
  { readonly kind: 'quote' } | { readonly kind: 'marker'; readonly marker: string } | { readonly kind: 'end' };

/** Reads a quoted template, from its opening quote on. */
export function parseQuoted(cursor: Cursor, expression: ReadExpression): HclExpression {
  const start = cursor.pos;
  cursor.take(1);
  const tokens = cursor.inside(false, () => readTokens(cursor, expression, { kind: 'quote' }, start));
  const parts = partsOf(cursor, tokens, start);
  return { kind: 'template', parts, heredoc: false, at: cursor.range(start, cursor.last) };
}

const INTRODUCTION = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;

/** Reads a heredoc, from `<<` on. The line end after its closing marker is not part of it. */
export function parseHeredoc(cursor: Cursor, expression: ReadExpression): HclExpression {
  const start = cursor.pos;
  INTRODUCTION.lastIndex = start;
  const [introduction, dash, marker] = INTRODUCTION.exec(cursor.text) ?? [];
  if (introduction === undefined || marker === undefined)
    cursor.fail('expected the marker of a heredoc and a line end');
  cursor.take(introduction.length);
  const tokens = cursor.inside(false, () => readTokens(cursor, expression, { kind: 'marker', marker }, start));
  if (dash === '-') removeIndentation(tokens);
  return {
    kind: 'template',
    parts: partsOf(cursor, tokens, start),
    heredoc: true,
    at: cursor.range(start, cursor.last),
  };
}

/** Reads everything up to the end of the text as a template. */
export function parseBareTemplate(cursor: Cursor, expression: ReadExpression): HclExpression {
  const start = cursor.pos;
  const tokens = cursor.inside(false, () => readTokens(cursor, expression, { kind: 'end' }, start));
  const parts = partsOf(cursor, tokens, start);
  return { kind: 'template', parts, heredoc: false, at: cursor.range(start, cursor.end) };
}

function partsOf(cursor: Cursor, tokens: readonly TemplateToken[], start: number): TemplatePart[] {
  return nest(
    joinTexts(tokens),
    ({ text, start: from, end }) => ({ kind: 'text', text: text.normalize('NFC'), at: cursor.range(from, end) }),
    (what, token) => {
      throw new HclSyntaxError(`unbalanced template: ${what}`, token?.start ?? start, token?.end ?? cursor.last);
    },
  );
}

function readTokens(cursor: Cursor, expression: ReadExpression, ending: Ending, start: number): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  let trimNext = false;
  let atLineStart = true;
  for (;;) {
    if (atLineStart && ending.kind === 'marker' && takeMarker(cursor, ending.marker)) return tokens;
    if (cursor.pos >= cursor.end) {
      if (ending.kind === 'end') return tokens;
      throw new HclSyntaxError('a string is not closed', start, cursor.end, ending.kind === 'marker');
    }
    const code = cursor.code();
    if (code === QUOTE && ending.kind === 'quote') {
      cursor.take(1);
      return tokens;
    }
    if ((code === DOLLAR || code === PERCENT) && cursor.code(1) === OPEN_BRACE) {
      const before = tokens.at(-1);
      const trims = cursor.code(2) === TILDE;
      if (trims && before?.kind === 'text') before.text = trimEnd(before.text);
      cursor.take(trims ? 3 : 2);
      tokens.push(cursor.inside(false, () => readSequence(cursor, expression, code)));
      trimNext = takeSequenceEnd(cursor);
      atLineStart = false;
      continue;
    }
    const from = cursor.pos;
    const raw = ending.kind === 'quote' ? readQuotedText(cursor, start) : readLine(cursor);
    tokens.push({ kind: 'text', text: trimNext ? trimStart(raw) : raw, start: from, end: cursor.pos });
    trimNext = false;
    atLineStart = raw.endsWith('\n');
  }
}

/** Steps to the end of the marker where the line holds nothing else and has an end. */
function takeMarker(cursor: Cursor, marker: string): boolean {
  const { text } = cursor;
  let at = cursor.pos;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  if (!text.startsWith(marker, at)) return false;
  const close = at + marker.length;
  let after = close;
  while (text.charCodeAt(after) === 32 || text.charCodeAt(after) === 9) after++;
  if (text.charCodeAt(after) === 13) after++;
  if (text.charCodeAt(after) !== 10 || after >= cursor.end) return false;
  cursor.take(close - cursor.pos);
  return true;
}

/** One line, its end included, or the part of it before a `$` or `%`; `$${` and `%%{` are escapes. */
function readLine(cursor: Cursor): string {
  const escaped = readDollar(cursor);
  if (escaped !== undefined) return escaped;
  const { text, end } = cursor;
  let at = cursor.pos;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === DOLLAR || code === PERCENT) break;
    at++;
    if (code === 10) break;
  }
  const line = text.slice(cursor.pos, at);
  cursor.take(line.length);
  return line;
}

function readQuotedText(cursor: Cursor, start: number): string {
  const escaped = readDollar(cursor);
  if (escaped !== undefined) return escaped;
  const { text, end } = cursor;
  let decoded = '';
  let from = cursor.pos;
  let at = from;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === DOLLAR || code === PERCENT) break;
    if (code === 10 || code === 13) throw new HclSyntaxError('a string ends on the line on which it starts', start, at);
    if (code === BACKSLASH) {
      const escape = readEscape(text, at, end);
      decoded += text.slice(from, at) + escape.value;
      at += escape.length;
      from = at;
    } else at++;
  }
  decoded += text.slice(from, at);
  cursor.take(at - cursor.pos);
  return decoded;
}

/** At a `$` or `%` that starts no sequence: its text, with the escape `$${` resolved. */
function readDollar(cursor: Cursor): string | undefined {
  const code = cursor.code();
  if (code !== DOLLAR && code !== PERCENT) return undefined;
  const isEscape = cursor.code(1) === code && cursor.code(2) === OPEN_BRACE;
  cursor.take(isEscape ? 3 : 1);
  return isEscape ? `${String.fromCharCode(code)}{` : String.fromCharCode(code);
}

/** Takes `}` or `~}`; whether it is the second. */
function takeSequenceEnd(cursor: Cursor): boolean {
  const before = cursor.newlines;
  cursor.newlines = false;
  const trims = cursor.accept(TILDE);
  if (trims ? cursor.code() !== 125 : cursor.peek() !== 125)
    cursor.fail('expected "}" at the end of the template sequence');
  cursor.take(1);
  cursor.newlines = before;
  return trims;
}

function readSequence(cursor: Cursor, expression: ReadExpression, opener: number): TemplateToken {
  if (opener === DOLLAR) return { kind: 'interpolation', expression: expression(cursor) };
  cursor.peek();
  cursor.links++;
  const start = cursor.pos;
  if (cursor.isKeyword('for')) {
    const head = parseForHead(cursor);
    return { kind: 'for', ...head, collection: expression(cursor) };
  }
  const keyword = cursor.identifier();
  if (keyword === 'if') return { kind: 'if', condition: expression(cursor) };
  if (keyword === 'else' || keyword === 'endif' || keyword === 'endfor')
    return { kind: keyword, start, end: cursor.last };
  throw new HclSyntaxError(
    'expected if, else, endif, for or endfor after "%{"',
    start,
    Math.max(cursor.last, start + 1),
  );
}
