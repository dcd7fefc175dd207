/** Terraform's conversion between types: https://developer.hashicorp.com/terraform/language/expressions/type-constraints. */

import { compareStrings, setItems, firstUnknown } from './compare.ts';
import { boundedSize } from './measure.ts';
import { formatNumber, parseNumber } from './number.ts';
import { kindOfType, nameOfType, nameOfValue, typeOf, type TfAttribute, type TfType } from './types.ts';
import { unifyTypes } from './unify-types.ts';
import { TerraformError, type TfList, type TfObject, type TfUnknown, type TfValue } from './value.ts';

/** The value as the type wants it, with its origin; throws TerraformError where Terraform refuses. Null and unknown stay what they are. */
export function convert(value: TfValue, type: TfType): TfValue {
  if (type === 'any' || value.kind === 'null') return value;
  if (value.kind === 'unknown') return narrow(value, type);
  if (type === 'string') return toText(value);
  if (type === 'number') return toNumber(value);
  if (type === 'bool') return toBool(value);
  boundedSize(value);
  switch (type.kind) {
    case 'list':
    case 'set':
      return toSequence(value, type.kind, type.of);
    case 'map':
      return toMap(value, type.of);
    case 'tuple':
      return toTuple(value, type.items);
    case 'object':
      return toObject(value, type.attributes);
  }
}

/** A set of the items: sorted, without equal elements. */
export function setOf(items: readonly TfValue[], like: Pick<TfList, 'origin' | 'sensitive'>): TfList {
  return { ...shared(like), kind: 'list', isSet: true, items: setItems(items) };
}

/** A map or object with its keys in Terraform's order. */
export function objectOf(
  entries: Iterable<readonly [string, TfValue]>,
  like: Pick<TfObject, 'origin' | 'sensitive'>,
): TfObject {
  const sorted = [...entries].sort(([a], [b]) => compareStrings(a, b));
  return { ...shared(like), kind: 'object', entries: new Map(sorted) };
}

function toText(value: TfValue): TfValue {
  if (value.kind === 'string') return value;
  if (value.kind === 'number') return { ...shared(value), kind: 'string', value: formatNumber(value.value) };
  if (value.kind === 'bool') return { ...shared(value), kind: 'string', value: String(value.value) };
  throw mismatch(value, 'string');
}

function toNumber(value: TfValue): TfValue {
  if (value.kind === 'number') return value;
  const number = value.kind === 'string' ? parseNumber(value.value) : undefined;
  if (number === undefined) throw mismatch(value, 'number');
  return { ...shared(value), kind: 'number', value: number };
}

function toBool(value: TfValue): TfValue {
  if (value.kind === 'bool') return value;
  const text = value.kind === 'string' ? value.value : '';
  if (text === 'true' || text === '1') return { ...shared(value), kind: 'bool', value: true };
  if (text === 'false' || text === '0') return { ...shared(value), kind: 'bool', value: false };
  throw mismatch(value, 'bool');
}

function toSequence(value: TfValue, kind: 'list' | 'set', of: TfType): TfValue {
  if (value.kind !== 'list') throw mismatch(value, nameOfType({ kind, of }));
  // The order of a set is not known before its elements are.
  const hole = kind === 'list' && value.isSet && value.items.length > 1 ? firstUnknown(value) : undefined;
  if (hole !== undefined)
    return { ...shared(value), kind: 'unknown', why: hole.why, constraint: { type: 'list', notNull: true } };
  const items = convertAll(value.items, of, kind);
  if (kind === 'set') return value.isSet && of === 'any' ? value : setOf(items, value);
  return { ...shared(value), kind: 'list', isSet: false, items, typed: true };
}

function toMap(value: TfValue, of: TfType): TfValue {
  if (value.kind !== 'object') throw mismatch(value, nameOfType({ kind: 'map', of }));
  const keys = [...value.entries.keys()];
  const items = convertAll([...value.entries.values()], of, 'map');
  const made = objectOf(
    keys.flatMap((key, index) => (items[index] === undefined ? [] : [[key, items[index]] as const])),
    value,
  );
  return { ...made, typed: true };
}

function convertAll(items: readonly TfValue[], of: TfType, kind: string): TfValue[] {
  const element = of === 'any' ? unifyTypes(items.map(typeOf)) : of;
  if (element === undefined) throw new TerraformError(`all elements of a ${kind} must have the same type`);
  return items.map((item) => convert(item, element));
}

function toTuple(value: TfValue, types: readonly TfType[]): TfValue {
  if (value.kind !== 'list' || value.isSet) throw mismatch(value, 'tuple');
  if (value.items.length !== types.length) throw new TerraformError(`a tuple of ${types.length} elements is required`);
  return { ...value, items: value.items.map((item, index) => convert(item, types[index] ?? 'any')) };
}

function toObject(value: TfValue, attributes: ReadonlyMap<string, TfAttribute>): TfValue {
  if (value.kind !== 'object') throw mismatch(value, 'object');
  const entries: [string, TfValue][] = [];
  for (const [name, attribute] of attributes) {
    const given = value.entries.get(name);
    if (given === undefined && attribute.optional !== true) {
      throw new TerraformError(`attribute ${JSON.stringify(name)} is required`);
    }
    // A default also stands in for an attribute that is given as null.
    const chosen = given === undefined || given.kind === 'null' ? (attribute.default ?? given) : given;
    entries.push([
      name,
      chosen === undefined ? { kind: 'null', origin: value.origin } : convert(chosen, attribute.type),
    ]);
  }
  return objectOf(entries, value);
}

function narrow(value: TfUnknown, type: TfType): TfValue {
  const kind = kindOfType(type);
  if (kind === undefined || value.constraint?.type === kind) return value;
  return { ...value, constraint: { ...value.constraint, type: kind } };
}

function mismatch(value: TfValue, wanted: string): TerraformError {
  return new TerraformError(`${wanted} required, but this is ${nameOfValue(value)}`);
}

function shared(value: Pick<TfValue, 'origin' | 'sensitive'>): Pick<TfValue, 'origin' | 'sensitive'> {
  return value.sensitive === undefined
    ? { origin: value.origin }
    : { origin: value.origin, sensitive: value.sensitive };
}
