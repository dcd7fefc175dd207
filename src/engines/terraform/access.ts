import type { SourceLocation } from '../../model/index.ts';
import { number, sensitiveAs, unknown, withOrigin } from './make.ts';
import { elementStep } from './origins.ts';
import type { TfObject, TfValue } from './value.ts';
import { TerraformError } from './value.ts';

/** What else an object has: attributes that the provider computes, evaluated when they are asked for. */
const computed = new WeakMap<TfObject['entries'], (name: string) => TfValue>();

/** Marks an object as a resource's: attributes beside its entries come from the provider. */
export function openObject(object: TfObject, more: (name: string) => TfValue): TfObject {
  computed.set(object.entries, more);
  return object;
}

/** Whether the object may have attributes that are not among its entries. */
export function isOpen(value: TfValue): boolean {
  return value.kind === 'object' && computed.has(value.entries);
}

/** Whether the value is or holds a resource's object, so that its entries are not all there is. */
export function holdsOpen(value: TfValue): boolean {
  if (isOpen(value)) return true;
  if (value.kind === 'list') return value.items.some(holdsOpen);
  return value.kind === 'object' && [...value.entries.values()].some(holdsOpen);
}

/** `value.name`. */
export function attributeOf(value: TfValue, name: string, at: SourceLocation): TfValue {
  switch (value.kind) {
    case 'unknown':
      return sensitiveAs(part(value, name, at), value);
    case 'object': {
      const entry = entryOf(value, name);
      if (entry === undefined) throw new TerraformError(`${path(value)} has no attribute "${name}"`, at);
      return reached(value, entry, `.${name}`, at);
    }
    case 'list':
      if (/^\d+$/.test(name)) return indexOf(value, number(BigInt(name), value.origin), at);
      throw new TerraformError(`${path(value)} is a list and has no attribute "${name}"`, at);
    case 'null':
      throw new TerraformError(`${path(value)} is null and has no attribute "${name}"`, at);
    default:
      throw new TerraformError(`${path(value)} is a ${value.kind} and has no attribute "${name}"`, at);
  }
}

/** `value[key]`. */
export function indexOf(value: TfValue, key: TfValue, at: SourceLocation): TfValue {
  if (value.kind === 'null') throw new TerraformError(`${path(value)} is null and has no elements`, at);
  if (key.kind === 'null') throw new TerraformError('an index must not be null', at);
  if (value.kind === 'unknown') return sensitiveAs(part(value, undefined, at), value, key);
  if (value.kind === 'list' && value.isSet) throw new TerraformError('elements of a set have no index', at);
  if (value.kind !== 'list' && value.kind !== 'object') {
    throw new TerraformError(`${path(value)} is a ${value.kind} and has no elements`, at);
  }
  if (key.kind === 'unknown')
    return sensitiveAs(unknown(key.why, { at, what: 'index', from: [key.origin] }), value, key);
  return sensitiveAs(value.kind === 'list' ? item(value, key, at) : entry(value, key, at), key);
}

function item(value: TfValue & { readonly kind: 'list' }, key: TfValue, at: SourceLocation): TfValue {
  const index =
    key.kind === 'number'
      ? key.value
      : key.kind === 'string' && /^\d+$/.test(key.value)
        ? BigInt(key.value)
        : undefined;
  const found =
    typeof index === 'bigint' && index >= 0n && index < value.items.length ? value.items[Number(index)] : undefined;
  if (found === undefined) {
    throw new TerraformError(`${path(value)} has ${value.items.length} elements and none at this index`, at);
  }
  return reached(value, found, `[${String(index)}]`, at);
}

function entry(value: TfObject, key: TfValue, at: SourceLocation): TfValue {
  const name = key.kind === 'string' || key.kind === 'number' || key.kind === 'bool' ? String(key.value) : undefined;
  if (name === undefined) throw new TerraformError('an index must be a string or a number', at);
  const found = entryOf(value, name);
  if (found === undefined) throw new TerraformError(`${path(value)} has no element ${JSON.stringify(name)}`, at);
  return reached(value, found, `[${JSON.stringify(name)}]`, at);
}

/** The entry of a name. An argument of a resource that is null is one that is not given: the provider may choose it. */
export function entryOf(value: TfObject, name: string): TfValue | undefined {
  const entry = value.entries.get(name);
  return entry === undefined || entry.kind === 'null' ? (computed.get(value.entries)?.(name) ?? entry) : entry;
}

function reached(value: TfValue, found: TfValue, suffix: string, at: SourceLocation): TfValue {
  return sensitiveAs(withOrigin(found, elementStep(suffix, at, value.origin, found.origin)), value);
}

/** A part of an unknown is unknown for the same reason. */
function part(value: TfValue & { readonly kind: 'unknown' }, name: string | undefined, at: SourceLocation): TfValue {
  const what = name === undefined ? `${value.origin.what}[]` : `${value.origin.what}.${name}`;
  return unknown(value.why, { at, what, from: [value.origin] });
}

function path(value: TfValue): string {
  return /^[\w.[\]"-]+$/.test(value.origin.what) && value.origin.what !== 'literal' ? value.origin.what : 'the value';
}
