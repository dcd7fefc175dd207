/** Equality and order of Terraform's values: `==`, keys of maps, elements of sets. */

import { boundedSize, isWhollyKnown } from './measure.ts';
import { compareNumbers, formatNumber } from './number.ts';
import type { TfList, TfValue } from './value.ts';

export { firstUnknown, isSensitive, isWhollyKnown } from './measure.ts';

/** Order of two texts by their UTF-8 bytes, which is the order by code point. */
export function compareStrings(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    // Surrogates stand for the highest code points, but below U+E000 as units.
    if (x !== y) return unitRank(x) - unitRank(y);
  }
  return a.length - b.length;
}

/** Whether two values are equal as `==` sees them; undefined where an unknown part decides. */
export function equalValues(a: TfValue, b: TfValue): boolean | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown') return excludes(a, b) || excludes(b, a) ? false : undefined;
  if (a.kind === 'null' || b.kind === 'null') return a.kind === b.kind;
  if (a.kind === 'number' && b.kind === 'number') return compareNumbers(a.value, b.value) === 0;
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value;
  if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value;
  if (a.kind === 'list' && b.kind === 'list') return equalLists(a, b);
  if (a.kind === 'object' && b.kind === 'object') {
    boundedSize(a);
    if (a.entries.size !== b.entries.size) return false;
    const pairs: [TfValue, TfValue][] = [];
    for (const [key, value] of a.entries) {
      const other = b.entries.get(key);
      if (other === undefined) return false;
      pairs.push([value, other]);
    }
    return every(pairs);
  }
  return false;
}

/** Order in which Terraform iterates a set: unknown and null last, primitives by value, others by a canonical text. */
function compareElements(a: TfValue, b: TfValue): number {
  const rank = elementRank(a) - elementRank(b);
  if (rank !== 0) return rank;
  if (a.kind === 'string' && b.kind === 'string') return compareStrings(a.value, b.value);
  if (a.kind === 'number' && b.kind === 'number') return compareNumbers(a.value, b.value);
  if (a.kind === 'bool' && b.kind === 'bool') return Number(a.value) - Number(b.value);
  return compareStrings(canonicalText(a), canonicalText(b));
}

/** The items without those that are certainly equal to an earlier one, in the order of a set. */
export function setItems(items: readonly TfValue[]): TfValue[] {
  const found = new Map<string, TfValue>();
  const unknown: TfValue[] = [];
  for (const item of items) {
    if (!isWhollyKnown(item)) {
      unknown.push(item);
      continue;
    }
    const key = canonicalText(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...[...found.values()].sort(compareElements), ...unknown];
}

/** A text that only equal values of one type share. */
export function canonicalText(value: TfValue): string {
  switch (value.kind) {
    case 'unknown':
      return '?';
    case 'null':
      return '~';
    case 'string':
      return JSON.stringify(value.value);
    case 'number':
      return formatNumber(value.value);
    case 'bool':
      return value.value ? 'T' : 'F';
    case 'list':
      return `[${value.items.map((item) => `${canonicalText(item)};`).join('')}]`;
    case 'object':
      return `{${[...value.entries].map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)};`).join('')}}`;
  }
}

/** Whether what is known of an unknown rules the value out. */
function excludes(hole: TfValue, value: TfValue): boolean {
  if (hole.kind !== 'unknown' || hole.constraint === undefined) return false;
  const { prefix, notNull } = hole.constraint;
  if (value.kind === 'null') return notNull === true;
  return value.kind === 'string' && prefix !== undefined && !value.value.startsWith(prefix);
}

function equalLists(a: TfList, b: TfList): boolean | undefined {
  boundedSize(a);
  if (a.isSet !== b.isSet) return false;
  const known = isWhollyKnown(a) && isWhollyKnown(b);
  // Unknown elements of a set may turn out equal, so its length says nothing yet.
  if (a.isSet && !known) return undefined;
  if (a.items.length !== b.items.length) return false;
  return every(a.items.flatMap((item, index): [TfValue, TfValue][] => pairAt(item, b.items[index])));
}

function pairAt(a: TfValue, b: TfValue | undefined): [TfValue, TfValue][] {
  return b === undefined ? [] : [[a, b]];
}

function every(pairs: readonly [TfValue, TfValue][]): boolean | undefined {
  let result: boolean | undefined = true;
  for (const [a, b] of pairs) {
    const equal = equalValues(a, b);
    if (equal === false) return false;
    if (equal === undefined) result = undefined;
  }
  return result;
}

function elementRank(value: TfValue): number {
  return value.kind === 'unknown' ? 2 : value.kind === 'null' ? 1 : 0;
}

function unitRank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}
