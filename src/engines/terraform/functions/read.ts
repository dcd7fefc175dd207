/** Readers of arguments whose types the signature has already made sure of. */

import { toIndex, type TfNumeric } from '../number.ts';
import { TerraformError, type TfValue } from '../value.ts';
import { wrongKind } from './define.ts';

export function argumentAt(args: readonly TfValue[], index: number): TfValue {
  const value = args[index];
  if (value === undefined) throw new TerraformError(`argument ${index + 1} is missing`);
  return value;
}

export function textAt(args: readonly TfValue[], index: number): string {
  return textOf(argumentAt(args, index));
}

export function textOf(value: TfValue): string {
  if (value.kind !== 'string') throw wrongKind(value, 'a string');
  return value.value;
}

export function numberAt(args: readonly TfValue[], index: number): TfNumeric {
  const value = argumentAt(args, index);
  if (value.kind !== 'number') throw wrongKind(value, 'a number');
  return value.value;
}

/** A whole number that fits an index. */
export function wholeAt(args: readonly TfValue[], index: number): number {
  const whole = toIndex(numberAt(args, index));
  if (whole === undefined) throw new TerraformError(`argument ${index + 1} must be a whole number`);
  return whole;
}

export function itemsAt(args: readonly TfValue[], index: number): readonly TfValue[] {
  return listAt(args, index).items;
}

export function listAt(args: readonly TfValue[], index: number): TfValue & { kind: 'list' } {
  const value = argumentAt(args, index);
  if (value.kind !== 'list') throw wrongKind(value, 'a list, set or tuple');
  return value;
}

export function entriesAt(args: readonly TfValue[], index: number): ReadonlyMap<string, TfValue> {
  const value = argumentAt(args, index);
  if (value.kind !== 'object') throw wrongKind(value, 'a map or object');
  return value.entries;
}

/** A list, set or tuple of texts without nulls. */
export function textsOf(items: readonly TfValue[]): string[] {
  return items.map(textOf);
}
