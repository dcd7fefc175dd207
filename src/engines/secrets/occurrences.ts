import type { Re2 } from '../../lib/re2/index.ts';
import { runRegex, type Limits, type Stop } from './run-regex.ts';
import type { Rule, Ruleset } from './ruleset.ts';
import { windowsAround, type Window } from './windows.ts';

/** Where words stand in a text: the offsets after each occurrence, ascending. */
export type Occurrences = ReadonlyMap<string, readonly number[]>;

/** A word that stands so often is as good as everywhere: its rules run over the whole text. */
const MOST_OCCURRENCES = 20_000;
/** Texts up to this long are searched where an expression's core matches, without a bound on what one call costs. */
const SHORT = 200_000;

/** Looks for the words of all rules at once. */
export function findWords(text: string, { finder, words }: Ruleset): Occurrences {
  const { found, add } = collector(words);
  finder?.scan(text, add);
  return found;
}

/** The same over the bytes `[from, to)`; offsets are in bytes, from `from`. */
export function findWordsInBytes(bytes: Uint8Array, from: number, to: number, { finder, words }: Ruleset): Occurrences {
  const { found, add } = collector(words);
  finder?.scanBytes(bytes, from, to, add);
  return found;
}

function collector(words: readonly string[]): {
  readonly found: Occurrences;
  readonly add: (word: number, end: number) => void;
} {
  const found = new Map<string, number[]>();
  return {
    found,
    add(index, end) {
      const word = words[index] ?? '';
      const list = found.get(word);
      if (list === undefined) found.set(word, [end]);
      else if (list.length < MOST_OCCURRENCES) list.push(end);
    },
  };
}

/** The rules whose keywords stand in the text, each once. */
export function rulesMet(text: string, found: Occurrences, ruleset: Ruleset): ReadonlySet<Rule> {
  const met = new Set<Rule>();
  for (const word of found.keys()) for (const rule of ruleset.byKeyword.get(word) ?? []) met.add(rule);
  for (const rule of ruleset.always) if (meetsKeyword(rule, text, found, ruleset)) met.add(rule);
  return met;
}

/** Whether one of the rule's keywords stands in the text. */
function meetsKeyword(rule: Rule, text: string, found: Occurrences, { searched }: Ruleset): boolean {
  if (rule.keywords.length === 0) return true;
  return rule.keywords.some((word) => (searched.has(word) ? found.has(word) : text.toLowerCase().includes(word)));
}

/**
 * Calls `found` for every match of a rule's expression in a text, as one pass over the whole of it would. It looks only
 * where the occurrences of words prove that a match can be; without occurrences it looks everywhere.
 */
export function runRule(
  rule: Rule,
  text: string,
  occurrences: Occurrences | undefined,
  ruleset: Ruleset,
  found: (match: RegExpExecArray) => void,
  limits?: Limits,
): Stop | undefined {
  const { regex } = rule;
  if (regex === undefined) return undefined;
  const whole = [{ from: 0, to: text.length }];
  if (occurrences === undefined || ruleset.finder === undefined || foldsOddly(text, occurrences))
    return runRegex(regex, text, whole, found, limits);
  if (rule.coreWords !== undefined && text.length <= SHORT && regex.core?.regex !== undefined)
    return runAtCores(regex, regex.core.regex, text, startsOf(rule.coreWords, occurrences), found);
  return runRegex(regex, text, windowsOf(rule, regex, text, occurrences) ?? whole, found, limits);
}

/** Whether `(?i)` can match a keyword that does not stand in the text letter by letter; asked once for each text. */
function foldsOddly(text: string, occurrences: Occurrences): boolean {
  const known = odd.get(occurrences) ?? /[\u017f\u212a]/.test(text);
  odd.set(occurrences, known);
  return known;
}

const odd = new WeakMap<Occurrences, boolean>();

function startsOf(words: readonly string[], occurrences: Occurrences): number[] {
  const starts: number[] = [];
  let lists = 0;
  for (const word of words) {
    const ends = occurrences.get(word);
    if (ends === undefined) continue;
    lists++;
    for (const end of ends) starts.push(end - word.length);
  }
  return lists > 1 ? starts.sort((a, b) => a - b) : starts;
}

/** Where the core matches nowhere from here on, the expression doesn't either; where it does, the expression decides. */
function runAtCores(
  { regex, core }: Re2,
  sticky: RegExp,
  text: string,
  starts: readonly number[],
  found: (match: RegExpExecArray) => void,
): Stop | undefined {
  const lead = core?.lead ?? 0;
  let at = 0;
  for (const start of starts) {
    if (start < at) continue;
    sticky.lastIndex = start;
    if (!sticky.test(text)) continue;
    regex.lastIndex = Math.max(at, start - lead);
    const match = regex.exec(text);
    if (match === null) break;
    at = match.index + match[0].length;
    found(match);
  }
  return undefined;
}

function windowsOf(rule: Rule, regex: Re2, text: string, occurrences: Occurrences): readonly Window[] | undefined {
  if (!rule.windowed) return undefined;
  const around = rule.keywords.flatMap((word) =>
    (occurrences.get(word) ?? []).map((end) => ({ end, length: word.length })),
  );
  if (around.length >= MOST_OCCURRENCES) return undefined;
  return windowsAround(around, regex.maxWidth, text.length);
}
