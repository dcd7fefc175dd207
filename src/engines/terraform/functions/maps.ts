/** Collection functions on maps and objects. */

import { compareStrings, firstUnknown } from '../compare.ts';
import { convert, objectOf } from '../convert.ts';
import type { TfFunction } from '../functions.ts';
import { TerraformError, type TfObject, type TfValue } from '../value.ts';
import { define, list, marked, text, unknownLike, wrongKind } from './define.ts';
import { argumentAt, entriesAt, itemsAt, listAt, textAt, textOf } from './read.ts';

const LIST = { kind: 'list', of: 'any' } as const;
const MAP = { kind: 'map', of: 'any' } as const;
const LISTS_OF_TEXTS = { kind: 'map', of: { kind: 'list', of: 'string' } } as const;

export const MAPS: readonly (readonly [string, TfFunction])[] = [
  define('keys', { params: ['any'], gives: LIST, ownMarks: true }, (args, tools) =>
    marked(
      list(
        [...entriesAt(args, 0).keys()].map((key) => text(key, tools.origin)),
        tools,
      ),
      ...args,
    ),
  ),
  define('values', { params: ['any'], gives: LIST, ownMarks: true }, (args, tools) =>
    marked(list([...entriesAt(args, 0).values()], tools), ...args),
  ),
  define(
    'lookup',
    { params: ['any', 'string'], rest: 'any', nulls: true, unknown: 'never', ownMarks: true },
    (args, tools) => {
      if (args.length > 3) throw new TerraformError('lookup() takes two or three arguments');
      const [from, key, fallback] = [argumentAt(args, 0), argumentAt(args, 1), args[2]];
      if (from.kind === 'unknown') return marked(unknownLike(from, tools), from, key);
      const entries = entriesAt(args, 0);
      if (key.kind === 'unknown') return marked(unknownLike(key, tools), from, key);
      const found =
        entries.get(textAt(args, 1)) ?? (fallback === undefined ? undefined : likeOthers(fallback, entries));
      if (found === undefined)
        throw new TerraformError(`the given object has no attribute ${JSON.stringify(textAt(args, 1))}`);
      return marked(found, from, key);
    },
  ),
  define('merge', { rest: 'any', gives: MAP, nulls: true, ownMarks: true }, (args, tools) => {
    const entries = new Map<string, TfValue>();
    for (const arg of args) {
      if (arg.kind === 'null') continue;
      if (arg.kind !== 'object') throw wrongKind(arg, 'a map or object');
      tools.spend(arg.entries.size);
      for (const [key, value] of arg.entries) entries.set(key, value);
    }
    return marked(objectOf(entries, { origin: tools.origin }), ...args);
  }),
  define('transpose', { params: [LISTS_OF_TEXTS], gives: MAP, unknown: 'part' }, (args, tools) => {
    const found = new Map<string, string[]>();
    for (const [key, value] of entriesAt(args, 0)) {
      if (value.kind !== 'list') throw wrongKind(value, 'a list of strings');
      tools.spend(value.items.length);
      for (const item of value.items) {
        const keys = found.get(textOf(item));
        if (keys === undefined) found.set(textOf(item), [key]);
        else keys.push(key);
      }
    }
    const entries = [...found].map(([key, keys]) => {
      const texts = keys.sort(compareStrings).map((name) => text(name, tools.origin));
      return [key, list(texts, tools)] as const;
    });
    return objectOf(entries, { origin: tools.origin });
  }),
  define(
    'zipmap',
    { params: [{ kind: 'list', of: 'string' }, 'any'], gives: MAP, ownMarks: true },
    (args, tools): TfValue => {
      const [keys, values] = [listAt(args, 0), listAt(args, 1)];
      if (values.isSet) throw wrongKind(values, 'a list or tuple');
      const hole = firstUnknown(keys);
      if (hole !== undefined) return marked(unknownLike(hole, tools, { type: 'object' }), ...args);
      if (keys.items.length !== values.items.length) {
        throw new TerraformError(
          `number of keys (${keys.items.length}) does not match number of values (${values.items.length})`,
        );
      }
      const entries = new Map(itemsAt(args, 1).map((value, index) => [textOf(argumentAt(keys.items, index)), value]));
      const map: TfObject = objectOf(entries, { origin: tools.origin });
      tools.spend(map.entries.size);
      return marked(map, keys, values, ...keys.items);
    },
  ),
];

/** The default of a lookup takes the type of a map's elements; where they differ in kind it is an object's and stays. */
function likeOthers(fallback: TfValue, entries: ReadonlyMap<string, TfValue>): TfValue {
  const kinds = new Set([...entries.values()].map((value) => value.kind));
  const [kind] = kinds;
  if (kinds.size !== 1 || (kind !== 'string' && kind !== 'number' && kind !== 'bool')) return fallback;
  try {
    return convert(fallback, kind);
  } catch (error) {
    if (error instanceof TerraformError) return fallback;
    throw error;
  }
}
