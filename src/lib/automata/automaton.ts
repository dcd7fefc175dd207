import { takes } from './match-tokens.ts';
import type { Token } from './tokens.ts';

/** The state from which nothing is accepted any more. */
export const DEAD = 0;
/** The state from which everything is accepted. */
export const ALL = 1;

/** A deterministic automaton whose states are made when they are first reached. */
export interface Automaton {
  readonly start: number;
  /** The state after one character. */
  step(state: number, char: string): number;
  accepts(state: number): boolean;
  /** The characters that this state tells apart; all others lead to one and the same state. */
  tellsApart(state: number): readonly string[];
  /** Whether all characters that it does not tell apart lead to `DEAD`. */
  needsTold(state: number): boolean;
  /** Positions looked at so far: a measure of the work done. */
  work(): number;
  /** States made so far. */
  size(): number;
}

interface State {
  readonly positions: Int32Array;
  readonly accepting: boolean;
  readonly next: Map<string, number>;
  /** Where all characters lead that are not told apart. */
  other: number;
  chars: readonly string[] | undefined;
  needsTold: boolean | undefined;
}

/** The union of patterns as an automaton: a state is the set of places in the patterns that the text may have reached. */
export function createAutomaton(patterns: readonly (readonly Token[])[]): Automaton {
  const layout = layOut(patterns);
  const states: State[] = [emptyState(false), emptyState(true)];
  const known = new Map<string, number>();
  let worked = 0;

  const intern = (positions: number[]): number => {
    if (positions.length === 0) return DEAD;
    const sorted = Int32Array.from(positions).sort();
    const kept = layout.reduce(sorted);
    if (kept === undefined) return ALL;
    const key = kept.join();
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const accepting = kept.some((position) => layout.tokens[position] === undefined);
    states.push({ positions: kept, accepting, next: new Map(), other: -1, chars: undefined, needsTold: undefined });
    known.set(key, states.length - 1);
    return states.length - 1;
  };

  const tellsApart = (id: number): readonly string[] => {
    const state = states[id];
    if (state === undefined || id <= ALL) return [];
    return (state.chars ??= [...layout.charsOf(state.positions)]);
  };

  const advance = (state: State, char: string): number => {
    const reached: number[] = [];
    worked += state.positions.length;
    for (const position of state.positions) {
      const token = layout.tokens[position];
      if (token === undefined || !takes(token, char)) continue;
      layout.reach(reached, token.kind === 'star' ? position : position + 1);
    }
    return intern(reached);
  };

  const takesOthers = ({ positions }: State): boolean =>
    positions.some((position) => {
      const token = layout.tokens[position];
      return token !== undefined && token.kind !== 'chars';
    });

  const first: number[] = [];
  for (const begin of layout.begins) layout.reach(first, begin);
  return {
    start: intern(first),
    step: (id, char) => {
      if (id <= ALL) return id;
      const state = states[id];
      if (state === undefined) return DEAD;
      const seen = state.next.get(char);
      if (seen !== undefined) return seen;
      const apart = tellsApart(id);
      if (apart.includes(char)) {
        const next = advance(state, char);
        state.next.set(char, next);
        return next;
      }
      if (state.other === -1) state.other = advance(state, char);
      return state.other;
    },
    accepts: (id) => states[id]?.accepting === true,
    tellsApart,
    needsTold: (id) => {
      const state = states[id];
      if (state === undefined || id <= ALL) return id === DEAD;
      return (state.needsTold ??= !takesOthers(state));
    },
    work: () => worked,
    size: () => states.length,
  };
}

function emptyState(accepting: boolean): State {
  return { positions: new Int32Array(0), accepting, next: new Map(), other: -1, chars: [], needsTold: undefined };
}

interface Layout {
  /** All tokens one after the other; undefined is the end of a pattern. */
  readonly tokens: readonly (Token | undefined)[];
  readonly begins: readonly number[];
  /** Adds a position and, past stars, those that follow it without a character. */
  reach(into: number[], position: number): void;
  charsOf(positions: Int32Array): Set<string>;
  /** Sorted positions without repeats and without those that a later star makes superfluous; undefined when all is accepted. */
  reduce(positions: Int32Array): Int32Array | undefined;
}

function layOut(patterns: readonly (readonly Token[])[]): Layout {
  const tokens: (Token | undefined)[] = [];
  const begins: number[] = [];
  const patternOf: number[] = [];
  for (const pattern of patterns) {
    begins.push(tokens.length);
    for (const token of [...pattern, undefined]) {
      patternOf.push(begins.length);
      tokens.push(token);
    }
  }
  return {
    tokens,
    begins,
    reach: (into, from) => {
      let position = from;
      into.push(position);
      while (tokens[position]?.kind === 'star') into.push(++position);
    },
    charsOf: (positions) => {
      const chars = new Set<string>();
      for (const position of positions) {
        const token = tokens[position];
        if (token === undefined) continue;
        for (const char of token.kind === 'chars' ? token.chars : (token.except ?? '')) chars.add(char);
      }
      return chars;
    },
    reduce: (positions) => {
      const kept: number[] = [];
      let pattern = -1;
      let starred = false;
      let last = -1;
      // From the end: what a text may do from before an unlimited star, it may do from the star.
      for (let index = positions.length - 1; index >= 0; index--) {
        const position = positions[index];
        if (position === undefined || position === last) continue;
        last = position;
        if (patternOf[position] !== pattern) {
          pattern = patternOf[position] ?? -1;
          starred = false;
        } else if (starred) continue;
        const token = tokens[position];
        if (token?.kind === 'star' && token.except === undefined) {
          if (tokens[position + 1] === undefined) return undefined;
          starred = true;
        }
        kept.push(position);
      }
      return Int32Array.from(kept.reverse());
    },
  };
}
