import { isPrintable, sextetAt } from './decoders.ts';

/** How a stretch of text is encoded, most specific first: of two that touch, the later one waits for the next pass. */
export const ENCODINGS = ['percent', 'unicode', 'hex', 'base64'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** An encoded stretch, `[start, end)`. */
export interface EncodedSpan {
  readonly encoding: Encoding;
  readonly start: number;
  readonly end: number;
}

const SHORTEST_HEX = 32;
const SHORTEST_BASE64 = 16;

const WORD = 1;
const HEX = 2;
const KIND = new Uint8Array(65_536);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  KIND[code] = (/[\w/+-]/.test(char) ? WORD : 0) | (/[0-9a-fA-F]/.test(char) ? HEX : 0);
}

/**
 * Everything that looks encoded, without overlaps, as one pass of the expressions of gitleaks 8.30 (detect/codec) would
 * find it: `%XX` up to the last one of the line, runs of `U+XXXX ` or `\uXXXX`, 32 hex digits, 16 characters of base64.
 * Base64 whose first bytes are not printable is left out.
 */
export function encodedSpans(text: string): EncodedSpan[] {
  const found: EncodedSpan[] = [];
  const marked = [PERCENT, LOWER_ESCAPE, UPPER_ESCAPE, CODE_POINT].map(({ mark, spanAt }) => ({
    mark,
    spanAt,
    next: nextMarked(text, mark, spanAt, 0),
  }));
  let at = 0;
  let run = nextRun(text, 0);
  for (;;) {
    let span: EncodedSpan | undefined;
    for (const each of marked) {
      if (each.next !== undefined && each.next.start < at) each.next = nextMarked(text, each.mark, each.spanAt, at);
      if (each.next !== undefined && (span === undefined || each.next.start < span.start)) span = each.next;
    }
    if (run !== undefined && run.start < at) run = nextRun(text, at);
    if (span !== undefined && (run === undefined || span.start <= run.start)) {
      found.push(span);
      at = span.end;
    } else if (run !== undefined) {
      at = inRun(text, run, found);
    } else return withoutWaiting(found);
  }
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** The next run of base64 characters that is long enough. Of such a run every sixteenth place is one of them. */
function nextRun(text: string, from: number): Run | undefined {
  const { length } = text;
  let lower = from;
  for (let at = from + SHORTEST_BASE64 - 1; at < length; at = lower + SHORTEST_BASE64 - 1) {
    if (((KIND[text.charCodeAt(at)] ?? 0) & WORD) === 0) {
      lower = at + 1;
      continue;
    }
    let start = at;
    while (start > lower && ((KIND[text.charCodeAt(start - 1)] ?? 0) & WORD) !== 0) start--;
    let end = at + 1;
    while (end < length && ((KIND[text.charCodeAt(end)] ?? 0) & WORD) !== 0) end++;
    if (end - start >= SHORTEST_BASE64) return { start, end };
    lower = end + 1;
  }
  return undefined;
}

/** The first span of a run: hex as far as it goes, otherwise base64; returns where to go on. */
function inRun(text: string, { start, end }: Run, found: EncodedSpan[]): number {
  let hexEnd = start;
  while (hexEnd < end && ((KIND[text.charCodeAt(hexEnd)] ?? 0) & HEX) !== 0) hexEnd++;
  if (hexEnd - start >= SHORTEST_HEX) {
    found.push({ encoding: 'hex', start, end: hexEnd });
    return hexEnd;
  }
  let to = end;
  while (to < end + 2 && text.charCodeAt(to) === 0x3d) to++;
  if (mayDecode(text, start)) found.push({ encoding: 'base64', start, end: to });
  return to;
}

/** Whether base64 begins printable. */
function mayDecode(text: string, at: number): boolean {
  const bits =
    (sextetAt(text, at) << 18) |
    (sextetAt(text, at + 1) << 12) |
    (sextetAt(text, at + 2) << 6) |
    sextetAt(text, at + 3);
  return isPrintable(bits >> 16) && isPrintable((bits >> 8) & 255) && isPrintable(bits & 255);
}

/** An encoding that its first characters tell. */
interface Marked {
  readonly mark: string;
  /** The span that the mark at a place belongs to. */
  readonly spanAt: (text: string, at: number, from: number) => EncodedSpan | undefined;
}

function nextMarked(text: string, mark: string, spanAt: Marked['spanAt'], from: number): EncodedSpan | undefined {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    const span = spanAt(text, at, from);
    if (span !== undefined) return span;
  }
  return undefined;
}

const PERCENT: Marked = {
  mark: '%',
  spanAt(text, at) {
    if (!isHex(text, at + 1) || !isHex(text, at + 2)) return undefined;
    return { encoding: 'percent', start: at, end: percentEnd(text, at) };
  },
};

const LOWER_ESCAPE: Marked = { mark: '\\u', spanAt: escapeAt };
const UPPER_ESCAPE: Marked = { mark: '\\U', spanAt: escapeAt };
const ESCAPES = /(?:\\{1,2}[uU][a-fA-F0-9]{4})+/y;

function escapeAt(text: string, at: number, from: number): EncodedSpan | undefined {
  const start = at > from && text.charCodeAt(at - 1) === 0x5c ? at - 1 : at;
  return spanOf(ESCAPES, text, start);
}

const CODE_POINTS = /(?:U\+[a-fA-F0-9]{4}(?:[\t\n\f\r ]|$))+/y;
const CODE_POINT: Marked = { mark: 'U+', spanAt: (text, at) => spanOf(CODE_POINTS, text, at) };

function spanOf(expression: RegExp, text: string, at: number): EncodedSpan | undefined {
  expression.lastIndex = at;
  return expression.test(text) ? { encoding: 'unicode', start: at, end: expression.lastIndex } : undefined;
}

function percentEnd(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  const lineEnd = newline < 0 ? text.length : newline;
  for (let at = text.lastIndexOf('%', lineEnd - 3); at > start + 2; at = text.lastIndexOf('%', at - 1))
    if (isHex(text, at + 1) && isHex(text, at + 2)) return at + 3;
  return start + 3;
}

function isHex(text: string, at: number): boolean {
  return ((KIND[text.charCodeAt(at)] ?? 0) & HEX) !== 0;
}

function withoutWaiting(all: readonly EncodedSpan[]): EncodedSpan[] {
  if (all.length === 1) return [...all];
  const waitsFor = (span: EncodedSpan, other: EncodedSpan | undefined): boolean =>
    other !== undefined &&
    other.start <= span.end &&
    other.end >= span.start &&
    ENCODINGS.indexOf(other.encoding) < ENCODINGS.indexOf(span.encoding);
  return all.filter((span, i) => !waitsFor(span, all[i - 1]) && !waitsFor(span, all[i + 1]));
}
