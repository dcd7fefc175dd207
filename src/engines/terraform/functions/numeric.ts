/** Numeric functions: https://developer.hashicorp.com/terraform/language/functions#numeric-functions. */

import type { TfFunction } from '../functions.ts';
import { convert } from '../convert.ts';
import { addNumbers, compareNumbers, roundNumber, type TfNumeric } from '../number.ts';
import { TerraformError, type TfValue } from '../value.ts';
import { define, list, number } from './define.ts';
import { listAt, numberAt, wholeAt } from './read.ts';

const ONE = { params: ['number'], gives: 'number' } as const;
const TWO = { params: ['number', 'number'], gives: 'number' } as const;
const MANY = { rest: 'number', gives: 'number' } as const;
/** Terraform's own bound on `range`. */
const LONGEST_RANGE = 1024;

export const NUMERIC: readonly (readonly [string, TfFunction])[] = [
  define('abs', ONE, (args, tools) => {
    const value = numberAt(args, 0);
    return number(value < 0 ? -value : value, tools);
  }),
  define('ceil', ONE, (args, tools) => number(roundNumber(numberAt(args, 0), 'ceil'), tools)),
  define('floor', ONE, (args, tools) => number(roundNumber(numberAt(args, 0), 'floor'), tools)),
  define('signum', ONE, (args, tools) => number(Math.sign(wholeAt(args, 0)), tools)),
  define('log', TWO, (args, tools) =>
    number(finite(Math.log(Number(numberAt(args, 0))) / Math.log(Number(numberAt(args, 1))), 'log'), tools),
  ),
  define('pow', TWO, (args, tools) =>
    number(finite(Number(numberAt(args, 0)) ** Number(numberAt(args, 1)), 'pow'), tools),
  ),
  define('max', MANY, (args, tools) => number(extreme(args, 1, 'max'), tools)),
  define('min', MANY, (args, tools) => number(extreme(args, -1, 'min'), tools)),
  define('sum', { params: ['any'], gives: 'number', unknown: 'part' }, (args, tools) => {
    const { items } = listAt(args, 0);
    if (items.length === 0) throw new TerraformError('cannot sum an empty list');
    return number(items.map(toNumber).reduce(addNumbers), tools);
  }),
  define('range', { rest: 'number', gives: { kind: 'list', of: 'number' } }, (args, tools) => {
    const values: TfValue[] = [];
    for (const value of range(args.map((_, index) => numberAt(args, index)))) {
      tools.spend(1);
      if (values.length >= LONGEST_RANGE) throw new TerraformError(`range() gives more than ${LONGEST_RANGE} values`);
      values.push(number(value, tools));
    }
    return list(values, tools);
  }),
];

function extreme(args: readonly TfValue[], way: 1 | -1, name: string): TfNumeric {
  if (args.length === 0) throw new TerraformError(`${name}() takes at least one number`);
  return args
    .map((_, index) => numberAt(args, index))
    .reduce((best, value) => (compareNumbers(value, best) * way > 0 ? value : best));
}

function toNumber(value: TfValue): TfNumeric {
  const converted = convert(value, 'number');
  if (converted.kind !== 'number') throw new TerraformError('sum() takes a list, set or tuple of numbers');
  return converted.value;
}

function* range(params: readonly TfNumeric[]): Generator<TfNumeric> {
  const [first = 0n, second, third] = params;
  if (params.length < 1 || params.length > 3) throw new TerraformError('range() takes one, two or three numbers');
  const [start, end] = second === undefined ? [0n, first] : [first, second];
  const step = third ?? (end < start ? -1n : 1n);
  if (compareNumbers(step, 0n) === 0) throw new TerraformError('the step of range() must not be zero');
  const down = step < 0;
  if (down ? end > start : end < start) throw new TerraformError('range() never reaches its end with this step');
  for (let value = start; down ? value > end : value < end; value = addNumbers(value, step)) yield value;
}

function finite(value: number, name: string): number {
  if (!Number.isFinite(value)) throw new TerraformError(`the result of ${name}() is not a number`);
  return value;
}
