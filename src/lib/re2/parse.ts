import { EMPTY, type Assertion, type Node } from './ast.ts';
import { fold } from './case-fold.ts';
import { EVERYTHING, negate, type CharSet } from './char-set.ts';
import { fail, Reader, Re2SyntaxError } from './reader.ts';
import { parseBracket } from './parse-bracket.ts';
import { parseClassEscape, parseRune } from './parse-escape.ts';

/** A parsed expression, or why RE2 would not take it; `offset` counts UTF-16 units from 0. */
export type ParsedRe2 =
  | { readonly ok: true; readonly node: Node; readonly groups: number }
  | { readonly ok: false; readonly message: string; readonly offset: number };

const MAX_LENGTH = 65_536;
const MAX_REPEAT = 1000;
const MAX_DEPTH = 500;

/** Parses RE2 syntax (https://github.com/google/re2/wiki/Syntax, with Go's `syntax.Perl` flags). Never throws. */
export function parseRe2(pattern: string): ParsedRe2 {
  if (pattern.length > MAX_LENGTH) return { ok: false, message: 'expression too long', offset: MAX_LENGTH };
  try {
    const state: State = { in: new Reader(pattern), names: new Set(), groups: 0 };
    const node = alternation(state, { i: false, m: false, s: false, U: false }, 0);
    if (!state.in.done) fail('unexpected )', state.in.at);
    return { ok: true, node, groups: state.groups };
  } catch (error) {
    if (error instanceof Re2SyntaxError) return { ok: false, message: error.message, offset: error.offset };
    throw error;
  }
}

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  U: boolean;
}

interface State {
  readonly in: Reader;
  readonly names: Set<string>;
  groups: number;
}

/** Reads up to the closing parenthesis or the end. `flags` belong to this group and change within it. */
function alternation(state: State, flags: Flags, depth: number): Node {
  if (depth > MAX_DEPTH) fail('expression nests too deeply', state.in.at);
  const branches: Node[] = [];
  for (;;) {
    branches.push(sequence(state, flags, depth));
    if (!state.in.eat('|')) break;
  }
  return branches.length === 1 ? (branches[0] ?? EMPTY) : { kind: 'alternate', parts: branches };
}

function sequence(state: State, flags: Flags, depth: number): Node {
  const reader = state.in;
  const parts: Node[] = [];
  // A repetition may follow an operand, once.
  let operand: 'none' | 'fresh' | 'repeated' = 'none';
  while (!reader.done && reader.peek() !== '|' && reader.peek() !== ')') {
    const start = reader.at;
    const repeat = repetition(reader);
    if (repeat !== undefined) {
      const body = parts.pop();
      if (operand === 'none' || body === undefined) fail('missing argument to repetition operator', start);
      if (operand === 'repeated') fail('invalid nested repetition operator', start);
      const lazy = reader.eat('?') !== flags.U;
      if (repeatDepth(body) * Math.max(1, finite(repeat.max, repeat.min)) > MAX_REPEAT)
        fail('invalid repeat count', start);
      parts.push({ kind: 'repeat', body, ...repeat, lazy });
      operand = 'repeated';
      continue;
    }
    const read = atom(state, flags, depth);
    parts.push(...read);
    // After a change of flags a repetition takes what stands before it, as in Go.
    operand = parts.length > 0 ? 'fresh' : 'none';
  }
  return parts.length === 1 ? (parts[0] ?? EMPTY) : { kind: 'concat', parts };
}

/** One operand; several for a quoted run; none for a change of flags. */
function atom(state: State, flags: Flags, depth: number): Node[] {
  const reader = state.in;
  const char = reader.peek();
  if (char === '(') return group(state, flags, depth);
  if (char === '[') return [{ kind: 'set', set: parseBracket(reader, flags.i) }];
  if (char === '\\') return escape(reader, flags);
  reader.next();
  if (char === '.') return [{ kind: 'set', set: flags.s ? EVERYTHING : negate([0x0a, 0x0a]) }];
  if (char === '^') return [assertion(flags.m ? 'line-start' : 'text-start')];
  if (char === '$') return [assertion(flags.m ? 'line-end' : 'text-end')];
  return [literal(char.codePointAt(0) ?? 0, flags)];
}

function group(state: State, flags: Flags, depth: number): Node[] {
  const reader = state.in;
  const start = reader.at;
  reader.next();
  let inner = flags;
  let capture: { index: number; name?: string } | undefined;
  const name = groupName(state, start);
  if (name !== undefined || !reader.eat('?')) {
    capture = { index: ++state.groups, ...(name === undefined ? {} : { name }) };
  } else {
    const changed = readFlags(reader, flags, start);
    if (changed.closed) {
      Object.assign(flags, changed.flags);
      return [];
    }
    inner = changed.flags;
  }
  const body = alternation(state, { ...inner }, depth + 1);
  if (!reader.eat(')')) fail('missing closing )', start);
  return [capture === undefined ? wrap(body) : { kind: 'group', body, ...capture }];
}

/** Keeps `(?:a|b)` one operand also when it is empty or a sequence. */
function wrap(body: Node): Node {
  return { kind: 'concat', parts: [body] };
}

function groupName(state: State, start: number): string | undefined {
  const found = state.in.match(/\(\?P?<([^>]{0,200})>/y, start);
  if (found === undefined) {
    if (state.in.match(/\(\?P?<(?![=!])/y, start)) fail('invalid named capture', start);
    return undefined;
  }
  const name = found[1] ?? '';
  if (!/^\w+$/.test(name)) fail('invalid named capture', start);
  if (state.names.has(name)) fail('duplicate capture group name', start);
  state.names.add(name);
  state.in.at = start + found[0].length;
  return name;
}

function readFlags(reader: Reader, before: Flags, start: number): { flags: Flags; closed: boolean } {
  const flags = { ...before };
  let value = true;
  let saw = false;
  while (!reader.done) {
    const char = reader.next();
    if (char === 'i' || char === 'm' || char === 's' || char === 'U') {
      flags[char] = value;
      saw = true;
    } else if (char === '-' && value) {
      value = false;
      saw = false;
    } else if ((char === ':' || char === ')') && (value || saw)) {
      return { flags, closed: char === ')' };
    } else break;
  }
  return fail('invalid or unsupported Perl syntax', start);
}

function escape(reader: Reader, flags: Flags): Node[] {
  const start = reader.at;
  const quoted = reader.match(/\\Q([\s\S]*?)(?:\\E|$)/y, start);
  if (quoted !== undefined) {
    reader.at = start + quoted[0].length;
    return Array.from(quoted[1] ?? '', (char) => literal(char.codePointAt(0) ?? 0, flags));
  }
  const simple = { A: 'text-start', z: 'text-end', b: 'word', B: 'not-word' } as const;
  const after = reader.peek(1);
  if (after === 'A' || after === 'z' || after === 'b' || after === 'B') {
    reader.at += 2;
    return [assertion(simple[after])];
  }
  const set = parseClassEscape(reader, flags.i);
  if (set !== undefined) return [{ kind: 'set', set }];
  return [literal(parseRune(reader), flags)];
}

function repetition(reader: Reader): { min: number; max: number } | undefined {
  if (reader.eat('*')) return { min: 0, max: Infinity };
  if (reader.eat('+')) return { min: 1, max: Infinity };
  if (reader.eat('?')) return { min: 0, max: 1 };
  const start = reader.at;
  const counted = reader.match(/\{(0|[1-9]\d{0,8})(,?)(0|[1-9]\d{0,8})?\}/y, start);
  if (counted === undefined || (counted[2] === '' && counted[3] !== undefined)) return undefined;
  const min = Number(counted[1]);
  const max = counted[2] === '' ? min : counted[3] === undefined ? Infinity : Number(counted[3]);
  if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT) || max < min) fail('invalid repeat count', start);
  reader.at = start + counted[0].length;
  return { min, max };
}

/** Product of the nested counted repetitions, as RE2 bounds it. */
function repeatDepth(node: Node): number {
  if (node.kind === 'repeat') {
    const own = node.max === Infinity && node.min <= 1 ? 1 : Math.max(1, finite(node.max, node.min));
    return own * repeatDepth(node.body);
  }
  if (node.kind === 'group') return repeatDepth(node.body);
  if (node.kind === 'concat' || node.kind === 'alternate') return Math.max(1, ...node.parts.map(repeatDepth));
  return 1;
}

function finite(max: number, min: number): number {
  return max === Infinity ? min : max;
}

function assertion(what: Assertion): Node {
  return { kind: 'assert', what };
}

function literal(code: number, flags: Flags): Node {
  const set: CharSet = [code, code];
  return { kind: 'set', set: flags.i ? fold(set) : set };
}
