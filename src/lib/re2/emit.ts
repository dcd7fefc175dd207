import { maxWidth, wordAssertions } from './analyse.ts';
import { hasGroup, type Node } from './ast.ts';
import { MAX_CODE_POINT, negate, rangesOf, type CharSet } from './char-set.ts';

/** Where a group of the RE2 expression stands among the captures of the JavaScript one. */
export interface GroupMap {
  /** Captures that may hold it; several when a counted repetition was written out. The last one that took part holds it. */
  readonly captures: readonly number[];
  /** Captures whose lengths add up to its offset in the match; undefined below a repetition, where no such sum exists. */
  readonly before?: readonly number[];
}

export interface Emitted {
  readonly source: string;
  /** By index of the RE2 group; index 0 is unused. */
  readonly groups: readonly (GroupMap | undefined)[];
  /** Number of single-character steps in the source: the size of its automaton. */
  readonly size: number;
  /** Whether `^`/`$` of `(?m)` were left to the `m` flag. */
  readonly multiline: boolean;
}

/** How to write it: `counted` with `{m,n}` and lookaround for line ends, `linear` only with what V8's linear engine takes. */
export type Dialect = 'counted' | 'linear';

/** Bound on the written-out size; undefined is returned above it. */
export const MAX_SIZE = 20_000;
/** Bound on the source in characters: V8 compiles it on first use, in time that grows with its classes. */
const MAX_SOURCE = 60_000;
/** Word boundaries on one path: V8's compiler splits its code at each, and runs out of memory on some dozens. */
const MAX_WORD_ASSERTIONS = 8;

/** Writes an expression as JavaScript source, without `u` and `i`; undefined when it would become too large or can't be said. */
export function emit(node: Node, dialect: Dialect): Emitted | undefined {
  if (wordAssertions(node) > MAX_WORD_ASSERTIONS) return undefined;
  const out: Writer = { dialect, groups: [], captures: 0, size: 0, multiline: false, whole: false };
  const source = write(out, node, []);
  if (source.length > MAX_SOURCE || out.size > MAX_SIZE || (out.multiline && out.whole)) return undefined;
  return { source, groups: out.groups, size: out.size, multiline: out.multiline };
}

interface Writer {
  readonly dialect: Dialect;
  readonly groups: (GroupMap | undefined)[];
  captures: number;
  size: number;
  multiline: boolean;
  whole: boolean;
}

/** `before` are the captures that precede the node, undefined below a repetition. */
function write(out: Writer, node: Node, before: readonly number[] | undefined): string {
  if (out.size > MAX_SIZE) return '';
  switch (node.kind) {
    case 'empty':
      return '(?:)';
    case 'set':
      out.size++;
      return writeSet(node.set);
    case 'assert':
      return writeAssertion(out, node.what);
    case 'alternate':
      return `(?:${node.parts.map((part) => write(out, part, before)).join('|')})`;
    case 'repeat':
      return writeRepeat(out, node);
    case 'group': {
      const capture = ++out.captures;
      const known = out.groups[node.index];
      const captures = [...(known?.captures ?? []), capture];
      out.groups[node.index] = { captures, ...(before === undefined ? {} : { before }) };
      return `(${write(out, node.body, before)})`;
    }
    case 'concat':
      return writeConcat(out, node.parts, before);
  }
}

/** Captures the stretches before a group, so that its offset is a sum: JavaScript's own indices bar the linear engine. */
function writeConcat(out: Writer, parts: readonly Node[], before: readonly number[] | undefined): string {
  const lastGroup = before === undefined ? -1 : parts.findLastIndex(hasGroup);
  let text = '';
  let seen = before;
  for (let i = 0; i < parts.length;) {
    const start = i;
    while (i < lastGroup && !hasGroup(parts[i] ?? { kind: 'empty' })) i++;
    if (i === start) i++;
    const run = parts.slice(start, i);
    const wraps = start < lastGroup && run[0]?.kind !== 'group';
    const capture = start < lastGroup ? out.captures + 1 : 0;
    if (wraps) out.captures++;
    const inner = run.map((part) => write(out, part, seen)).join('');
    text += wraps ? `(${inner})` : inner;
    if (capture > 0 && seen !== undefined) seen = [...seen, capture];
  }
  return text === '' ? '(?:)' : parts.length > 1 ? `(?:${text})` : text;
}

function writeRepeat(out: Writer, node: Node & { kind: 'repeat' }): string {
  const { body } = node;
  // Saying it twice of the same place adds nothing, and V8 would write it out.
  const empty = maxWidth(body) === 0;
  const min = empty ? Math.min(1, node.min) : node.min;
  const max = empty ? Math.min(1, node.max) : node.max;
  const lazy = node.lazy ? '?' : '';
  const simple = (min === 0 || min === 1) && (max === 1 || max === Infinity);
  if (simple || out.dialect === 'counted') {
    const before = out.size;
    const operand = quantifiable(body, write(out, body, undefined));
    if (!simple) out.size += (out.size - before) * (Math.max(min, max === Infinity ? min + 1 : max, 1) - 1);
    return `${operand}${quantifier(min, max)}${lazy}`;
  }
  const copy = (): string => quantifiable(body, write(out, body, undefined));
  let text = '';
  for (let i = 0; i < min && out.size <= MAX_SIZE; i++) text += copy();
  if (max === Infinity) return `(?:${text}${copy()}*${lazy})`;
  let tail = '';
  const optional: string[] = [];
  for (let i = min; i < max && out.size <= MAX_SIZE; i++) optional.push(copy());
  for (const part of optional.reverse()) tail = `(?:${part}${tail})?${lazy}`;
  return `(?:${text}${tail})`;
}

function quantifiable(body: Node, text: string): string {
  return body.kind === 'set' && !text.startsWith('(') ? text : body.kind === 'group' ? text : `(?:${text})`;
}

function quantifier(min: number, max: number): string {
  if (min === 0 && max === Infinity) return '*';
  if (min === 1 && max === Infinity) return '+';
  if (min === 0 && max === 1) return '?';
  return max === Infinity ? `{${min},}` : min === max ? `{${min}}` : `{${min},${max}}`;
}

function writeAssertion(out: Writer, what: (Node & { kind: 'assert' })['what']): string {
  if (what === 'word') return '\\b';
  if (what === 'not-word') return '\\B';
  const starts = what === 'text-start' || what === 'line-start';
  if (what === 'text-start' || what === 'text-end') {
    out.whole = true;
    return starts ? '^' : '$';
  }
  if (out.dialect === 'counted') return starts ? '(?<![^\\n])' : '(?![^\\n])';
  out.multiline = true;
  return starts ? '^' : '$';
}

/** A class over UTF-16 units; code points above the BMP become pairs, unless the set holds all of them. */
function writeSet(set: CharSet): string {
  const all = set.at(-1) === MAX_CODE_POINT && (set.at(-2) ?? Infinity) <= 0x10000;
  if (all) {
    const missing = rangesOf(negate(set));
    return missing.length === 0 ? '[^]' : `[^${missing.map(classRange).join('')}]`;
  }
  const plain = rangesOf(set).flatMap(([low, high]) => (low > 0xffff ? [] : [[low, Math.min(high, 0xffff)] as const]));
  const pairs = rangesOf(set).flatMap(([low, high]) =>
    high > 0xffff ? surrogatePairs(Math.max(low, 0x10000), high) : [],
  );
  const only = plain[0];
  const bmp =
    plain.length === 1 && only !== undefined && only[0] === only[1]
      ? unit(only[0])
      : `[${plain.map(classRange).join('')}]`;
  return pairs.length === 0 ? bmp : `(?:${[...(plain.length > 0 ? [bmp] : []), ...pairs].join('|')})`;
}

function surrogatePairs(low: number, high: number): string[] {
  const lead = (code: number): number => 0xd800 + ((code - 0x10000) >> 10);
  const trail = (code: number): number => 0xdc00 + ((code - 0x10000) & 0x3ff);
  const pair = (from: number, to: number, a: number, b: number): string =>
    `[${classRange([from, to])}][${classRange([a, b])}]`;
  if (lead(low) === lead(high)) return [pair(lead(low), lead(low), trail(low), trail(high))];
  const out = [pair(lead(low), lead(low), trail(low), 0xdfff)];
  if (lead(high) - lead(low) > 1) out.push(pair(lead(low) + 1, lead(high) - 1, 0xdc00, 0xdfff));
  return [...out, pair(lead(high), lead(high), 0xdc00, trail(high))];
}

function classRange([low, high]: readonly [number, number]): string {
  if (low === high) return unit(low);
  return high === low + 1 ? unit(low) + unit(high) : `${unit(low)}-${unit(high)}`;
}

/** One UTF-16 unit, safe in and outside a class. */
function unit(code: number): string {
  const char = String.fromCharCode(code);
  if (/[A-Za-z0-9_]/.test(char)) return char;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
