/** Values as JSON with their kinds, for the recorded cases: sets, unknowns, marks and large numbers are objects with one `$` key. */

import { objectOf, setOf } from '../../src/engines/terraform/convert.ts';
import { formatNumber, parseNumber } from '../../src/engines/terraform/number.ts';
import type { Origin, TfValue } from '../../src/engines/terraform/value.ts';

export type Typed = string | number | boolean | null | readonly Typed[] | { readonly [key: string]: Typed };

/** The value that the JSON stands for. */
export function fromTyped(typed: Typed, origin: Origin): TfValue {
  if (typed === null) return { kind: 'null', origin };
  if (typeof typed === 'string') return { kind: 'string', origin, value: typed };
  if (typeof typed === 'boolean') return { kind: 'bool', origin, value: typed };
  if (typeof typed === 'number') return numeric(String(typed), origin);
  if (isList(typed)) return { kind: 'list', origin, isSet: false, items: typed.map((item) => fromTyped(item, origin)) };
  const { $set, $unknown, $number, $sensitive, $map, $null } = typed;
  if ($null !== undefined) return { kind: 'null', origin };
  if ($set !== undefined && isList($set)) {
    return setOf(
      $set.map((item) => fromTyped(item, origin)),
      { origin },
    );
  }
  if ($unknown !== undefined) {
    const constraint = $unknown === 'string' ? ({ type: 'string', notNull: true } as const) : undefined;
    return { kind: 'unknown', origin, why: 'known after apply', ...(constraint === undefined ? {} : { constraint }) };
  }
  if (typeof $number === 'string') return numeric($number, origin);
  if ($sensitive !== undefined) return { ...fromTyped($sensitive, origin), sensitive: true };
  if ($map !== undefined) return fromTyped($map, origin);
  return objectOf(
    Object.entries(typed).map(([key, value]) => [key, fromTyped(value, origin)] as const),
    { origin },
  );
}

/** The JSON of a value. */
export function toTyped(value: TfValue): Typed {
  switch (value.kind) {
    case 'null':
      return null;
    case 'unknown':
      return { $unknown: true };
    case 'number':
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : { $number: formatNumber(value.value) };
    case 'list':
      return value.isSet ? { $set: value.items.map(toTyped) } : value.items.map(toTyped);
    case 'object':
      return Object.fromEntries([...value.entries].map(([key, item]) => [key, toTyped(item)]));
    default:
      return value.value;
  }
}

/** The expression that gives the value to Terraform. */
export function toHcl(typed: Typed): string {
  if (typed === null || typeof typed === 'boolean') return String(typed);
  if (typeof typed === 'number') return formatNumber(parseNumber(String(typed)) ?? typed);
  if (typeof typed === 'string') return quote(typed);
  if (isList(typed)) return `[${typed.map(toHcl).join(', ')}]`;
  const { $set, $unknown, $number, $sensitive, $map, $null } = typed;
  if (typeof $null === 'string') return `to${$null}(null)`;
  if ($set !== undefined) return `toset(${toHcl($set)})`;
  if ($unknown !== undefined) return $unknown === 'string' ? 'terraform_data.u.id' : 'jsondecode(terraform_data.u.id)';
  if (typeof $number === 'string') return $number;
  if ($sensitive !== undefined) return `sensitive(${toHcl($sensitive)})`;
  if ($map !== undefined) return `tomap(${toHcl($map)})`;
  return `{${Object.entries(typed)
    .map(([key, value]) => `${quote(key)} = ${toHcl(value)}`)
    .join(', ')}}`;
}

function quote(text: string): string {
  const escaped = JSON.stringify(text).replace(/[$%](?=\{)/g, '$&$&');
  // HCL has no \b, \f, and no pairs of surrogates.
  return escaped.replace(/\\[\\bf]/g, (pair) => (pair === '\\b' ? '\\u0008' : pair === '\\f' ? '\\u000c' : pair));
}

function numeric(text: string, origin: Origin): TfValue {
  return { kind: 'number', origin, value: parseNumber(text) ?? Number(text) };
}

function isList(typed: Typed): typed is readonly Typed[] {
  return Array.isArray(typed);
}
