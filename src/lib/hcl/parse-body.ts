import type { HclAttribute, HclBlock, HclBody, HclExpression } from './ast.ts';
import { HclSyntaxError, type Cursor } from './cursor.ts';
import { isHigherThan } from './height.ts';
import { parseExpression } from './parse-expression.ts';
import { parseQuoted } from './parse-template.ts';
import type { Problems } from './problems.ts';
import { nextBlock, skipItem } from './recover.ts';

/** Reads a whole file. What does not parse becomes a problem; the rest is in the body. Throws nothing. */
export function parseFileBody(cursor: Cursor, problems: Problems): HclBody {
  const reader: Reader = { cursor, problems, lenient: false };
  const whole = cursor.end;
  const items: Items = { attributes: [], blocks: [], names: new Set() };
  cursor.newlines = true;
  if (cursor.text.startsWith('\ufeff')) cursor.pos = 1;
  const first = cursor.pos;
  while (cursor.pos < whole && !problems.isFull()) readTopItem(reader, items, whole);
  if (cursor.pos < whole) problems.add('too many errors; the rest is not read', cursor.pos, whole);
  return { at: cursor.range(first, whole), attributes: items.attributes, blocks: items.blocks };
}

/** The tree is no higher than this, so that who walks it may recurse. */
const HIGHEST = 500;
/** So many links are within the height whatever they are, because brackets have a bound of their own. */
const FEW_LINKS = 100;

const NEWLINE = 10;
const CLOSE_BRACE = 125;

interface Reader {
  readonly cursor: Cursor;
  readonly problems: Problems;
  /** The end of the text closes what is open: the second attempt at a block that is not closed. */
  readonly lenient: boolean;
}

interface Items {
  readonly attributes: HclAttribute[];
  readonly blocks: HclBlock[];
  readonly names: Set<string>;
}

/** One item of the file. A block that is not closed is read again as if it ended where the next one starts at the margin. */
function readTopItem(reader: Reader, into: Items, whole: number): void {
  const { cursor, problems } = reader;
  const start = cursor.pos;
  const known = problems.list.length;
  try {
    const next = cursor.peek();
    if (next === NEWLINE) cursor.skipNewline();
    else if (next !== -1) readItem(reader, into, false);
  } catch (error) {
    const problem = asSyntaxError(error);
    const lineEnd = cursor.text.indexOf('\n', start);
    const bound = nextBlock(cursor.text, lineEnd < 0 ? whole : lineEnd, whole);
    problems.keep(known);
    // What went wrong may stand in a block that the open one had swallowed.
    if (problem.start < bound) problems.add(problem.message, problem.start, bound);
    else problems.add('a block is not closed', start, bound);
    cursor.pos = start;
    cursor.end = bound;
    try {
      if (cursor.peek() !== -1) readItem({ ...reader, lenient: true }, into, false);
    } catch (again) {
      asSyntaxError(again);
    } finally {
      cursor.end = whole;
      cursor.pos = bound;
      cursor.newlines = true;
    }
  }
}

/** Reads an attribute or block and the line end after it. `oneLine`: it stands on the line of its block's
 * brace, where only one attribute may, with the closing brace. */
function readItem(reader: Reader, into: Items, oneLine: boolean): void {
  const { problems } = reader;
  // The annotation lets `fail` narrow.
  const cursor: Cursor = reader.cursor;
  const start = cursor.pos;
  const name = cursor.identifier();
  const nameEnd = cursor.last;
  try {
    if (name === undefined) cursor.fail('expected an attribute or a block');
    const isAttribute = cursor.peek() === 61 && cursor.code(1) !== 61;
    let isBroken = false;
    if (isAttribute) {
      const attribute = { name, nameAt: cursor.range(start, nameEnd), value: readValue(reader) };
      isBroken = attribute.value.kind === 'broken';
      if (into.names.has(name)) problems.add(`${name} is set a second time`, start, nameEnd);
      else into.attributes.push(attribute);
      into.names.add(name);
    } else into.blocks.push(readBlock(reader, name, start));
    const next = cursor.peek();
    const isClosed = oneLine ? isAttribute && next === CLOSE_BRACE : next === NEWLINE || next === -1;
    if (!isClosed && !isBroken)
      problems.add(oneLine ? 'expected "}" on the same line' : 'expected a line end', cursor.pos, cursor.pos + 1);
    if (next === NEWLINE) cursor.skipNewline();
  } catch (error) {
    const problem = asSyntaxError(error);
    if (problem.fatal) throw problem;
    problems.add(problem.message, problem.start, problem.end);
    skipItem(cursor, start);
    if (cursor.pos === start) cursor.take(1);
  }
}

function readValue(reader: Reader): HclExpression {
  const { cursor, problems, lenient } = reader;
  cursor.take(1);
  cursor.peek();
  const start = cursor.pos;
  cursor.links = 0;
  try {
    const value = parseExpression(cursor);
    const next = cursor.peek();
    if (next !== NEWLINE && next !== -1 && next !== CLOSE_BRACE) cursor.fail('expected a line end after the value');
    if (cursor.links > FEW_LINKS && isHigherThan(value, HIGHEST))
      throw new HclSyntaxError(`more than ${HIGHEST} operations inside each other`, start, cursor.last);
    return value;
  } catch (error) {
    const problem = asSyntaxError(error);
    if (problem.fatal && !lenient) throw problem;
    problems.add(problem.message, problem.start, problem.end);
    if (problem.fatal) cursor.take(cursor.end - cursor.pos);
    else skipItem(cursor, start);
    return { kind: 'broken', text: cursor.text.slice(start, cursor.pos), at: cursor.range(start, cursor.pos) };
  }
}

function readBlock(reader: Reader, type: string, start: number): HclBlock {
  const cursor: Cursor = reader.cursor;
  const labels: string[] = [];
  for (let next = cursor.peek(); next !== 123; next = cursor.peek()) {
    const label = next === 34 ? readLabel(cursor) : cursor.identifier();
    if (label === undefined) cursor.fail('expected "=", a label or "{"');
    labels.push(label);
  }
  const headAt = cursor.range(start, cursor.last);
  const open = cursor.pos;
  const items: Items = { attributes: [], blocks: [], names: new Set() };
  cursor.inside(true, () => {
    cursor.take(1);
    readItems(reader, items, start, open);
  });
  const body = { at: cursor.range(open, cursor.last), attributes: items.attributes, blocks: items.blocks };
  return { type, labels, at: cursor.range(start, cursor.last), headAt, body };
}

function readItems({ cursor, problems, ...rest }: Reader, items: Items, start: number, open: number): void {
  let isFirst = true;
  for (let next = cursor.peek(); next !== CLOSE_BRACE; next = cursor.peek()) {
    if (problems.isFull()) throw new HclSyntaxError('too many errors; the block is not read', start, cursor.pos, true);
    if (next === -1) {
      if (!rest.lenient) throw new HclSyntaxError('a block is not closed', start, open + 1, true);
      cursor.last = cursor.end;
      return;
    }
    if (next === NEWLINE) cursor.skipNewline();
    else readItem({ cursor, problems, ...rest }, items, isFirst);
    isFirst = false;
  }
  cursor.take(1);
}

function readLabel(cursor: Cursor): string {
  const start = cursor.pos;
  const label = parseQuoted(cursor, parseExpression);
  const parts = label.kind === 'template' ? label.parts : [];
  return parts
    .map((part) => {
      if (part.kind !== 'text') throw new HclSyntaxError('a label is a plain string', start, cursor.last);
      return part.text;
    })
    .join('');
}

/** A syntax error; any other one is a bug, and goes on. */
function asSyntaxError(error: unknown): HclSyntaxError {
  if (!(error instanceof HclSyntaxError)) throw error;
  return error;
}
