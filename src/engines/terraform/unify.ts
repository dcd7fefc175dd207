import { convert } from './convert.ts';
import { boundedSize } from './measure.ts';
import { typeOf } from './types.ts';
import { unifyTypes } from './unify-types.ts';
import type { TfValue } from './value.ts';

/** The values converted to the type that they have in common (arms of a conditional, arguments of coalesce); undefined where there is none. */
export function unifyValues(values: readonly TfValue[]): TfValue[] | undefined {
  for (const value of values) boundedSize(value);
  const types = values.map(typeOf);
  const type = unifyTypes(types);
  if (type !== undefined) return values.map((value) => convert(value, type));
  // Beside a null of no type, values of different kinds stay as they are.
  return types.includes('any') ? [...values] : undefined;
}
