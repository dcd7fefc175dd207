/** Type constraints of the Terraform language, and what a value's own type is. */

import type { TfUnknown, TfValue } from './value.ts';

/** A type constraint; `any` is the type that is found. Lists, sets and maps have one element type, tuples and objects one for each part. */
export type TfType =
  | 'any'
  | 'string'
  | 'number'
  | 'bool'
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: TfType }
  | { readonly kind: 'tuple'; readonly items: readonly TfType[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, TfAttribute> };

/** An attribute of an object type; an optional one that is missing has its default, or null. */
export interface TfAttribute {
  readonly type: TfType;
  readonly optional?: boolean;
  readonly default?: TfValue;
}

/** `any` for null and for an unknown of no known type. */
export function typeOf(value: TfValue): TfType {
  switch (value.kind) {
    case 'null':
      return 'any';
    case 'unknown':
      return typeOfUnknown(value);
    case 'list':
      if (value.isSet) return { kind: 'set', of: value.items[0] === undefined ? 'any' : typeOf(value.items[0]) };
      return { kind: 'tuple', items: value.items.map(typeOf) };
    case 'object':
      return {
        kind: 'object',
        attributes: new Map([...value.entries].map(([key, item]) => [key, { type: typeOf(item) }])),
      };
    default:
      return value.kind;
  }
}

/** The type in Terraform's words, for messages. */
export function nameOfType(type: TfType): string {
  if (typeof type === 'string') return type === 'any' ? 'dynamic' : type;
  if (type.kind === 'tuple' || type.kind === 'object') return type.kind;
  return `${type.kind} of ${nameOfType(type.of)}`;
}

/** The type of a value in Terraform's words, for messages. */
export function nameOfValue(value: TfValue): string {
  return value.kind === 'null' ? 'null' : nameOfType(typeOf(value));
}

/** What is known of an unknown's kind, as a type constraint. */
export function kindOfType(type: TfType): NonNullable<TfUnknown['constraint']>['type'] {
  if (type === 'any') return undefined;
  if (typeof type === 'string') return type;
  return type.kind === 'map' || type.kind === 'object' ? 'object' : 'list';
}

function typeOfUnknown(value: TfUnknown): TfType {
  const type = value.constraint?.type;
  if (type === 'list') return { kind: 'list', of: 'any' };
  if (type === 'object') return { kind: 'map', of: 'any' };
  return type ?? 'any';
}
