import { HclSyntaxError } from './cursor.ts';

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** Reads the escape at a backslash in a quoted string: its value and its length in code units. */
export function readEscape(text: string, at: number, end: number): { readonly value: string; readonly length: number } {
  const selector = text.charAt(at + 1);
  const simple = SIMPLE.get(selector);
  if (simple !== undefined && at + 2 <= end) return { value: simple, length: 2 };
  const length = selector === 'u' ? 6 : selector === 'U' ? 10 : 2;
  const digits = text.slice(at + 2, Math.min(at + length, end));
  const point = length > 2 && digits.length === length - 2 && /^[0-9a-fA-F]+$/.test(digits) ? parseInt(digits, 16) : -1;
  const isCharacter = point >= 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  if (!isCharacter) throw new HclSyntaxError('not an escape sequence of HCL', at, Math.min(at + length, end));
  return { value: String.fromCodePoint(point), length };
}
