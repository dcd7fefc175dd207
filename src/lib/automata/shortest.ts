import { ALL, DEAD, type Automaton } from './automaton.ts';
import type { PatternSet } from './pattern-set.ts';

/** Texts that all of `within` match and none of `outside`. */
export interface Language {
  readonly within: readonly PatternSet[];
  readonly outside: readonly PatternSet[];
  /** The only characters that texts may have, the preferred ones first; all of Unicode where it is absent. */
  readonly alphabet?: string;
}

/** What may still be spent. It is lowered by the work done and is never below zero for long. */
export interface Budget {
  left: number;
}

export type Shortest =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'empty' }
  /** The budget was spent before it was known. */
  | { readonly kind: 'exhausted' };

/** Characters for places where any would do, the most readable first. */
const PREFERRED = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@=+,';

/** The shortest text of a language: breadth first over the product of the automata. */
export function shortestMember(language: Language, budget: Budget): Shortest {
  const listed = language.within.filter(({ literals }) => literals !== undefined);
  if (listed.length > 0) return shortestListed(language, listed, budget);
  return search(language, budget);
}

/** One of the sets lists its texts: try them. */
function shortestListed(language: Language, listed: readonly PatternSet[], budget: Budget): Shortest {
  const [smallest] = [...listed].sort((a, b) => a.patterns.length - b.patterns.length);
  const allowed = language.alphabet;
  for (const text of smallest?.literals ?? []) {
    budget.left -= 1 + language.within.length + language.outside.length;
    if (budget.left < 0) return { kind: 'exhausted' };
    if (allowed !== undefined && ![...text].every((char) => allowed.includes(char))) continue;
    if (language.within.every((set) => set.matches(text)) && !language.outside.some((set) => set.matches(text)))
      return { kind: 'found', text };
  }
  return { kind: 'empty' };
}

interface Node {
  readonly states: readonly number[];
  readonly parent: number;
  readonly char: string;
}

function search({ within, outside, alphabet }: Language, budget: Budget): Shortest {
  const automata = [...within, ...outside].map((set) => set.automaton());
  const inside = within.length;
  const start = automata.map(({ start }) => start);
  if (hopeless(start, inside)) return { kind: 'empty' };
  const nodes: Node[] = [{ states: start, parent: -1, char: '' }];
  const keyOf = automata.length <= MOST_PACKED ? packed : joined;
  const seen = new Set<number | string>([keyOf(start)]);
  const before = workOf(automata);
  let spent = 0;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined) break;
    if (accepted(node.states, automata, inside)) {
      budget.left -= spent + workOf(automata) - before;
      return { kind: 'found', text: textOf(nodes, index) };
    }
    for (const char of choices(node.states, automata, inside, alphabet)) {
      spent += automata.length;
      const states = node.states.map((state, which) => automata[which]?.step(state, char) ?? DEAD);
      if (hopeless(states, inside)) continue;
      const key = keyOf(states);
      if (seen.has(key)) continue;
      seen.add(key);
      nodes.push({ states, parent: index, char });
    }
    if (spent + workOf(automata) - before > budget.left) {
      budget.left = -1;
      return { kind: 'exhausted' };
    }
  }
  budget.left -= spent + workOf(automata) - before;
  return { kind: 'empty' };
}

/** So many states fit into one number: automata hold far fewer than 2^17. */
const MOST_PACKED = 3;

function packed(states: readonly number[]): number {
  let key = 0;
  for (const state of states) key = key * 131_072 + state;
  return key;
}

function joined(states: readonly number[]): string {
  return states.join();
}

function accepted(states: readonly number[], automata: readonly Automaton[], inside: number): boolean {
  return states.every((state, which) => automata[which]?.accepts(state) === which < inside);
}

function hopeless(states: readonly number[], inside: number): boolean {
  return states.some((state, which) => state === (which < inside ? DEAD : ALL));
}

/** The characters that some state tells apart, and one that none does; fewer where a set accepts only those that it names. */
function choices(
  states: readonly number[],
  automata: readonly Automaton[],
  inside: number,
  alphabet: string | undefined,
): readonly string[] {
  let named: readonly string[] | undefined;
  for (let which = 0; which < inside; which++) {
    const state = states[which] ?? DEAD;
    const automaton = automata[which];
    if (automaton?.needsTold(state) !== true) continue;
    const chars = automaton.tellsApart(state);
    if (named === undefined || chars.length < named.length) named = chars;
  }
  if (named !== undefined) return alphabet === undefined ? named : named.filter((char) => alphabet.includes(char));
  const told = new Set<string>();
  for (const [which, state] of states.entries())
    for (const char of automata[which]?.tellsApart(state) ?? []) told.add(char);
  const chars = alphabet === undefined ? [...told] : [...told].filter((char) => alphabet.includes(char));
  const other = otherThan(told, alphabet);
  return other === undefined ? chars : [other, ...chars];
}

function otherThan(told: ReadonlySet<string>, alphabet: string | undefined): string | undefined {
  for (const char of alphabet ?? PREFERRED) if (!told.has(char)) return char;
  if (alphabet !== undefined) return undefined;
  for (let code = 0xa1; ; code++) {
    const char = String.fromCodePoint(code);
    if (!told.has(char)) return char;
  }
}

function workOf(automata: readonly Automaton[]): number {
  let sum = 0;
  for (const automaton of automata) sum += automaton.work();
  return sum;
}

function textOf(nodes: readonly Node[], last: number): string {
  const chars: string[] = [];
  for (let index = last; index > 0; index = nodes[index]?.parent ?? 0) chars.push(nodes[index]?.char ?? '');
  return chars.reverse().join('');
}
