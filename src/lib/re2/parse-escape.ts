import { fold } from './case-fold.ts';
import { MAX_CODE_POINT, negate, type CharSet } from './char-set.ts';
import { PERL_CLASSES, unicodeClass } from './named-classes.ts';
import { fail, type Reader } from './reader.ts';

const CONTROL: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['v', 0x0b],
]);

/** Reads `\d`, `\S`, `\pL`, `\P{Greek}` and the like; undefined, and nothing read, for any other escape. */
export function parseClassEscape(reader: Reader, ignoreCase: boolean): CharSet | undefined {
  const start = reader.at;
  const letter = reader.peek(1);
  const perl = letter === '' ? undefined : PERL_CLASSES.get(letter.toLowerCase());
  if (perl !== undefined) {
    reader.at += 2;
    const set = ignoreCase ? fold(perl) : perl;
    return letter === letter.toLowerCase() ? set : negate(set);
  }
  if (letter !== 'p' && letter !== 'P') return undefined;
  const found = reader.match(/\\[pP](?:\{(\^?)([^}]{0,60})\}|([A-Za-z]))/y, start);
  const base = found === undefined ? undefined : unicodeClass(found[2] ?? found[3] ?? '');
  if (found === undefined || base === undefined) return fail('invalid character class range', start);
  reader.at = start + found[0].length;
  const set = ignoreCase ? fold(base) : base;
  return (letter === 'P') !== (found[1] === '^') ? negate(set) : set;
}

/** Reads one escaped character: punctuation, control, octal, `\x41`, `\x{10FFFF}`. */
export function parseRune(reader: Reader): number {
  const start = reader.at;
  reader.at += 1;
  if (reader.done) return fail('trailing backslash at end of expression', start);
  const char = reader.next();
  const control = CONTROL.get(char);
  if (control !== undefined) return control;
  if (char === 'x') return hexadecimal(reader, start);
  if (/[0-7]/.test(char)) {
    const octal = reader.match(/\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/y, start);
    if (octal === undefined) return fail('invalid escape sequence (RE2 has no backreferences)', start);
    reader.at = start + octal[0].length;
    return Number.parseInt(octal[1] ?? '0', 8);
  }
  if (/[\x00-\x7f]/.test(char) && !/[A-Za-z0-9]/.test(char)) return char.codePointAt(0) ?? 0;
  return fail('invalid escape sequence', start);
}

function hexadecimal(reader: Reader, start: number): number {
  const found = reader.match(/\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,8})\})/y, start);
  const code = found === undefined ? Infinity : Number.parseInt(found[1] ?? found[2] ?? '', 16);
  if (found === undefined || code > MAX_CODE_POINT) return fail('invalid escape sequence', start);
  reader.at = start + found[0].length;
  return code;
}
