import { HclSyntaxError, type Cursor } from './cursor.ts';

/** Whole numbers above this many digits are refused: Terraform itself keeps 512 bits, which are 155 digits. */
const MOST_DIGITS = 400;
const TOKEN = /\d(?:(?:[\d.]|[eE][+-]?\d)*(?:\d|[eE][+-]?\d))?/y;
const NUMBER = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,6}))?$/;

/** Takes a number: a bigint where its value is whole (also `1e3` and `1.50e1`), otherwise the nearest double. */
export function parseNumber(cursor: Cursor): bigint | number {
  TOKEN.lastIndex = cursor.pos;
  const token = TOKEN.exec(cursor.text)?.[0] ?? '';
  const start = cursor.pos;
  cursor.take(Math.max(1, Math.min(token.length, cursor.end - start)));
  const value = token.length > MOST_DIGITS ? undefined : numberOf(token);
  if (value === undefined) throw new HclSyntaxError('not a number that can be read', start, cursor.last);
  return value;
}

/** The value of decimal digits as HCL writes numbers; undefined where the text is none or is too large to be exact. */
export function numberOf(text: string): bigint | number | undefined {
  const [, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (whole === '') return undefined;
  const kept = fraction.replace(/0+$/, '');
  const zeros = Number(exponent) - kept.length;
  const digits = (whole + kept).replace(/^0+(?=\d)/, '');
  if (digits === '0') return 0n;
  if (zeros >= 0) return digits.length + zeros > MOST_DIGITS ? undefined : BigInt(digits + '0'.repeat(zeros));
  const trailing = digits.length - digits.replace(/0+$/, '').length;
  if (trailing >= -zeros) return BigInt(digits.slice(0, zeros));
  return Number(text);
}
