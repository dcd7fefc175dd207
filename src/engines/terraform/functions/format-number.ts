/** Numbers under the verbs of Go's `fmt`: https://pkg.go.dev/fmt#hdr-Printing. */

import { toDecimal, toIndex, type TfNumeric } from '../number.ts';
import { TerraformError } from '../value.ts';

/** What stands between `%` and the verb; width and precision count characters. */
export interface Flags {
  readonly zero: boolean;
  readonly sharp: boolean;
  readonly plus: boolean;
  readonly minus: boolean;
  readonly space: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

/** `0.digits × 10^point`; digits without zeros at either end. */
interface Digits {
  readonly negative: boolean;
  readonly digits: string;
  readonly point: number;
}

const RADIX = { b: 2, o: 8, d: 10, x: 16, X: 16 } as const;
const PREFIX = { b: '0b', o: '0', d: '', x: '0x', X: '0X' } as const;
/** Bits of Terraform's floats: they decide how a decimal half is rounded. */
const MANTISSA = 512;

/** `%b %d %o %x %X`: the number must be whole. */
export function formatInteger(value: TfNumeric, verb: keyof typeof RADIX, flags: Flags): string {
  const whole = typeof value === 'bigint' ? value : wholeOf(value);
  const magnitude = whole < 0n ? -whole : whole;
  const plain = magnitude.toString(RADIX[verb]).padStart(flags.precision ?? 0, '0');
  const digits = verb === 'X' ? plain.toUpperCase() : plain;
  // No digits at all for zero with a precision of zero.
  const shown = flags.precision === 0 && whole === 0n ? '' : digits;
  const sign = signOf(whole < 0n, flags) + (flags.sharp ? PREFIX[verb] : '');
  return padded(sign, shown, flags, flags.zero && flags.precision === undefined);
}

/** `%e %E %f %g %G`; six digits behind the point by default, for `g` as many as the number has. */
export function formatFloat(value: TfNumeric, verb: 'e' | 'E' | 'f' | 'g' | 'G', flags: Flags): string {
  const { precision } = flags;
  const negative = value < 0;
  const sign = signOf(negative, flags);
  const body =
    verb === 'f'
      ? fixed(roundAt(exactDigits(value), precision ?? 6, 'behind'), precision ?? 6)
      : verb === 'e' || verb === 'E'
        ? scientific(roundAt(exactDigits(value), (precision ?? 6) + 1, 'all'), (precision ?? 6) + 1, verb)
        : general(value, verb, precision);
  return padded(sign, body, flags, flags.zero);
}

/** `%v` of a number: as few digits as say it, with an exponent from a million. */
export function formatShortest(value: TfNumeric): string {
  return (value < 0 ? '-' : '') + general(value, 'g', undefined);
}

function general(value: TfNumeric, verb: 'g' | 'G', precision: number | undefined): string {
  const wanted = precision === undefined ? undefined : Math.max(1, precision);
  const digits = wanted === undefined ? shortestDigits(value) : roundAt(exactDigits(value), wanted, 'all');
  const count = digits.digits.length;
  const limit = wanted === undefined ? 6 : wanted > count && count >= digits.point ? count : wanted;
  const exponent = digits.point - 1;
  const isZero = count === 0;
  if (!isZero && (exponent < -4 || exponent >= limit)) return scientific(digits, count, verb === 'g' ? 'e' : 'E');
  return fixed(digits, Math.max(count - digits.point, 0));
}

function fixed({ digits, point }: Digits, behind: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const fraction = (point < 0 ? '0'.repeat(-point) : '') + digits.slice(Math.max(0, point));
  return behind > 0 ? `${whole}.${fraction.slice(0, behind).padEnd(behind, '0')}` : whole;
}

function scientific({ digits, point }: Digits, count: number, letter: 'e' | 'E'): string {
  const exponent = digits === '' ? 0 : point - 1;
  const shown = digits.padEnd(count, '0');
  const fraction = count > 1 ? `.${shown.slice(1)}` : '';
  return `${shown[0] ?? '0'}${fraction}${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function shortestDigits(value: TfNumeric): Digits {
  const { digits, scale } = toDecimal(finite(value));
  return fromScaled(digits, scale);
}

/** All digits of the binary float of 512 bits that Terraform holds for the decimal number. */
function exactDigits(value: TfNumeric): Digits {
  const { digits, scale } = toDecimal(finite(value));
  if (scale <= 0) return fromScaled(digits, scale);
  const magnitude = digits < 0n ? -digits : digits;
  const divisor = 10n ** BigInt(scale);
  const shift = Math.max(0, MANTISSA - bitLength(magnitude) + bitLength(divisor));
  const scaled = (magnitude << BigInt(shift)) / divisor;
  // One bit may be too many; the rest decides how the last one is rounded.
  const drop = Math.max(0, bitLength(scaled) - MANTISSA);
  const numerator = magnitude << BigInt(shift - drop);
  const mantissa = roundHalfEven(numerator, divisor);
  const places = shift - drop;
  return fromScaled((digits < 0n ? -1n : 1n) * mantissa * 5n ** BigInt(places), places);
}

function roundHalfEven(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor;
  const twice = (numerator % divisor) * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function fromScaled(digits: bigint, scale: number): Digits {
  const text = (digits < 0n ? -digits : digits).toString();
  if (text === '0') return { negative: false, digits: '', point: 0 };
  return { negative: digits < 0n, digits: text.replace(/0+$/, ''), point: text.length - scale };
}

/** Rounds, halves to even, to so many digits in all or behind the decimal point. */
function roundAt(from: Digits, count: number, where: 'all' | 'behind'): Digits {
  const keep = where === 'all' ? count : from.point + count;
  if (keep >= from.digits.length) return from;
  if (keep < 0) return { ...from, digits: '', point: 0 };
  const head = from.digits.slice(0, keep);
  const rest = from.digits.slice(keep);
  const isOdd = Number(head.at(-1) ?? 0) % 2 === 1;
  const up = rest[0] !== undefined && (rest[0] > '5' || (rest[0] === '5' && (rest.length > 1 || isOdd)));
  const rounded = (BigInt(head === '' ? 0 : head) + (up ? 1n : 0n)).toString().padStart(head.length, '0');
  const trimmed = rounded.replace(/0+$/, '');
  return { ...from, digits: trimmed, point: trimmed === '' ? 0 : from.point + rounded.length - head.length };
}

function padded(sign: string, body: string, { width = 0, minus }: Flags, zero: boolean): string {
  const missing = Math.max(0, width - sign.length - body.length);
  if (minus) return sign + body + ' '.repeat(missing);
  return zero ? sign + '0'.repeat(missing) + body : ' '.repeat(missing) + sign + body;
}

function signOf(negative: boolean, { plus, space }: Flags): string {
  return negative ? '-' : plus ? '+' : space ? ' ' : '';
}

function wholeOf(value: number): bigint {
  if (toIndex(value) === undefined && !Number.isInteger(value)) throw new TerraformError('an integer is required');
  const { digits, scale } = toDecimal(value);
  return digits * 10n ** BigInt(-Math.min(0, scale));
}

function finite(value: TfNumeric): TfNumeric {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TerraformError('an infinite number cannot be formatted');
  return value;
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
