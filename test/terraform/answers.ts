import type { TfValue } from '../../src/engines/terraform/value.ts';

/** A value as data; unknown parts are `{"$unknown": true}`. */
export type Answer = null | boolean | number | string | readonly Answer[] | { readonly [key: string]: Answer };

export const UNKNOWN: Answer = { $unknown: true };

/** Our value in the form of Terraform's JSON; numbers as doubles, which is all that JSON keeps. */
export function answerOf(value: TfValue): Answer {
  switch (value.kind) {
    case 'unknown':
      return UNKNOWN;
    case 'null':
      return null;
    case 'list':
      return value.items.map(answerOf);
    case 'object':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, answerOf(entry)] as const));
    case 'number':
      return Number(value.value);
    default:
      return value.value;
  }
}

/** Terraform's planned value together with what it marks as unknown: `after` and `after_unknown` of a change. */
export function mergeUnknown(after: Answer | undefined, unknown: Answer | undefined): Answer {
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(unknown)) {
    const [items, holes] = [listOf(after), listOf(unknown)];
    return Array.from({ length: Math.max(items.length, holes.length) }, (_, at) => mergeUnknown(items[at], holes[at]));
  }
  if (isRecord(unknown)) {
    const entries = isRecord(after) ? after : {};
    const names = [...new Set([...Object.keys(entries), ...Object.keys(unknown)])].sort();
    if (names.length === 0) return after ?? null;
    return Object.fromEntries(names.map((name) => [name, mergeUnknown(entries[name], unknown[name])] as const));
  }
  return after ?? null;
}

/**
 * What our value must be: what Terraform plans; where that is unknown and ours is not (we know more of `&&`, of equal
 * branches and of what an unknown cannot be), what it is after apply.
 */
export function expectedAnswer(
  ours: Answer | undefined,
  planned: Answer | undefined,
  applied: Answer | undefined,
): Answer {
  if (isUnknown(ours)) return planned ?? null;
  if (isUnknown(planned)) return withHoles(applied, ours);
  if (Array.isArray(planned)) {
    const [own, after] = [listOf(ours), listOf(applied)];
    return listOf(planned).map((item, at) => expectedAnswer(own[at], item, after[at]));
  }
  if (!isRecord(planned)) return planned ?? null;
  const [own, after] = [recordOf(ours), recordOf(applied)];
  return Object.fromEntries(
    Object.entries(planned).map(([name, item]) => [name, expectedAnswer(own[name], item, after[name])] as const),
  );
}

/** The value with holes where ours has them. */
export function withHoles(value: Answer | undefined, ours: Answer | undefined): Answer {
  if (isUnknown(ours)) return UNKNOWN;
  if (Array.isArray(value)) return listOf(value).map((item, at) => withHoles(item, listOf(ours)[at]));
  if (!isRecord(value)) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withHoles(item, recordOf(ours)[name])] as const),
  );
}

function isUnknown(value: Answer | undefined): boolean {
  return isRecord(value) && value.$unknown === true;
}

function listOf(value: Answer | undefined): readonly Answer[] {
  return isList(value) ? value : [];
}

function isList(value: Answer | undefined): value is readonly Answer[] {
  return Array.isArray(value);
}

function recordOf(value: Answer | undefined): { readonly [key: string]: Answer } {
  return isRecord(value) ? value : {};
}

function isRecord(value: Answer | undefined): value is { readonly [key: string]: Answer } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
