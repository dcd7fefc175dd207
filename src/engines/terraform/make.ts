import { compareStrings } from './compare.ts';
import type {
  Constraint,
  Origin,
  TfBool,
  TfList,
  TfNull,
  TfNumber,
  TfObject,
  TfString,
  TfUnknown,
  TfValue,
} from './value.ts';

/** A string. */
export function text(value: string, origin: Origin): TfString {
  return { kind: 'string', value, origin };
}

/** A number; whole fractions are made exact. */
export function number(value: bigint | number, origin: Origin): TfNumber {
  return {
    kind: 'number',
    value: typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value,
    origin,
  };
}

export function bool(value: boolean, origin: Origin): TfBool {
  return { kind: 'bool', value, origin };
}

export function nothing(origin: Origin): TfNull {
  return { kind: 'null', origin };
}

/** A list or tuple. */
export function list(items: readonly TfValue[], origin: Origin): TfList {
  return { kind: 'list', items, isSet: false, origin };
}

/** A map or object; the entries are put into Terraform's order, lexical by UTF-8 bytes. */
export function object(entries: Iterable<readonly [string, TfValue]>, origin: Origin): TfObject {
  const pairs = [...new Map(entries)];
  for (let at = 1; at < pairs.length; at++) {
    if (compareStrings(pairs[at - 1]?.[0] ?? '', pairs[at]?.[0] ?? '') > 0) {
      pairs.sort(([left], [right]) => compareStrings(left, right));
      break;
    }
  }
  return { kind: 'object', entries: new Map(pairs), origin };
}

export function unknown(why: string, origin: Origin, constraint?: Constraint): TfUnknown {
  return { kind: 'unknown', why, origin, ...(constraint === undefined ? {} : { constraint }) };
}

/** The same value, come by another way. */
export function withOrigin<V extends TfValue>(value: V, origin: Origin): V {
  return { ...value, origin };
}

/** The value, marked sensitive where one of the others is. */
export function sensitiveAs<V extends TfValue>(value: V, ...others: readonly TfValue[]): V {
  return value.sensitive !== true && others.some((other) => other.sensitive === true)
    ? { ...value, sensitive: true }
    : value;
}

/** The unknown parts of a value, at most `most` of them. */
export function unknownsIn(value: TfValue, most = 20): TfUnknown[] {
  const found: TfUnknown[] = [];
  collect(value, found, most);
  return found;
}

function collect(value: TfValue, found: TfUnknown[], most: number): void {
  if (found.length >= most) return;
  if (value.kind === 'unknown') found.push(value);
  else if (value.kind === 'list') for (const item of value.items) collect(item, found, most);
  else if (value.kind === 'object') for (const entry of value.entries.values()) collect(entry, found, most);
}
