import { bool, list, nothing, number, object, text, unknown } from '../make.ts';
import type { Origin, TfValue } from '../value.ts';
import { isData, own } from './data.ts';

/** What is said of a value beside it: `true` where all of it is unknown or sensitive, otherwise by name or index. */
export interface Marks {
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

const DEEPEST = 200;

/** A value of a plan or a state; `why` says why unknown parts are unknown. https://developer.hashicorp.com/terraform/internals/json-format */
export function planValue(data: unknown, marks: Marks, origin: Origin, why: string, depth = 0): TfValue {
  const value = unmarked(data, marks, origin, why, depth);
  return marks.sensitive === true ? { ...value, sensitive: true } : value;
}

function unmarked(data: unknown, marks: Marks, origin: Origin, why: string, depth: number): TfValue {
  if (marks.unknown === true) return unknown(why, origin);
  if (depth > DEEPEST) return unknown(`nested deeper than ${DEEPEST} levels`, origin);
  const part = (inner: unknown, key: string | number): TfValue =>
    planValue(
      inner,
      { unknown: partOf(marks.unknown, key), sensitive: partOf(marks.sensitive, key) },
      origin,
      why,
      depth + 1,
    );
  if (Array.isArray(data) || Array.isArray(marks.unknown)) {
    const items: readonly unknown[] = Array.isArray(data) ? data : [];
    const length = Math.max(items.length, Array.isArray(marks.unknown) ? marks.unknown.length : 0);
    return list(
      Array.from({ length }, (_, index) => part(items[index] ?? null, index)),
      origin,
    );
  }
  // What is not yet known stands in the marks alone.
  const missing = isData(marks.unknown)
    ? Object.keys(marks.unknown).filter((key) => holdsTrue(own(marks.unknown, key)))
    : [];
  if (isData(data) || missing.length > 0) {
    const names = new Set([...(isData(data) ? Object.keys(data) : []), ...missing]);
    return object(
      [...names].map((name) => [name, part(own(data, name) ?? null, name)] as const),
      origin,
    );
  }
  switch (typeof data) {
    case 'string':
      return text(data, origin);
    case 'number':
      return number(data, origin);
    case 'boolean':
      return bool(data, origin);
    default:
      return nothing(origin);
  }
}

function partOf(mark: unknown, key: string | number): unknown {
  if (mark === true) return true;
  if (typeof key === 'number') return Array.isArray(mark) ? mark[key] : undefined;
  return own(mark, key);
}

/** Both marks together. */
export function joinMarks(left: unknown, right: unknown, depth = 0): unknown {
  if (left === true || right === true) return true;
  if (depth > DEEPEST) return left ?? right;
  if (Array.isArray(left) && Array.isArray(right)) {
    return Array.from({ length: Math.max(left.length, right.length) }, (_, at) =>
      joinMarks(left[at], right[at], depth + 1),
    );
  }
  if (!isData(left) || !isData(right)) return isData(left) || Array.isArray(left) ? left : right;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...names].map((name) => [name, joinMarks(own(left, name), own(right, name), depth + 1)]));
}

/** Whether a mark says anything. */
export function holdsTrue(mark: unknown, depth = 0): boolean {
  if (mark === true) return true;
  if (depth > DEEPEST) return true;
  if (Array.isArray(mark)) return mark.some((item) => holdsTrue(item, depth + 1));
  return isData(mark) && Object.keys(mark).some((name) => holdsTrue(own(mark, name), depth + 1));
}
