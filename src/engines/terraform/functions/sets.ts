/** Functions on sets. */

import { canonicalText, firstUnknown, isWhollyKnown } from '../compare.ts';
import { convert, setOf } from '../convert.ts';
import type { FunctionTools, TfFunction } from '../functions.ts';
import { typeOf } from '../types.ts';
import { unifyTypes } from '../unify-types.ts';
import { TerraformError, type TfValue } from '../value.ts';
import { define, list, marked, unknownLike, wrongKind } from './define.ts';
import { itemsAt } from './read.ts';

const SET = { kind: 'set', of: 'any' } as const;
const SETS = { params: [SET], rest: SET, gives: SET } as const;

export const SETS_FUNCTIONS: readonly (readonly [string, TfFunction])[] = [
  define('setunion', SETS, (args, tools) => setOf(unified(args, tools).flat(), tools)),
  define('setintersection', { ...SETS, unknown: 'part' }, (args, tools) => {
    const [first = [], ...others] = unified(args, tools);
    const keys = others.map((items) => new Set(items.map(canonicalText)));
    return setOf(
      first.filter((item) => keys.every((key) => key.has(canonicalText(item)))),
      tools,
    );
  }),
  define('setsubtract', { params: [SET, SET], gives: SET, unknown: 'part' }, (args, tools) => {
    const [first = [], second = []] = unified(args, tools);
    const taken = new Set(second.map(canonicalText));
    return setOf(
      first.filter((item) => !taken.has(canonicalText(item))),
      tools,
    );
  }),
  define('setproduct', { rest: 'any', gives: { kind: 'list', of: 'any' }, ownMarks: true }, (args, tools) => {
    if (args.length < 2) throw new TerraformError('setproduct() takes at least two sets or lists');
    for (const arg of args) {
      if (arg.kind !== 'list') throw wrongKind(arg, 'a set or list');
      // How many elements a set with unknown elements has is not known either.
      const hole = arg.isSet && arg.items.length > 1 && !isWhollyKnown(arg) ? firstUnknown(arg) : undefined;
      if (hole !== undefined) return marked(unknownLike(hole, tools, { type: 'list' }), ...args);
    }
    const rows = product(
      args.map((_, index) => oneType(itemsAt(args, index))),
      tools,
    );
    const tuples = rows.map((row) => list(row, tools));
    const isSet = args.some((arg) => arg.kind === 'list' && arg.isSet);
    return marked(isSet ? setOf(tuples, tools) : list(tuples, tools), ...args);
  }),
];

/** The sets' items, all converted to one type. */
function unified(args: readonly TfValue[], tools: FunctionTools): TfValue[][] {
  const lists = args.map((_, index) => itemsAt(args, index));
  const type = unifyTypes(lists.flat().map(typeOf));
  if (type === undefined) throw new TerraformError('the given sets must all have compatible element types');
  tools.spend(lists.reduce((sum, items) => sum + items.length, 0));
  return lists.map((items) => items.map((item) => convert(item, type)));
}

function oneType(items: readonly TfValue[]): TfValue[] {
  const type = unifyTypes(items.map(typeOf));
  if (type === undefined)
    throw new TerraformError('all elements of an argument of setproduct() must be of the same type');
  return items.map((item) => convert(item, type));
}

function product(lists: readonly (readonly TfValue[])[], tools: FunctionTools): TfValue[][] {
  tools.spend(lists.reduce((count, items) => count * items.length, 1) * lists.length);
  return lists.reduce<TfValue[][]>((rows, items) => rows.flatMap((row) => items.map((item) => [...row, item])), [[]]);
}
