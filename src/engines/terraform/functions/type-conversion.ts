/** Type conversion and marks: https://developer.hashicorp.com/terraform/language/functions#type-conversion-functions. `try` and `can` need unevaluated arguments and belong to the evaluator. */

import { isSensitive } from '../compare.ts';
import { convert } from '../convert.ts';
import type { TfFunction } from '../functions.ts';
import type { TfType } from '../types.ts';
import type { TfValue } from '../value.ts';
import { bool, define } from './define.ts';
import { argumentAt } from './read.ts';

const ANY = { params: ['any'], nulls: true, unknown: 'never', ownMarks: true } as const;

export const TYPE_CONVERSION: readonly (readonly [string, TfFunction])[] = [
  ...conversions(),
  define('sensitive', ANY, (args) => ({ ...argumentAt(args, 0), sensitive: true })),
  define('nonsensitive', ANY, (args) => unmark(argumentAt(args, 0))),
  define('issensitive', ANY, (args, tools) => bool(argumentAt(args, 0).sensitive === true, tools)),
  // Ephemeral values are not modelled as such, so every value is one that stays.
  define('ephemeralasnull', ANY, (args) => argumentAt(args, 0)),
];

function conversions(): (readonly [string, TfFunction])[] {
  const types: readonly (readonly [string, TfType])[] = [
    ['tostring', 'string'],
    ['tonumber', 'number'],
    ['tobool', 'bool'],
    ['tolist', { kind: 'list', of: 'any' }],
    ['toset', { kind: 'set', of: 'any' }],
    ['tomap', { kind: 'map', of: 'any' }],
  ];
  return types.map(([name, type]) =>
    define(name, ANY, (args, tools) => {
      const result = convert(argumentAt(args, 0), type);
      if (result.kind === 'list') tools.spend(result.items.length);
      // Elements of a set can't be marked one by one.
      return name === 'toset' && isSensitive(result) ? { ...result, sensitive: true } : result;
    }),
  );
}

/** The value without the mark on itself; parts keep theirs. */
function unmark(value: TfValue): TfValue {
  return value.sensitive === true ? { ...value, sensitive: false } : value;
}
