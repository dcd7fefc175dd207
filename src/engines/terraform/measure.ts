/** Facts about whole values, each found once: values share their parts, so a walk of every path through them may never end. */

import { TerraformBudget, type TfUnknown, type TfValue } from './value.ts';

/** Parts that a value may have for what must go through all of them. */
const LARGEST = 1_000_000;
const sizes = new WeakMap<TfValue, number>();
const unknowns = new WeakMap<TfValue, TfUnknown | 'none'>();
const marks = new WeakMap<TfValue, boolean>();

/** Number of parts of a value when each is counted as often as it occurs; Infinity for very many. */
export function sizeOf(value: TfValue): number {
  return remembered(sizes, value, () => partsOf(value).reduce((sum, part) => sum + sizeOf(part), 1));
}

/** Throws TerraformBudget for a value that is too large to go through; gives its size. */
export function boundedSize(value: TfValue): number {
  const size = sizeOf(value);
  if (size > LARGEST) throw new TerraformBudget(`a value with more than ${LARGEST} parts`);
  return size;
}

/** The first unknown part of a value, in the order in which it is iterated. */
export function firstUnknown(value: TfValue): TfUnknown | undefined {
  if (value.kind === 'unknown') return value;
  const found = remembered(unknowns, value, () => {
    for (const part of partsOf(value)) {
      const unknown = firstUnknown(part);
      if (unknown !== undefined) return unknown;
    }
    return 'none';
  });
  return found === 'none' ? undefined : found;
}

/** Whether no part of the value is unknown. */
export function isWhollyKnown(value: TfValue): boolean {
  return firstUnknown(value) === undefined;
}

/** Whether the value or a part of it is marked as sensitive. */
export function isSensitive(value: TfValue): boolean {
  return value.sensitive === true || remembered(marks, value, () => partsOf(value).some(isSensitive));
}

function remembered<T>(found: WeakMap<TfValue, T>, value: TfValue, find: () => T): T {
  // Scalars are quicker to look at than to look up.
  if (value.kind !== 'list' && value.kind !== 'object') return find();
  const known = found.get(value);
  if (known !== undefined) return known;
  const result = find();
  found.set(value, result);
  return result;
}

function partsOf(value: TfValue): readonly TfValue[] {
  if (value.kind === 'list') return value.items;
  return value.kind === 'object' ? [...value.entries.values()] : [];
}
