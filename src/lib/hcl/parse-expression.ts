import type { BinaryOperator, HclExpression } from './ast.ts';
import { HclSyntaxError, type Cursor } from './cursor.ts';
import { parseObject, parseTuple } from './parse-collection.ts';
import { parseNumber } from './parse-number.ts';
import { parseHeredoc, parseQuoted } from './parse-template.ts';

/** Reads an expression (hclsyntax specification, "Expressions"); throws {@link HclSyntaxError}. */
export function parseExpression(cursor: Cursor): HclExpression {
  cursor.peek();
  const start = cursor.pos;
  const condition = parseBinary(cursor, 1);
  if (cursor.peek() !== QUESTION) return condition;
  cursor.take(1);
  cursor.links++;
  return cursor.inside(cursor.newlines, () => {
    const then = parseExpression(cursor);
    cursor.expect(COLON, '":" and the value for false');
    const otherwise = parseExpression(cursor);
    return { kind: 'conditional', condition, then, else: otherwise, at: cursor.range(start, cursor.last) };
  });
}

const QUESTION = 63;
const COLON = 58;
const DOT = 46;
const STAR = 42;
const OPEN_PAREN = 40;
const CLOSE_PAREN = 41;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** Binary operators by precedence, loosest first; all of them group to the left. */
const PRECEDENCE: ReadonlyMap<BinaryOperator, number> = new Map([
  ['||', 1],
  ['&&', 2],
  ['==', 3],
  ['!=', 3],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
]);

function parseBinary(cursor: Cursor, loosest: number): HclExpression {
  cursor.peek();
  const start = cursor.pos;
  let left = parseTermWithSteps(cursor);
  for (;;) {
    const operator = peekOperator(cursor);
    const precedence = operator === undefined ? 0 : (PRECEDENCE.get(operator) ?? 0);
    if (operator === undefined || precedence < loosest) return left;
    cursor.take(operator.length);
    cursor.links++;
    const right = parseBinary(cursor, precedence + 1);
    left = { kind: 'binary', operator, left, right, at: cursor.range(start, cursor.last) };
  }
}

function peekOperator(cursor: Cursor): BinaryOperator | undefined {
  const code = cursor.peek();
  const next = cursor.code(1);
  switch (code) {
    case 124:
      return next === 124 ? '||' : undefined;
    case 38:
      return next === 38 ? '&&' : undefined;
    case 61:
      return next === 61 ? '==' : undefined;
    case 33:
      return next === 61 ? '!=' : undefined;
    case 60:
      return next === 61 ? '<=' : '<';
    case 62:
      return next === 61 ? '>=' : '>';
    case 43:
      return '+';
    case 45:
      return '-';
    case STAR:
      return '*';
    case 47:
      return '/';
    case 37:
      return '%';
    default:
      return undefined;
  }
}

function parseTermWithSteps(cursor: Cursor): HclExpression {
  cursor.peek();
  const start = cursor.pos;
  return parseSteps(cursor, parseTerm(cursor), start);
}

/** `.name`, `.0`, `.*`, `[key]` and `[*]` after a value that began at `start`. */
function parseSteps(cursor: Cursor, from: HclExpression, start: number): HclExpression {
  let value = from;
  for (;;) {
    const code = cursor.peek();
    if (code !== OPEN_BRACKET && (code !== DOT || cursor.text.startsWith('...', cursor.pos))) return value;
    cursor.links++;
    const mark = cursor.pos;
    cursor.take(1);
    const isStar = cursor.peek() === STAR;
    if (isStar) {
      cursor.take(1);
      if (code === OPEN_BRACKET) cursor.expect(CLOSE_BRACKET, '"]" after "[*"');
      const element: HclExpression = { kind: 'variable', name: '*', at: cursor.range(mark, cursor.last) };
      const each =
        code === DOT
          ? parseAttributeSteps(cursor, element, mark)
          : cursor.inside(cursor.newlines, () => parseSteps(cursor, element, mark));
      value = { kind: 'splat', of: value, each, full: code !== DOT, at: cursor.range(start, cursor.last) };
    } else if (code === DOT) {
      value = parseAttributeStep(cursor, value, start);
    } else {
      const key = cursor.inside(false, () => {
        const inner = parseExpression(cursor);
        cursor.expect(CLOSE_BRACKET, '"]"');
        return inner;
      });
      value = { kind: 'index', of: value, key, at: cursor.range(start, cursor.last) };
    }
  }
}

/** What a `.*` takes in: attributes and legacy indices, no brackets. */
function parseAttributeSteps(cursor: Cursor, from: HclExpression, start: number): HclExpression {
  let value = from;
  while (cursor.peek() === DOT && !cursor.text.startsWith('...', cursor.pos)) {
    cursor.links++;
    cursor.take(1);
    value = parseAttributeStep(cursor, value, start);
  }
  return value;
}

function parseAttributeStep(cursor: Cursor, of: HclExpression, start: number): HclExpression {
  cursor.peek();
  const mark = cursor.pos;
  const name = cursor.identifier();
  if (name !== undefined) return { kind: 'attribute', of, name, at: cursor.range(start, cursor.last) };
  if (!isDigit(cursor.code())) cursor.fail('expected the name of an attribute after "."');
  const value = parseNumber(cursor);
  if (/[.eE]/.test(cursor.text.slice(mark, cursor.last)))
    throw new HclSyntaxError('two legacy indices in a row; write [0][0]', mark, cursor.last);
  const key: HclExpression = { kind: 'literal', value, at: cursor.range(mark, cursor.last) };
  return { kind: 'index', of, key, at: cursor.range(start, cursor.last) };
}

function parseTerm(cursor: Cursor): HclExpression {
  const code = cursor.peek();
  const start = cursor.pos;
  switch (code) {
    case OPEN_PAREN:
      cursor.take(1);
      return cursor.inside(false, () => {
        const inner = parseExpression(cursor);
        cursor.expect(CLOSE_PAREN, '")"');
        return inner;
      });
    case 34:
      return parseQuoted(cursor, parseExpression);
    case 60:
      if (cursor.code(1) === 60) return parseHeredoc(cursor, parseExpression);
      break;
    case OPEN_BRACKET:
      return parseTuple(cursor, parseExpression);
    case 123:
      return parseObject(cursor, parseExpression);
    case 45:
    case 33:
      cursor.take(1);
      return cursor.inside(cursor.newlines, () => {
        const of = parseTermWithSteps(cursor);
        return { kind: 'unary', operator: code === 45 ? '-' : '!', of, at: cursor.range(start, cursor.last) };
      });
  }
  if (isDigit(code)) {
    const value = parseNumber(cursor);
    return { kind: 'literal', value, at: cursor.range(start, cursor.last) };
  }
  const name = cursor.identifier();
  if (name === undefined) cursor.fail('expected an expression');
  return parseNamed(cursor, name, start);
}

function parseNamed(cursor: Cursor, first: string, start: number): HclExpression {
  const end = cursor.last;
  let name = first;
  while (cursor.peek() === COLON && cursor.code(1) === COLON) {
    cursor.take(2);
    const more = cursor.identifier();
    if (more === undefined) cursor.fail('expected the name of a function after "::"');
    name = `${name}::${more}`;
  }
  if (cursor.peek() === OPEN_PAREN) return parseCall(cursor, name, start);
  if (name !== first) cursor.fail('expected "(" after the name of a function');
  const at = cursor.range(start, end);
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', at };
  if (name === 'null') return { kind: 'literal', value: null, at };
  return { kind: 'variable', name, at };
}

function parseCall(cursor: Cursor, name: string, start: number): HclExpression {
  cursor.take(1);
  return cursor.inside(false, () => {
    const args: HclExpression[] = [];
    let expandLast = false;
    while (cursor.peek() !== CLOSE_PAREN) {
      args.push(parseExpression(cursor));
      if (cursor.accept(44)) continue;
      expandLast = cursor.peek() === DOT && cursor.text.startsWith('...', cursor.pos);
      if (expandLast) cursor.take(3);
      break;
    }
    cursor.expect(CLOSE_PAREN, '"," or ")"');
    return { kind: 'call', name, args, expandLast, at: cursor.range(start, cursor.last) };
  });
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
