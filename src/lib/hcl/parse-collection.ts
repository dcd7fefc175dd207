import type { HclExpression } from './ast.ts';
import { HclSyntaxError, type Cursor, type ReadExpression } from './cursor.ts';

const COMMA = 44;
const CLOSE_BRACKET = 93;
const CLOSE_BRACE = 125;

/** Reads `[…]`: a tuple, or a `for` that makes one. */
export function parseTuple(cursor: Cursor, expression: ReadExpression): HclExpression {
  const start = cursor.pos;
  cursor.take(1);
  return cursor.inside(false, () => {
    if (cursor.isKeyword('for')) return parseFor(cursor, expression, start, CLOSE_BRACKET);
    const items: HclExpression[] = [];
    while (cursor.peek() !== CLOSE_BRACKET) {
      items.push(expression(cursor));
      if (!cursor.accept(COMMA)) break;
    }
    cursor.expect(CLOSE_BRACKET, '"," or "]"');
    return { kind: 'tuple', items, at: cursor.range(start, cursor.last) };
  });
}

/** Reads `{…}`: an object, whose elements end at a comma or a line end, or a `for` that makes one. */
export function parseObject(cursor: Cursor, expression: ReadExpression): HclExpression {
  const start = cursor.pos;
  cursor.take(1);
  const isFor = cursor.inside(false, () => {
    const before = cursor.pos;
    const found = cursor.isKeyword('for');
    cursor.pos = before;
    return found;
  });
  if (isFor) return cursor.inside(false, () => parseFor(cursor, expression, start, CLOSE_BRACE));
  return cursor.inside(true, () => {
    const entries: { key: HclExpression; value: HclExpression }[] = [];
    for (let next = cursor.peek(); next !== CLOSE_BRACE; next = cursor.peek()) {
      if (next === 10) {
        cursor.skipNewline();
        continue;
      }
      entries.push(parseEntry(cursor, expression));
      const after = cursor.peek();
      if (after === 10) cursor.skipNewline();
      else if (after === COMMA) cursor.take(1);
      else if (after !== CLOSE_BRACE) cursor.fail('expected a line end, "," or "}" after an element of an object');
    }
    cursor.take(1);
    return { kind: 'object', entries, at: cursor.range(start, cursor.last) };
  });
}

function parseEntry(cursor: Cursor, expression: ReadExpression): { key: HclExpression; value: HclExpression } {
  const isWrapped = cursor.peek() === 40;
  const read = expression(cursor);
  const code = cursor.peek();
  if ((code !== 61 && code !== 58) || cursor.code(1) === 61)
    cursor.fail('expected "=" or ":" after the key of an object');
  cursor.take(1);
  return { key: isWrapped ? read : bareKey(read), value: expression(cursor) };
}

/** A name that stands alone as a key is its own text. */
function bareKey(key: HclExpression): HclExpression {
  if (key.kind === 'variable') return { kind: 'literal', value: key.name, at: key.at };
  if (key.kind === 'literal' && (key.value === null || typeof key.value === 'boolean'))
    return { kind: 'literal', value: String(key.value), at: key.at };
  return key;
}

function parseFor(cursor: Cursor, expression: ReadExpression, start: number, close: number): HclExpression {
  const names = parseForHead(cursor);
  const collection = expression(cursor);
  cursor.expect(58, '":" after the collection of a for');
  const first = expression(cursor);
  const isObject = cursor.peek() === 61 && cursor.code(1) === 62;
  if (isObject) cursor.take(2);
  const value = isObject ? expression(cursor) : first;
  const grouped = cursor.peek() === 46 && cursor.text.startsWith('...', cursor.pos);
  if (grouped) cursor.take(3);
  const hasCondition = cursor.isKeyword('if');
  if (hasCondition) cursor.take(2);
  const condition = hasCondition ? expression(cursor) : undefined;
  cursor.expect(close, 'the end of the for');
  if (isObject !== (close === CLOSE_BRACE) || (grouped && !isObject))
    throw new HclSyntaxError('a for of an object has "key => value", a for of a tuple has not', start, cursor.last);
  return {
    kind: 'for',
    ...names,
    collection,
    ...(isObject ? { key: first } : {}),
    value,
    ...(condition === undefined ? {} : { condition }),
    grouped,
    at: cursor.range(start, cursor.last),
  };
}

/** Reads `for name in` or `for key, name in`. */
export function parseForHead(cursor: Cursor): { readonly keyName?: string; readonly valueName: string } {
  cursor.peek();
  cursor.take(3);
  const first = cursor.identifier() ?? cursor.fail('expected a name after "for"');
  const second = cursor.accept(COMMA)
    ? (cursor.identifier() ?? cursor.fail('expected a second name after ","'))
    : undefined;
  if (!cursor.isKeyword('in')) cursor.fail('expected "in"');
  cursor.take(2);
  return second === undefined ? { valueName: first } : { keyName: first, valueName: second };
}
