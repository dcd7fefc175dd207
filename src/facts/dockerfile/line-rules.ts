/** The lines of a Dockerfile as BuildKit joins them: directives, comments, continuations, heredocs. */

import { jsonWords, splitFlags, splitQuoted } from './words.ts';

interface Heredoc {
  readonly name: string;
  readonly body: string;
}

/** One instruction, continuation lines joined. */
export interface RawInstruction {
  /** In upper case. */
  readonly keyword: string;
  /** The whole instruction on one line, trimmed. */
  readonly text: string;
  /** What stands after the keyword, trimmed, and where it starts in {@link text}. */
  readonly rest: string;
  readonly restStart: number;
  /** Offsets in the file, without heredocs. */
  readonly start: number;
  readonly end: number;
  readonly heredocs: readonly Heredoc[];
  /** Name of a heredoc that the file ends without closing. */
  readonly unclosed?: string;
  /** Offset in the file of an offset in {@link text}. */
  offsetOf(at: number): number;
}

export interface RawDockerfile {
  readonly escape: string;
  readonly syntax?: string;
  readonly instructions: readonly RawInstruction[];
}

interface Line {
  readonly text: string;
  readonly start: number;
}

/** Splits a file into instructions; at most `most` of them. */
export function splitInstructions(source: string, most: number): RawDockerfile {
  const lines = splitLines(source);
  const { escape, syntax, from } = readDirectives(lines);
  const instructions: RawInstruction[] = [];
  let at = from;
  while (at < lines.length && instructions.length <= most) {
    const first = lines[at];
    if (first === undefined || isComment(first.text) || first.text.trim() === '') {
      at++;
      continue;
    }
    const joined = joinLines(lines, at, escape);
    const read = toInstruction(joined, lines, escape);
    instructions.push(read.instruction);
    at = read.next;
  }
  return { escape, instructions, ...(syntax === undefined ? {} : { syntax }) };
}

function splitLines(source: string): Line[] {
  const lines: Line[] = [];
  let start = source.startsWith('\uFEFF') ? 1 : 0;
  while (start < source.length) {
    const end = source.indexOf('\n', start);
    const stop = end < 0 ? source.length : end;
    const text = source.slice(start, source[stop - 1] === '\r' && stop > start ? stop - 1 : stop);
    lines.push({ text, start });
    start = stop + 1;
  }
  return lines;
}

/** Directives stand before everything else, also before comments; the first other line ends them. */
function readDirectives(lines: readonly Line[]): { escape: string; syntax?: string; from: number } {
  let escape = '\\';
  let syntax: string | undefined;
  let from = 0;
  for (; from < lines.length; from++) {
    const match = /^[ \t]*#[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*(\S.*)$/.exec(
      (lines[from]?.text ?? '').slice(0, 1000),
    );
    const name = match?.[1]?.toLowerCase();
    if (match === null || !['syntax', 'escape', 'check'].includes(name ?? '')) break;
    const value = (match[2] ?? '').trim();
    if (name === 'escape' && (value === '`' || value === '\\')) escape = value;
    if (name === 'syntax') syntax = value;
  }
  return { escape, from, ...(syntax === undefined ? {} : { syntax }) };
}

interface Joined {
  readonly text: string;
  readonly pieces: readonly { readonly at: number; readonly source: number }[];
  readonly end: number;
  readonly next: number;
}

function joinLines(lines: readonly Line[], from: number, escape: string): Joined {
  const parts: string[] = [];
  const pieces: { at: number; source: number }[] = [];
  let length = 0;
  let end = 0;
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    // Comments and empty lines inside an instruction are passed over.
    if (at > from && (isComment(line.text) || line.text.trim() === '')) continue;
    const skipped = at === from ? line.text.length - line.text.trimStart().length : 0;
    const { text, goesOn } = cutContinuation(line.text.slice(skipped), escape);
    pieces.push({ at: length, source: line.start + skipped });
    parts.push(text);
    length += text.length;
    end = line.start + skipped + text.trimEnd().length;
    if (!goesOn) {
      at++;
      break;
    }
  }
  return { text: parts.join(''), pieces, end, next: at };
}

/** An escape at the end of a line joins the next, unless another escape stands before it. */
function cutContinuation(line: string, escape: string): { text: string; goesOn: boolean } {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  const goesOn = end > 0 && line[end - 1] === escape && (end === 1 || line[end - 2] !== escape);
  return goesOn ? { text: line.slice(0, end - 1), goesOn } : { text: line, goesOn };
}

function toInstruction(
  joined: Joined,
  lines: readonly Line[],
  escape: string,
): { instruction: RawInstruction; next: number } {
  const text = joined.text.trimEnd();
  const keyword = (/^\S+/.exec(text)?.[0] ?? '').toUpperCase();
  let restStart = keyword.length;
  while (restStart < text.length && text.charAt(restStart).trim() === '') restStart++;
  const rest = text.slice(restStart);
  const heredocs: Heredoc[] = [];
  let next = joined.next;
  let unclosed: string | undefined;
  for (const { name, chomp } of heredocNames(keyword, rest, escape)) {
    const body = readHeredoc(lines, next, name, chomp);
    heredocs.push({ name, body: body.text });
    if (!body.closed) unclosed ??= name;
    next = body.next;
  }
  const { pieces } = joined;
  const instruction: RawInstruction = {
    keyword,
    text,
    rest,
    restStart,
    start: pieces[0]?.source ?? 0,
    end: joined.end,
    heredocs,
    ...(unclosed === undefined ? {} : { unclosed }),
    offsetOf: (at) => sourceOffset(pieces, at),
  };
  return { instruction, next };
}

function sourceOffset(pieces: Joined['pieces'], at: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece === undefined ? 0 : piece.source + at - piece.at;
}

/** Heredocs that ADD, COPY and RUN open: words of the form `<<NAME`, `<<-NAME`, `3<<"NAME"`. */
function heredocNames(keyword: string, rest: string, escape: string): { name: string; chomp: boolean }[] {
  if (keyword === 'ONBUILD') {
    const inner = /^(\S+)\s+(.*)$/s.exec(rest);
    return inner === null ? [] : heredocNames((inner[1] ?? '').toUpperCase(), inner[2] ?? '', escape);
  }
  if (!['ADD', 'COPY', 'RUN'].includes(keyword) || !rest.includes('<<')) return [];
  if (jsonWords(splitFlags(rest, escape).rest.text) !== undefined) return [];
  const { words, closed } = splitQuoted(rest, escape);
  if (!closed) return [];
  return words.flatMap((word) => {
    const match = /^\d*<<(-?)([^<]+)$/.exec(word.text);
    const name = (match?.[2] ?? '').replaceAll(/["']/g, '');
    return match === null || name === '' ? [] : [{ name, chomp: match[1] === '-' }];
  });
}

function readHeredoc(
  lines: readonly Line[],
  from: number,
  name: string,
  chomp: boolean,
): { text: string; closed: boolean; next: number } {
  const body: string[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]?.text ?? '';
    const compared = chomp ? line.replace(/^\t+/, '') : line;
    if (compared === name) return { text: body.join('\n'), closed: true, next: at + 1 };
    body.push(compared);
  }
  return { text: body.join('\n'), closed: false, next: lines.length };
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}
