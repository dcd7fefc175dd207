import type { PatternSet } from '../../../lib/automata/pattern-set.ts';
import type { Budget } from '../../../lib/automata/shortest.ts';
import type { Token } from '../../../lib/automata/tokens.ts';

/** A refutation that would take too long to check: it is not believed. */
export class TooLargeToCheck extends Error {
  constructor() {
    super('its refutation is too large to be checked');
    this.name = 'TooLargeToCheck';
  }
}

/** A way through one pattern that is still open: the tokens that are left. */
interface Thread {
  readonly tokens: readonly Token[];
  readonly at: number;
}

/**
 * Whether no text is in all sets of `within` and in none of `outside`. Plain on purpose: every set of threads that some text can
 * lead to is looked at, with every character that its next tokens name and one that none does.
 */
export function textsConflict(
  within: readonly PatternSet[],
  outside: readonly PatternSet[],
  alphabet: string | undefined,
  budget: Budget = { left: Infinity },
): boolean {
  const sets = [...within, ...outside];
  const chars = charactersOf(sets, alphabet);
  const numbers = new Map<readonly Token[], number>();
  for (const { patterns } of sets) for (const tokens of patterns) numbers.set(tokens, numbers.size);
  const begin = sets.map(({ patterns }) => settle(patterns.map((tokens) => ({ tokens, at: 0 }))));
  const keyOf = (threads: readonly (readonly Thread[])[]): string =>
    threads.map((each) => each.map(({ tokens, at }) => `${numbers.get(tokens) ?? ''}.${at}`).join(' ')).join('|');
  const seen = new Set([keyOf(begin)]);
  const waiting = [begin];
  for (let threads = waiting.pop(); threads !== undefined; threads = waiting.pop()) {
    if (threads.every((each, index) => each.some(isAtEnd) === index < within.length)) return false;
    for (const char of choicesAt(threads, chars)) {
      budget.left -= threads.length;
      if (budget.left < 0) throw new TooLargeToCheck();
      const next = threads.map((each) => settle(each.flatMap((thread) => advance(thread, char))));
      if (next.slice(0, within.length).some((each) => each.length === 0)) continue;
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      waiting.push(next);
    }
  }
  return true;
}

/** Characters that the next tokens tell apart: those that they name, and one of all others, which lead to the same threads. */
function choicesAt(threads: readonly (readonly Thread[])[], chars: readonly string[]): readonly string[] {
  const named = new Set<string>();
  for (const { tokens, at } of threads.flat()) {
    const token = tokens[at];
    if (token === undefined) continue;
    for (const char of token.kind === 'chars' ? token.chars : (token.except ?? '')) named.add(char);
  }
  const other = chars.find((char) => !named.has(char));
  return [...chars.filter((char) => named.has(char)), ...(other === undefined ? [] : [other])];
}

function charactersOf(sets: readonly PatternSet[], alphabet: string | undefined): readonly string[] {
  const named = new Set<string>();
  for (const token of sets.flatMap(({ patterns }) => patterns.flat()))
    for (const char of token.kind === 'chars' ? token.chars : (token.except ?? '')) named.add(char);
  if (alphabet === undefined) return [...named, '\u{10ffff}'];
  const others = [...alphabet].filter((char) => !named.has(char));
  return [...[...alphabet].filter((char) => named.has(char)), ...others.slice(0, 1)];
}

function advance({ tokens, at }: Thread, char: string): readonly Thread[] {
  const token = tokens[at];
  if (token === undefined) return [];
  if (token.kind === 'chars') return token.chars.includes(char) ? [{ tokens, at: at + 1 }] : [];
  if (token.except?.includes(char) === true) return [];
  return [{ tokens, at: token.kind === 'star' ? at : at + 1 }];
}

/** With what stars let be skipped, in one order and without repeats. */
function settle(threads: readonly Thread[]): readonly Thread[] {
  const places = new Map<readonly Token[], Set<number>>();
  for (const { tokens, at } of threads) {
    const seen = places.get(tokens) ?? new Set<number>();
    places.set(tokens, seen);
    for (let index = at; ; index++) {
      seen.add(index);
      if (tokens[index]?.kind !== 'star') break;
    }
  }
  return [...places].flatMap(([tokens, seen]) => [...seen].sort((a, b) => a - b).map((at) => ({ tokens, at })));
}

function isAtEnd({ tokens, at }: Thread): boolean {
  return at === tokens.length;
}
