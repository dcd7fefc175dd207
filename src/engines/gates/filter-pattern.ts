/** One state of the automaton: by how many states a character leads on, and how far it may be left without one. */
interface Element {
  step(char: string): readonly number[];
  readonly skip?: number;
}

const LONGEST = 500;

/**
 * Whether a `branches` or `paths` pattern of a workflow matches a whole name
 * (https://docs.github.com/actions/reference/workflow-syntax-for-github-actions, "Filter pattern cheat sheet"): `*` stops at
 * a slash, `**` does not, `?` and `+` repeat what stands before them, `[]` is a set. Linear in the product of both lengths.
 */
export function matchesFilter(pattern: string, name: string): boolean {
  if (pattern.length > LONGEST) return false;
  const elements = parsePattern(pattern);
  let states = passOptional(new Set([0]), elements);
  for (const char of name) {
    const next = new Set<number>();
    for (const state of states) for (const on of elements[state]?.step(char) ?? []) next.add(state + on);
    states = passOptional(next, elements);
    if (states.size === 0) return false;
  }
  return states.has(elements.length);
}

/** Whether the last of the patterns that match is no negative one (`!`). */
export function passesFilters(patterns: readonly string[], name: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    if (matchesFilter(negative ? pattern.slice(1) : pattern, name)) matched = !negative;
  }
  return matched;
}

function parsePattern(pattern: string): Element[] {
  const elements: Element[] = [];
  const tokens = pattern.match(/\*\*\/|\*\*|\*|\\[\s\S]|\[[^\]]*\]|[\s\S]/g) ?? [];
  for (const token of tokens) {
    const last = elements.at(-1);
    if (token === '**/') {
      // No folder at all, or any number of them to their last slash.
      const within = (char: string, stay: number): readonly number[] => (char === '/' ? [stay, stay + 1] : [stay]);
      elements.push({ step: (char) => within(char, 1), skip: 2 }, { step: (char) => within(char, 0) });
    } else if (token === '**') elements.push({ step: () => [0], skip: 1 });
    else if (token === '*') elements.push({ step: (char) => (char === '/' ? [] : [0]), skip: 1 });
    else if (token === '?' && last !== undefined) elements[elements.length - 1] = { ...last, skip: 1 };
    else if (token === '+' && last !== undefined)
      elements[elements.length - 1] = { ...last, step: (char) => (last.step(char).length > 0 ? [0, 1] : []) };
    else if (token.startsWith('[') && token.length > 1) elements.push(one(setOf(token.slice(1, -1))));
    else elements.push(one((char) => char === (token.startsWith('\\') && token.length > 1 ? token.slice(1) : token)));
  }
  return elements;
}

function one(takes: (char: string) => boolean): Element {
  return { step: (char) => (takes(char) ? [1] : []) };
}

function setOf(body: string): (char: string) => boolean {
  const ranges = [...body.matchAll(/([\s\S])-([\s\S])|[\s\S]/g)].map(
    ([single, from, to]) => [from ?? single, to ?? single] as const,
  );
  return (char) => ranges.some(([from, to]) => from <= char && char <= to);
}

function passOptional(states: ReadonlySet<number>, elements: readonly Element[]): Set<number> {
  const all = new Set(states);
  for (const state of all) {
    const skip = elements[state]?.skip;
    if (skip !== undefined) all.add(state + skip);
  }
  return all;
}
