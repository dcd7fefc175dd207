import { fold } from './case-fold.ts';
import { negate, setOf, union, type CharSet } from './char-set.ts';
import { POSIX_CLASSES } from './named-classes.ts';
import { parseClassEscape, parseRune } from './parse-escape.ts';
import { fail, type Reader } from './reader.ts';

/** Reads a bracket expression, `[` to `]`. A negated one holds `\n`, as in Go. */
export function parseBracket(reader: Reader, ignoreCase: boolean): CharSet {
  const start = reader.at;
  reader.next();
  const negated = reader.eat('^');
  const sets: CharSet[] = [];
  const ranges: [number, number][] = [];
  let first = true;
  while (first || reader.peek() !== ']') {
    if (reader.done) fail('missing closing ]', start);
    first = false;
    const named =
      posixClass(reader, ignoreCase) ?? (reader.peek() === '\\' ? parseClassEscape(reader, ignoreCase) : undefined);
    if (named !== undefined) sets.push(named);
    else ranges.push(range(reader, start));
  }
  reader.next();
  const plain = setOf(ranges);
  const set = union(ignoreCase ? fold(plain) : plain, ...sets);
  return negated ? negate(set) : set;
}

function range(reader: Reader, start: number): [number, number] {
  const at = reader.at;
  const low = rune(reader, start);
  if (reader.peek() !== '-' || reader.peek(1) === ']' || reader.peek(1) === '') return [low, low];
  reader.next();
  const high = rune(reader, start);
  if (high < low) fail('invalid character class range', at);
  return [low, high];
}

function rune(reader: Reader, start: number): number {
  if (reader.done) return fail('missing closing ]', start);
  return reader.peek() === '\\' ? parseRune(reader) : (reader.next().codePointAt(0) ?? 0);
}

function posixClass(reader: Reader, ignoreCase: boolean): CharSet | undefined {
  const found = reader.match(/\[:(\^?)([^\]:]{0,20}):\]/y, reader.at);
  if (found === undefined) return undefined;
  const set = POSIX_CLASSES.get(found[2] ?? '');
  if (set === undefined) return fail('invalid character class range', reader.at);
  reader.at += found[0].length;
  const folded = ignoreCase ? fold(set) : set;
  return found[1] === '^' ? negate(folded) : folded;
}
