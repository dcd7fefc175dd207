import { createAutomaton, DEAD, type Automaton } from './automaton.ts';
import { matchesTokens } from './match-tokens.ts';
import type { Token } from './tokens.ts';

/** A union of patterns: the texts that at least one of them matches. */
export interface PatternSet {
  /** The same for the same object, different for others: a key for caches. */
  readonly id: number;
  readonly patterns: readonly (readonly Token[])[];
  /** The texts themselves, shortest first, where no pattern holds a wildcard or a choice. */
  readonly literals: readonly string[] | undefined;
  matches(text: string): boolean;
  /** Its automaton, made when it is first asked for. Hold on to it while its states are in use. */
  automaton(): Automaton;
}

/** Up to so many patterns are tried one by one; more are asked through the automaton. */
const FEW = 6;
/** An automaton that has grown beyond this is forgotten before it is used again. */
const MOST_STATES = 20_000;

let count = 0;

/** The set of texts that one of the patterns matches; no pattern matches nothing. */
export function patternSet(patterns: readonly (readonly Token[])[]): PatternSet {
  const literals = literalTexts(patterns);
  const texts = literals === undefined ? undefined : new Set(literals);
  let automaton: Automaton | undefined;
  const made = (): Automaton => {
    if (automaton === undefined || automaton.size() > MOST_STATES) automaton = createAutomaton(patterns);
    return automaton;
  };
  return {
    id: ++count,
    patterns,
    literals,
    matches: (text) =>
      texts !== undefined
        ? texts.has(text)
        : patterns.length <= FEW
          ? patterns.some((tokens) => matchesTokens(tokens, text))
          : accepts(made(), text),
    automaton: made,
  };
}

function accepts(automaton: Automaton, text: string): boolean {
  let state = automaton.start;
  for (const char of text) {
    state = automaton.step(state, char);
    if (state === DEAD) return false;
  }
  return automaton.accepts(state);
}

function literalTexts(patterns: readonly (readonly Token[])[]): readonly string[] | undefined {
  const texts: string[] = [];
  for (const tokens of patterns) {
    let text = '';
    for (const token of tokens) {
      if (token.kind !== 'chars' || [...token.chars].length !== 1) return undefined;
      text += token.chars;
    }
    texts.push(text);
  }
  return [...new Set(texts)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
