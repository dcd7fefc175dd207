/** Collection functions on lists and maps: https://developer.hashicorp.com/terraform/language/functions#collection-functions. */

import { canonicalText, equalValues, firstUnknown } from '../compare.ts';
import { convert } from '../convert.ts';
import type { FunctionTools, TfFunction } from '../functions.ts';
import { sizeOf } from '../measure.ts';
import { unifyTypes } from '../unify-types.ts';
import { unifyValues } from '../unify.ts';
import { typeOf } from '../types.ts';
import { TerraformError, type TfUnknown, type TfValue } from '../value.ts';
import { bool, define, list, marked, number, unknownLike, wrongKind } from './define.ts';
import { graphemes } from './graphemes.ts';
import { argumentAt, itemsAt, listAt, textOf, wholeAt } from './read.ts';

const LIST = { kind: 'list', of: 'any' } as const;
const BOOLS = { kind: 'list', of: 'bool' } as const;
const TEXTS = { kind: 'list', of: 'string' } as const;
const DEPRECATED = { rest: 'any', nulls: true, unknown: 'never' } as const;

export const COLLECTIONS: readonly (readonly [string, TfFunction])[] = [
  define('length', { params: ['any'], gives: 'number' }, (args, tools) => {
    const value = argumentAt(args, 0);
    if (value.kind === 'string') return number(graphemes(value.value).length, tools);
    if (value.kind === 'object') return number(value.entries.size, tools);
    if (value.kind !== 'list') throw wrongKind(value, 'a string, a collection or a structure');
    const hole = value.isSet ? firstUnknown(value) : undefined;
    // Unknown elements of a set may be equal to others.
    return hole !== undefined && value.items.length > 1
      ? unknownLike(hole, tools, { type: 'number' })
      : number(value.items.length, tools);
  }),
  define('alltrue', { params: [BOOLS], gives: 'bool' }, (args, tools) => {
    for (const item of itemsAt(args, 0)) {
      if (item.kind === 'unknown') return unknownLike(item, tools, { type: 'bool' });
      if (item.kind === 'null' || (item.kind === 'bool' && !item.value)) return bool(false, tools);
    }
    return bool(true, tools);
  }),
  define('anytrue', { params: [BOOLS], gives: 'bool' }, (args, tools) => {
    const items = itemsAt(args, 0);
    if (items.some((item) => item.kind === 'bool' && item.value)) return bool(true, tools);
    const hole = items.find((item) => item.kind === 'unknown');
    return hole === undefined ? bool(false, tools) : unknownLike(hole, tools, { type: 'bool' });
  }),
  define('chunklist', { params: [LIST, 'number'], gives: LIST }, (args, tools) => {
    const items = itemsAt(args, 0);
    const size = wholeAt(args, 1);
    if (size < 0) throw new TerraformError('the size of chunklist() must not be negative');
    if (items.length === 0) return list([], tools);
    const width = size === 0 ? items.length : size;
    const chunks = Array.from({ length: Math.ceil(items.length / width) }, (_, index) =>
      list(items.slice(index * width, (index + 1) * width), tools),
    );
    return list(chunks, tools);
  }),
  define('coalesce', { rest: 'any', nulls: true, unknown: 'never', ownMarks: true }, (args, tools) => {
    const values = unifyValues(args);
    if (values === undefined) throw new TerraformError('all arguments of coalesce() must have the same type');
    for (const value of values) {
      if (value.kind === 'unknown') return unknownLike(value, tools, { ...value.constraint, notNull: true });
      if (value.kind !== 'null' && !(value.kind === 'string' && value.value === '')) return value;
    }
    throw new TerraformError('no argument of coalesce() is neither null nor an empty string');
  }),
  define('coalescelist', { rest: 'any', nulls: true, unknown: 'never', ownMarks: true }, (args, tools) => {
    const hole = args.findIndex((arg) => arg.kind === 'unknown');
    const lists = hole < 0 ? args : args.slice(0, hole);
    const wrong = lists.find((arg) => arg.kind !== 'null' && (arg.kind !== 'list' || arg.isSet));
    if (wrong !== undefined) throw wrongKind(wrong, 'a list or tuple');
    for (const value of args) {
      if (value.kind === 'unknown') return unknownLike(value, tools, { type: 'list' });
      if (value.kind === 'list' && value.items.length > 0) return value;
    }
    throw new TerraformError('no argument of coalescelist() is neither null nor empty');
  }),
  define('compact', { params: [TEXTS], gives: TEXTS, unknown: 'part' }, (args, tools) =>
    list(
      itemsAt(args, 0).filter((item) => item.kind !== 'null' && textOf(item) !== ''),
      tools,
    ),
  ),
  define('concat', { rest: 'any', gives: LIST, ownMarks: true }, (args, tools) => {
    if (args.length === 0) throw new TerraformError('concat() takes at least one list');
    tools.spend(args.reduce((sum, arg) => sum + (arg.kind === 'list' ? arg.items.length : 0), 0));
    const items = args.flatMap((arg) => {
      if (arg.kind !== 'list' || arg.isSet) throw wrongKind(arg, 'a list or tuple');
      return arg.items;
    });
    return marked(list(items, tools), ...args);
  }),
  define('contains', { params: ['any', 'any'], gives: 'bool' }, (args, tools) => {
    const wanted = argumentAt(args, 1);
    const { items } = listAt(args, 0);
    tools.spend(sizeOf(argumentAt(args, 0)));
    const answers = items.map((item) => equalValues(wanted, item));
    if (answers.includes(true)) return bool(true, tools);
    const hole = answers.includes(undefined)
      ? (items.map(firstUnknown).find(Boolean) ?? firstUnknown(wanted))
      : undefined;
    return hole === undefined ? bool(false, tools) : unknownLike(hole, tools, { type: 'bool' });
  }),
  define('distinct', { params: [LIST], gives: LIST, unknown: 'part' }, (args, tools) => {
    const found = new Map<string, TfValue>();
    for (const item of itemsAt(args, 0)) {
      const key = canonicalText(item);
      if (!found.has(key)) found.set(key, item);
    }
    return list([...found.values()], tools);
  }),
  define('element', { params: ['any', 'number'], ownMarks: true }, (args) => {
    const from = listAt(args, 0);
    if (from.isSet) throw wrongKind(from, 'a list or tuple');
    const index = wholeAt(args, 1);
    const count = from.items.length;
    // Only the remainder is looked at: -2 of two elements is the first.
    if (index % count < 0) throw new TerraformError('cannot use element() with a negative index');
    const item = from.items[index % count];
    if (item === undefined) throw new TerraformError('cannot use element() with an empty list');
    return marked(item, ...args);
  }),
  define('flatten', { params: ['any'], gives: LIST }, (args, tools) => {
    const items: TfValue[] = [];
    const hole = flattenInto(listAt(args, 0).items, items, tools);
    return hole === undefined ? list(items, tools) : unknownLike(hole, tools, { type: 'list' });
  }),
  define('index', { params: ['any', 'any'], gives: 'number' }, (args, tools) => {
    const from = listAt(args, 0);
    if (from.isSet) throw wrongKind(from, 'a list or tuple');
    const wanted = argumentAt(args, 1);
    tools.spend(sizeOf(from));
    for (const [index, item] of from.items.entries()) {
      const equal = equalValues(item, wanted);
      const hole = firstUnknown(item) ?? firstUnknown(wanted);
      if (equal === undefined && hole !== undefined) return unknownLike(hole, tools, { type: 'number' });
      if (equal === true) return number(index, tools);
    }
    throw new TerraformError(from.items.length === 0 ? 'cannot search an empty list' : 'item not found');
  }),
  define('matchkeys', { params: [LIST, LIST, LIST], gives: LIST }, (args, tools) => {
    const [values, keys, wanted] = [itemsAt(args, 0), itemsAt(args, 1), itemsAt(args, 2)];
    if (values.length !== keys.length)
      throw new TerraformError('keys and values of matchkeys() must have the same length');
    if (wanted.length === 0) return list([], tools);
    const type = unifyTypes([...keys, ...wanted].map(typeOf));
    if (type === undefined) throw new TerraformError('keys and searchset of matchkeys() must be of the same type');
    const hole = args.map(firstUnknown).find((found) => found !== undefined);
    if (hole !== undefined) return unknownLike(hole, tools, { type: 'list' });
    const found = new Set(wanted.map((item) => canonicalText(convert(item, type))));
    return list(
      values.filter((_, index) => found.has(canonicalText(convert(keys[index] ?? argumentAt(args, 1), type)))),
      tools,
    );
  }),
  define('one', { params: ['any'], ownMarks: true }, (args, tools) => {
    const from = listAt(args, 0);
    const [item] = from.items;
    const hole = from.isSet && from.items.length > 1 ? firstUnknown(from) : undefined;
    if (hole !== undefined) return unknownLike(hole, tools);
    if (from.items.length > 1) throw new TerraformError('one() takes a list, set or tuple with at most one element');
    return marked(item ?? { kind: 'null', origin: tools.origin }, from);
  }),
  define('reverse', { params: ['any'], gives: LIST, ownMarks: true }, (args, tools) =>
    marked(list(itemsAt(args, 0).toReversed(), tools), ...args),
  ),
  define('slice', { params: ['any', 'number', 'number'], gives: LIST, ownMarks: true }, (args, tools) => {
    const from = listAt(args, 0);
    if (from.isSet) throw wrongKind(from, 'a list or tuple');
    const [start, end] = [wholeAt(args, 1), wholeAt(args, 2)];
    if (start < 0 || end > from.items.length || start > end)
      throw new TerraformError('slice() is given an index outside the list');
    return marked(list(from.items.slice(start, end), tools), ...args);
  }),
  define('list', DEPRECATED, () => {
    throw new TerraformError('list() is no longer available; use tolist([...])');
  }),
  define('map', DEPRECATED, () => {
    throw new TerraformError('map() is no longer available; use tomap({...})');
  }),
];

/** Adds the elements of nested lists; gives the unknown that hides how many there are. */
function flattenInto(from: readonly TfValue[], into: TfValue[], tools: FunctionTools): TfUnknown | undefined {
  let hole: TfUnknown | undefined;
  for (const item of from) {
    tools.spend(1);
    if (item.kind === 'list') {
      const set = item.isSet && item.items.length > 1 ? firstUnknown(item) : undefined;
      hole ??= set ?? flattenInto(item.items, into, tools);
    } else if (item.kind === 'unknown' && !isScalar(item)) hole ??= item;
    else into.push(item);
  }
  return hole;
}

function isScalar({ constraint }: TfUnknown): boolean {
  return constraint?.type !== undefined && constraint.type !== 'list';
}
