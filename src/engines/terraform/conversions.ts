import type { SourceLocation } from '../../model/index.ts';
import { entryOf, holdsOpen } from './access.ts';
import { convert } from './convert.ts';
import type { TfType } from './types.ts';
import { unifyValues } from './unify.ts';
import type { TfBool, TfNull, TfNumber, TfString, TfUnknown, TfValue } from './value.ts';
import { TerraformError } from './value.ts';

/** A value where a string is needed; null stays null. Throws TerraformError with the place. */
export function toText(value: TfValue, at: SourceLocation): TfString | TfNull | TfUnknown {
  const result = placed(value, 'string', at);
  if (result.kind === 'string' || result.kind === 'null' || result.kind === 'unknown') return result;
  throw new TerraformError('a string is required', at);
}

/** A value where a number is needed. */
export function toNumeric(value: TfValue, at: SourceLocation): TfNumber | TfNull | TfUnknown {
  const result = placed(value, 'number', at);
  if (result.kind === 'number' || result.kind === 'null' || result.kind === 'unknown') return result;
  throw new TerraformError('a number is required', at);
}

/** A value where a boolean is needed. */
export function toBoolean(value: TfValue, at: SourceLocation): TfBool | TfNull | TfUnknown {
  const result = placed(value, 'bool', at);
  if (result.kind === 'bool' || result.kind === 'null' || result.kind === 'unknown') return result;
  throw new TerraformError('true or false is required', at);
}

/** A value in a type, errors with the place. */
export function placed(value: TfValue, type: TfType, at: SourceLocation): TfValue {
  try {
    return convert(closed(value, type), type);
  } catch (error) {
    if (error instanceof TerraformError && error.at === undefined) throw new TerraformError(error.message, at);
    throw error;
  }
}

/** The value in the type that it shares with another one: the two sides of a conditional. */
export function unified(value: TfValue, other: TfValue): TfValue {
  // Most conditionals choose between two of a kind.
  if (value.kind === other.kind && value.kind !== 'list' && value.kind !== 'object') return value;
  if (holdsOpen(value) || holdsOpen(other)) return value;
  try {
    return unifyValues([value, other])?.[0] ?? value;
  } catch (error) {
    if (error instanceof TerraformError) return value;
    throw error;
  }
}

/** A resource's object with the computed attributes that an object type asks for among its entries. */
function closed(value: TfValue, type: TfType): TfValue {
  if (typeof type === 'string' || !holdsOpen(value)) return value;
  if (value.kind === 'list' && (type.kind === 'list' || type.kind === 'set')) {
    return { ...value, items: value.items.map((item) => closed(item, type.of)) };
  }
  if (value.kind !== 'object') return value;
  if (type.kind === 'map') {
    return { ...value, entries: new Map([...value.entries].map(([name, entry]) => [name, closed(entry, type.of)])) };
  }
  if (type.kind !== 'object') return value;
  const entries = new Map(value.entries);
  for (const [name, attribute] of type.attributes) {
    const entry = entryOf(value, name);
    if (entry !== undefined) entries.set(name, closed(entry, attribute.type));
  }
  return { ...value, entries };
}
