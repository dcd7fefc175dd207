import { formatInstant, parseInstant } from './functions/time.ts';
import { TerraformError } from './value.ts';

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?$/;

/** A YAML timestamp as RFC 3339 without fractions, which is what it becomes in Terraform; undefined where the text is none. */
export function timestampOf(text: string): string | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', separator, hour = '0', minute = '0', second = '0', , zone] = match;
  // A zone stands behind `T`, and only there.
  if ((separator === ' ') !== (zone === undefined) && separator !== undefined) return undefined;
  const pad = (part: string): string => part.padStart(2, '0');
  try {
    return formatInstant(
      parseInstant(`${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}${zone ?? 'Z'}`),
    );
  } catch (error) {
    if (error instanceof TerraformError) return undefined;
    throw error;
  }
}
