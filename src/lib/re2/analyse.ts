import type { Node } from './ast.ts';
import { rangesOf, type CharSet } from './char-set.ts';

const MAX_STRINGS = 256;

/** The longest text that can match, in UTF-16 units; Infinity where there is no bound. */
export function maxWidth(node: Node): number {
  switch (node.kind) {
    case 'empty':
    case 'assert':
      return 0;
    case 'set':
      return (node.set.at(-1) ?? 0) > 0xffff ? 2 : 1;
    case 'group':
      return maxWidth(node.body);
    case 'concat':
      return node.parts.reduce((sum, part) => sum + maxWidth(part), 0);
    case 'alternate':
      return Math.max(0, ...node.parts.map(maxWidth));
    case 'repeat': {
      const body = maxWidth(node.body);
      return body === 0 || node.max === 0 ? 0 : body * node.max;
    }
  }
}

/** How many `\b` and `\B` one path through the expression can meet; a repetition without bound counts twice. */
export function wordAssertions(node: Node): number {
  switch (node.kind) {
    case 'assert':
      return node.what === 'word' || node.what === 'not-word' ? 1 : 0;
    case 'group':
      return wordAssertions(node.body);
    case 'concat':
      return node.parts.reduce((sum, part) => sum + wordAssertions(part), 0);
    case 'alternate':
      return Math.max(0, ...node.parts.map(wordAssertions));
    case 'repeat': {
      const times = maxWidth(node.body) === 0 ? 1 : node.max === Infinity ? node.min + 2 : node.max;
      return wordAssertions(node.body) * times;
    }
    default:
      return 0;
  }
}

/** The long s and the Kelvin sign: the only characters outside of ASCII that `(?i)` takes for ASCII letters. */
const FOLDS_TO_ASCII: ReadonlySet<number> = new Set([0x17f, 0x212a]);

/**
 * Whether every match provably holds one of the words (lower case, ASCII), whatever its case in the text; for texts
 * without U+017F and U+212A, which `(?i)` takes for `s` and `k`.
 */
export function alwaysHolds(node: Node, words: readonly string[]): boolean {
  const strings = stringsOf(node);
  const enough = (text: string): boolean => words.some((word) => text.includes(word));
  if (strings !== undefined && strings.length > 0 && strings.every(enough)) return true;
  switch (node.kind) {
    case 'group':
      return alwaysHolds(node.body, words);
    case 'repeat':
      return node.min > 0 && alwaysHolds(node.body, words);
    case 'alternate':
      return node.parts.every((part) => alwaysHolds(part, words));
    case 'concat':
      return node.parts.some((part) => alwaysHolds(part, words)) || runsHold(node.parts, enough);
    default:
      return false;
  }
}

/** Whether a run of neighbours with known strings holds a word across their borders. */
function runsHold(parts: readonly Node[], enough: (text: string) => boolean): boolean {
  let run: readonly string[] = [''];
  for (const part of parts) {
    const strings = stringsOf(part);
    run = strings === undefined ? [''] : (product(run, strings) ?? strings);
    if (run.every(enough)) return true;
  }
  return false;
}

/** Every text that can match, lower-cased, when they are few; undefined otherwise. */
function stringsOf(node: Node): readonly string[] | undefined {
  switch (node.kind) {
    case 'empty':
    case 'assert':
      return [''];
    case 'set':
      return lowerCaseOf(node.set);
    case 'group':
      return stringsOf(node.body);
    case 'concat':
      return node.parts.reduce<readonly string[] | undefined>(
        (all, part) => (all === undefined ? undefined : product(all, stringsOf(part))),
        [''],
      );
    case 'alternate': {
      const all = node.parts.map(stringsOf);
      const flat = all.flatMap((strings) => strings ?? []);
      return all.includes(undefined) || flat.length > MAX_STRINGS ? undefined : [...new Set(flat)];
    }
    case 'repeat': {
      if (node.max > 4) return undefined;
      const body = stringsOf(node.body);
      let power: readonly string[] | undefined = [''];
      const all: string[] = [];
      for (let n = 0; n <= node.max; n++) {
        if (power === undefined) return undefined;
        if (n >= node.min) all.push(...power);
        power = product(power, body);
      }
      return all.length > MAX_STRINGS ? undefined : all;
    }
  }
}

function lowerCaseOf(set: CharSet): readonly string[] | undefined {
  const out = new Set<string>();
  for (const [low, high] of rangesOf(set)) {
    if (high - low > 8) return undefined;
    for (let code = low; code <= high; code++) {
      if (FOLDS_TO_ASCII.has(code)) continue;
      out.add(code < 0x80 ? String.fromCharCode(code).toLowerCase() : '\u0000');
    }
  }
  return out.size > 8 ? undefined : [...out];
}

function product(a: readonly string[], b: readonly string[] | undefined): readonly string[] | undefined {
  if (b === undefined || a.length * b.length > MAX_STRINGS) return undefined;
  return a.flatMap((head) => b.map((tail) => head + tail));
}
