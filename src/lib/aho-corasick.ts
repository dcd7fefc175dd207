/** Aho-Corasick over ASCII, without regard to case (Aho and Corasick 1975), as one table: a step a character. */

const CLASSES = 64;

/** Finds many words in one pass. */
export interface WordFinder {
  /** Calls `found` with the word's index and the offset after its last character, for every occurrence, overlaps included. */
  scan(text: string, found: (word: number, end: number) => void): void;
}

/** Builds a finder. Words are lower-case ASCII of at most 58 different characters in all; undefined for others. */
export function wordFinder(words: readonly string[]): WordFinder | undefined {
  const classes = characterClasses(words);
  if (classes === undefined) return undefined;
  const { next, outputs } = automaton(words, classes);
  return {
    scan(text, found) {
      let state = 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        state = next[state * CLASSES + (code < 128 ? (classes[code] ?? 0) : 0)] ?? 0;
        const words = outputs[state];
        if (words !== undefined) for (const word of words) found(word, at + 1);
      }
    },
  };
}

/** Class 0 is every character that no word has. */
function characterClasses(words: readonly string[]): Uint8Array | undefined {
  const classes = new Uint8Array(128);
  let count = 0;
  for (const word of words) {
    if (word === '') return undefined;
    for (const char of word) {
      const code = char.charCodeAt(0);
      if (code >= 128 || (code >= 0x41 && code <= 0x5a)) return undefined;
      if (classes[code] !== 0) continue;
      if (++count >= CLASSES) return undefined;
      classes[code] = count;
      if (code >= 0x61 && code <= 0x7a) classes[code - 0x20] = count;
    }
  }
  return classes;
}

function automaton(
  words: readonly string[],
  classes: Uint8Array,
): { next: Int32Array; outputs: (number[] | undefined)[] } {
  const size = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Int32Array(size * CLASSES);
  const outputs: (number[] | undefined)[] = Array.from({ length: size });
  let states = 1;
  words.forEach((word, index) => {
    let state = 0;
    for (const char of word) {
      const edge = state * CLASSES + (classes[char.charCodeAt(0)] ?? 0);
      if (next[edge] === 0) next[edge] = states++;
      state = next[edge] ?? 0;
    }
    outputs[state] = [...(outputs[state] ?? []), index];
  });
  // Breadth first: the state that a missing edge falls back to is complete before it is needed.
  const fail = new Int32Array(states);
  const queue: number[] = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    for (let c = 0; c < CLASSES; c++) {
      const edge = state * CLASSES + c;
      const child = next[edge] ?? 0;
      const back = state === 0 ? 0 : (next[(fail[state] ?? 0) * CLASSES + c] ?? 0);
      if (child === 0 || child === state) {
        next[edge] = back;
        continue;
      }
      fail[child] = back;
      const inherited = outputs[back];
      if (inherited !== undefined) outputs[child] = [...(outputs[child] ?? []), ...inherited];
      queue.push(child);
    }
  }
  return { next, outputs };
}
