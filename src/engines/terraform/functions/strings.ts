/** String functions: https://developer.hashicorp.com/terraform/language/functions#string-functions. */

import type { TfFunction } from '../functions.ts';
import { compareStrings, firstUnknown } from '../compare.ts';
import { TerraformError } from '../value.ts';
import { bool, define, list, number, string, text, unknownLike } from './define.ts';
import { graphemes } from './graphemes.ts';
import { itemsAt, textAt, textOf, textsOf, wholeAt } from './read.ts';

const ONE = { params: ['string'], gives: 'string' } as const;
const TWO = { params: ['string', 'string'], gives: 'string' } as const;
const ASKS = { params: ['string', 'string'], gives: 'bool' } as const;
// What Go calls space: it has U+0085, and no U+FEFF.
const SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const IS_SPACE = new RegExp(`[${SPACE}]`);
const TEXTS = { kind: 'list', of: 'string' } as const;

export const STRINGS: readonly (readonly [string, TfFunction])[] = [
  define('lower', ONE, (args, tools) => string(mapCodePoints(textAt(args, 0), lowerOne), tools)),
  define('upper', ONE, (args, tools) => string(mapCodePoints(textAt(args, 0), upperOne), tools)),
  define('title', ONE, (args, tools) => string(title(textAt(args, 0)), tools)),
  define('chomp', ONE, (args, tools) => string(chomp(textAt(args, 0)), tools)),
  define('trimspace', ONE, (args, tools) =>
    string(
      trimEnds(textAt(args, 0), (c) => IS_SPACE.test(c)),
      tools,
    ),
  ),
  define('trim', TWO, (args, tools) => {
    const cut = new Set(textAt(args, 1));
    return string(
      trimEnds(textAt(args, 0), (char) => cut.has(char)),
      tools,
    );
  }),
  define('trimprefix', TWO, (args, tools) => {
    const [from, prefix] = [textAt(args, 0), textAt(args, 1)];
    return string(from.startsWith(prefix) ? from.slice(prefix.length) : from, tools);
  }),
  define('trimsuffix', TWO, (args, tools) => {
    const [from, suffix] = [textAt(args, 0), textAt(args, 1)];
    return string(from.endsWith(suffix) ? from.slice(0, from.length - suffix.length) : from, tools);
  }),
  define('startswith', { ...ASKS, unknown: 'never' }, (args, tools) => {
    const [from, prefix] = args;
    if (prefix?.kind === 'unknown') return unknownLike(prefix, tools, { type: 'bool', notNull: true });
    const wanted = textAt(args, 1);
    if (from?.kind !== 'unknown') return bool(textAt(args, 0).startsWith(wanted), tools);
    const start = from.constraint?.prefix ?? '';
    if (start.startsWith(wanted)) return bool(true, tools);
    if (!wanted.startsWith(start)) return bool(false, tools);
    return unknownLike(from, tools, { type: 'bool', notNull: true });
  }),
  define('endswith', ASKS, (args, tools) => bool(textAt(args, 0).endsWith(textAt(args, 1)), tools)),
  define('strcontains', ASKS, (args, tools) => bool(textAt(args, 0).includes(textAt(args, 1)), tools)),
  define('strrev', ONE, (args, tools) => string(graphemes(textAt(args, 0)).reverse().join(''), tools)),
  define('substr', { params: ['string', 'number', 'number'], gives: 'string' }, (args, tools) =>
    string(substr(textAt(args, 0), wholeAt(args, 1), wholeAt(args, 2)), tools),
  ),
  define('indent', { params: ['number', 'string'], gives: 'string' }, (args, tools) => {
    const lines = textAt(args, 1).split('\n');
    const width = wholeAt(args, 0);
    if (width < 0) throw new TerraformError('indent() takes no negative number of spaces');
    tools.spend(width * lines.length);
    return string(lines.join(`\n${' '.repeat(width)}`), tools);
  }),
  define('join', { params: ['string'], rest: TEXTS, gives: 'string' }, (args, tools) => {
    if (args.length < 2) throw new TerraformError('join() takes at least two arguments');
    const separator = textAt(args, 0);
    tools.spend(args.reduce((sum, arg) => sum + (arg.kind === 'list' ? arg.items.length : 0), 0));
    const items = args.slice(1).flatMap((_, index) => [...itemsAt(args, index + 1)]);
    const hole = items.findIndex((item) => item.kind === 'unknown');
    const cause = firstUnknown({ kind: 'list', origin: tools.origin, isSet: false, items });
    if (cause !== undefined) {
      const known = textsOf(items.slice(0, hole)).map((part) => part + separator);
      tools.spend(known.reduce((sum, part) => sum + part.length, 0));
      const prefix = args.some((arg) => arg.kind === 'list' && arg.isSet) ? '' : known.join('');
      return unknownLike(cause, tools, { type: 'string', notNull: true, ...(prefix === '' ? {} : { prefix }) });
    }
    const texts = textsOf(items);
    tools.spend(texts.reduce((sum, part) => sum + part.length + separator.length, 0));
    return string(texts.join(separator), tools);
  }),
  define('split', { params: ['string', 'string'], gives: TEXTS }, (args, tools) => {
    const [separator, from] = [textAt(args, 0), textAt(args, 1)];
    tools.spend(from.length);
    const parts = separator === '' ? Array.from(from) : from.split(separator);
    return list(
      parts.map((part) => text(part, tools.origin)),
      tools,
    );
  }),
  define('sort', { params: [TEXTS], gives: TEXTS }, (args, tools) => {
    const hole = itemsAt(args, 0)
      .map(firstUnknown)
      .find((found) => found !== undefined);
    // Sorting keeps the number of elements, and nothing else is known.
    if (hole !== undefined) {
      return list(
        itemsAt(args, 0).map(() => unknownLike(hole, tools, { type: 'string' })),
        tools,
      );
    }
    const items = itemsAt(args, 0).map((item) => ({ item, key: textOf(item) }));
    return list(
      items.sort((a, b) => compareStrings(a.key, b.key)).map(({ item }) => item),
      tools,
    );
  }),
  define('parseint', { params: ['any', 'number'], gives: 'number' }, (args, tools) => {
    return number(parseDigits(textAt(args, 0), wholeAt(args, 1)), tools);
  }),
];

function mapCodePoints(from: string, map: (char: string) => string): string {
  return Array.from(from, map).join('');
}

/** Go maps each character to one character; `ß` stays. */
function upperOne(char: string): string {
  const upper = char.toUpperCase();
  return upper.length === char.length || Array.from(upper).length === 1 ? upper : char;
}

function lowerOne(char: string): string {
  if (char === '\u0130') return 'i';
  const lower = char.toLowerCase();
  return Array.from(lower).length === 1 ? lower : char;
}

function title(from: string): string {
  let previous = ' ';
  return mapCodePoints(from, (char) => {
    const starts = separates(previous);
    previous = char;
    return starts ? upperOne(char) : char;
  });
}

/** Beyond ASCII only space separates words, in Go's `strings.Title`. */
function separates(char: string): boolean {
  if (char.charCodeAt(0) <= 0x7f) return !/\w/.test(char);
  return !/[\p{L}\p{N}]/u.test(char) && IS_SPACE.test(char);
}

function chomp(from: string): string {
  let end = from.length;
  while (end > 0 && (from[end - 1] === '\n' || from[end - 1] === '\r')) end--;
  return from.slice(0, end);
}

function trimEnds(from: string, isCut: (char: string) => boolean): string {
  const chars = Array.from(from);
  let start = 0;
  let end = chars.length;
  for (; start < end && isCut(chars[start] ?? ''); start++);
  for (; end > start && isCut(chars[end - 1] ?? ''); end--);
  return chars.slice(start, end).join('');
}

function substr(from: string, offset: number, length: number): string {
  const chars = graphemes(from);
  if (offset >= 0 && length === 0) return '';
  const start = Math.max(0, offset < 0 ? offset + chars.length : offset);
  // Terraform's own quirk: a length of zero after a negative offset takes the whole rest.
  return chars.slice(start, length <= 0 ? undefined : start + length).join('');
}

function parseDigits(from: string, base: number): bigint {
  if (base < 2 || base > 62) throw new TerraformError('the base of parseint() must be from 2 to 62');
  const [, sign, digits = ''] = /^([+-]?)([0-9A-Za-z]+)$/.exec(from) ?? [];
  if (digits === '' || digits.length > 10_000) throw notInteger(from, base);
  let result = 0n;
  for (const digit of digits) {
    const value = digitValue(digit, base);
    if (value >= base) throw notInteger(from, base);
    result = result * BigInt(base) + BigInt(value);
  }
  return sign === '-' ? -result : result;
}

function digitValue(digit: string, base: number): number {
  if (digit >= 'a') return digit.charCodeAt(0) - 87;
  if (digit >= 'A') return digit.charCodeAt(0) - (base <= 36 ? 55 : 29);
  return digit.charCodeAt(0) - 48;
}

function notInteger(from: string, base: number): TerraformError {
  return new TerraformError(`cannot parse ${JSON.stringify(from)} as a base ${base} integer`);
}
