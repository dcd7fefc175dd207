/** Numbers as Terraform keeps and prints them: whole ones exactly, fractions by their shortest decimal form. */

export type TfNumeric = bigint | number;

/** A decimal fraction: `digits / 10^scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Largest exponent of ten that is written out: beyond it a number is no longer a number that people write. */
const WIDEST = 2000;

/** The number that a text means to Terraform (`12`, `-1.5`, `1e3`); undefined where it is none. */
export function parseNumber(text: string): TfNumeric | undefined {
  // Go reads infinity, too.
  if (/^[+-]?[iI]nf$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (match === null || whole + fraction === '' || text.length > WIDEST) return undefined;
  if (Math.abs(Number(exponent)) > WIDEST) return undefined;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  return fromDecimal({ digits, scale: fraction.length - Number(exponent) });
}

/** The decimal form of a number, without an exponent: what `tostring`, templates and jsonencode print. */
export function formatNumber(value: TfNumeric): string {
  if (typeof value === 'bigint') return value.toString();
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const { digits, scale } = toDecimal(value);
  if (scale <= 0) return (digits * 10n ** BigInt(-scale)).toString();
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  return `${digits < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

/** The shortest decimal that reads back as the number. */
export function toDecimal(value: TfNumeric): Decimal {
  if (typeof value === 'bigint') return { digits: value, scale: 0 };
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
}

/** A decimal as a number: exact where it is whole. */
function fromDecimal({ digits, scale }: Decimal): TfNumeric {
  if (scale <= 0) return digits * 10n ** BigInt(-scale);
  const unit = 10n ** BigInt(scale);
  if (digits % unit === 0n) return digits / unit;
  return Number(`${digits}e-${scale}`);
}

/** Less than, equal to or greater than zero as `a` stands to `b`. */
export function compareNumbers(a: TfNumeric, b: TfNumeric): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The sum, in decimals: 0.1 + 0.2 is 0.3, as in Terraform, whose floats have 512 bits. */
export function addNumbers(a: TfNumeric, b: TfNumeric): TfNumeric {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a + b;
  if (!isFinite(a) || !isFinite(b)) return Number(a) + Number(b);
  const x = toDecimal(a);
  const y = toDecimal(b);
  const scale = Math.max(x.scale, y.scale);
  return fromDecimal({
    digits: x.digits * 10n ** BigInt(scale - x.scale) + y.digits * 10n ** BigInt(scale - y.scale),
    scale,
  });
}

/** The product, in decimals. */
export function multiplyNumbers(a: TfNumeric, b: TfNumeric): TfNumeric {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a * b;
  if (!isFinite(a) || !isFinite(b)) return Number(a) * Number(b);
  const x = toDecimal(a);
  const y = toDecimal(b);
  return fromDecimal({ digits: x.digits * y.digits, scale: x.scale + y.scale });
}

/** The number with the other sign. */
export function negateNumber(value: TfNumeric): TfNumeric {
  return -value;
}

/** The nearest whole number below (`floor`) or above (`ceil`). */
export function roundNumber(value: TfNumeric, way: 'floor' | 'ceil'): TfNumeric {
  if (typeof value === 'bigint' || !Number.isFinite(value)) return value;
  return BigInt(Math[way](value));
}

/** A whole number that fits a JavaScript index; undefined otherwise. */
export function toIndex(value: TfNumeric): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) && compareNumbers(BigInt(number), value) === 0 ? number : undefined;
}

function isFinite(value: TfNumeric): boolean {
  return typeof value === 'bigint' || Number.isFinite(value);
}
