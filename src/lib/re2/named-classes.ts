import { negate, setOf, union, type CharSet } from './char-set.ts';

const DIGIT = setOf([[0x30, 0x39]]);
const UPPER = setOf([[0x41, 0x5a]]);
const LOWER = setOf([[0x61, 0x7a]]);
const LETTER = union(UPPER, LOWER);
export const WORD = union(LETTER, DIGIT, [0x5f, 0x5f]);

/** `\d`, `\s` and `\w` of RE2: ASCII only, and `\s` without the vertical tab. */
export const PERL_CLASSES: ReadonlyMap<string, CharSet> = new Map([
  ['d', DIGIT],
  [
    's',
    setOf([
      [0x09, 0x0a],
      [0x0c, 0x0d],
      [0x20, 0x20],
    ]),
  ],
  ['w', WORD],
]);

/** The names of `[[:name:]]`. */
export const POSIX_CLASSES: ReadonlyMap<string, CharSet> = new Map([
  ['alnum', union(LETTER, DIGIT)],
  ['alpha', LETTER],
  ['ascii', [0, 0x7f]],
  [
    'blank',
    setOf([
      [0x09, 0x09],
      [0x20, 0x20],
    ]),
  ],
  [
    'cntrl',
    setOf([
      [0, 0x1f],
      [0x7f, 0x7f],
    ]),
  ],
  ['digit', DIGIT],
  ['graph', [0x21, 0x7e]],
  ['lower', LOWER],
  ['print', [0x20, 0x7e]],
  [
    'punct',
    setOf([
      [0x21, 0x2f],
      [0x3a, 0x40],
      [0x5b, 0x60],
      [0x7b, 0x7e],
    ]),
  ],
  [
    'space',
    setOf([
      [0x09, 0x0d],
      [0x20, 0x20],
    ]),
  ],
  ['upper', UPPER],
  ['word', WORD],
  [
    'xdigit',
    setOf([
      [0x30, 0x39],
      [0x41, 0x46],
      [0x61, 0x66],
    ]),
  ],
]);

const CATEGORY = /^(?:[LMNPSZC]|L[ultmo]|M[nce]|N[dlo]|P[cdseifo]|S[mcko]|Z[slp]|C[cfosn])$/;
const SCRIPT = /^[A-Z][A-Za-z_]{1,40}$/;
const unicodeCache = new Map<string, CharSet | undefined>();

/** The set of a Unicode general category or script, by the tables of the running JavaScript engine; undefined for another name. */
export function unicodeClass(name: string): CharSet | undefined {
  if (name === 'Any') return negate([]);
  if (!unicodeCache.has(name)) unicodeCache.set(name, enumerate(name));
  return unicodeCache.get(name);
}

function enumerate(name: string): CharSet | undefined {
  if (!CATEGORY.test(name) && !SCRIPT.test(name)) return undefined;
  let property: RegExp;
  try {
    property = new RegExp(CATEGORY.test(name) ? `^\\p{${name}}$` : `^\\p{Script=${name}}$`, 'u');
  } catch {
    return undefined;
  }
  const flat: number[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (!property.test(String.fromCodePoint(code))) continue;
    if (flat.at(-1) === code - 1) flat[flat.length - 1] = code;
    else flat.push(code, code);
  }
  return flat;
}
