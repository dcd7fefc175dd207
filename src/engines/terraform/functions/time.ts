import { TerraformError } from '../value.ts';

/** A point in time with its offset from UTC, as RFC 3339 writes it. */
export interface Instant {
  /** Nanoseconds since 1970, UTC. */
  readonly nanos: bigint;
  /** Minutes east of UTC. */
  readonly offset: number;
}

const SECOND = 1_000_000_000n;
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1000n],
  ['\u00b5s', 1000n],
  ['\u03bcs', 1000n],
  ['ms', 1_000_000n],
  ['s', SECOND],
  ['m', 60n * SECOND],
  ['h', 3600n * SECOND],
]);

/** Reads RFC 3339; throws TerraformError for anything else. */
export function parseInstant(text: string): Instant {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,30}))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (match ?? []).slice(1, 7).map(Number);
  const [offsetHour, offsetMinute] = [Number(match?.[9] ?? 0), Number(match?.[10] ?? 0)];
  const valid =
    match !== null && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month) && hour < 24 && minute < 60;
  if (!valid || second > 59 || offsetHour > 23 || offsetMinute > 59) {
    throw new TerraformError(`not a valid RFC3339 timestamp: ${JSON.stringify(text)}`);
  }
  const offset = (match[8] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute);
  const fraction = BigInt((match[7] ?? '').slice(0, 9).padEnd(9, '0'));
  const seconds = BigInt(utc(year, month, day)) / 1000n + BigInt(hour * 3600 + minute * 60 + second - offset * 60);
  return { nanos: seconds * SECOND + fraction, offset };
}

/** RFC 3339 without fractions of a second. */
export function formatInstant(instant: Instant): string {
  const date = localDate(instant);
  const { year, text } = { year: date.getUTCFullYear(), text: date.toISOString() };
  if (year < 0 || year > 9999) throw new TerraformError('the year of a timestamp must be from 0 to 9999');
  return text.slice(0, 19) + formatOffset(instant.offset);
}

/** `Z`, or `+02:00` (with another separator where one is given). */
export function formatOffset(offset: number, separator = ':', zero = 'Z'): string {
  if (offset === 0) return zero;
  const minutes = Math.abs(offset);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${separator}${pad(minutes % 60)}`;
}

/** A Date whose UTC fields are the clock on the wall at the instant's offset. */
export function localDate({ nanos, offset }: Instant): Date {
  const seconds = nanos / SECOND - (nanos % SECOND < 0n ? 1n : 0n);
  const date = new Date((Number(seconds) + offset * 60) * 1000);
  if (Number.isNaN(date.getTime())) throw new TerraformError('a time that is too far away');
  return date;
}

/** Nanoseconds of Go's durations: `1h30m`, `-1.5s`; throws TerraformError for anything else. */
export function parseDuration(text: string): bigint {
  const [, sign, parts = ''] =
    /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+|0)$/.exec(text) ?? [];
  if (parts === '' || text.length > 200) throw new TerraformError(`invalid duration ${JSON.stringify(text)}`);
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of parts.matchAll(/(\d*)\.?(\d*)([a-z\u00b5\u03bc]+)/g)) {
    const size = UNITS.get(unit) ?? 0n;
    nanos +=
      BigInt(whole === '' ? 0 : whole) * size +
      (BigInt(fraction === '' ? 0 : fraction) * size) / 10n ** BigInt(fraction.length);
  }
  if (nanos >= 1n << 63n) throw new TerraformError(`invalid duration ${JSON.stringify(text)}`);
  return sign === '-' ? -nanos : nanos;
}

function daysOf(year: number, month: number): number {
  return new Date(utc(year, month + 1, 0)).getUTCDate();
}

/** `Date.UTC` reads the years 0 to 99 as 1900 and later. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}
