/** Aho-Corasick over ASCII, without regard to case (Aho and Corasick 1975), as one table: a step a character. */

/** Finds many words in one pass. */
export interface WordFinder {
  /** Calls `found` with the word's index and the offset after its last character, for every occurrence, overlaps included. */
  scan(text: string, found: (word: number, end: number) => void): void;
  /** The same over the bytes `[from, to)`; offsets count from `from`. */
  scanBytes(bytes: Uint8Array, from: number, to: number, found: (word: number, end: number) => void): void;
}

/** Builds a finder. Words are lower-case ASCII and not empty; undefined for others. */
export function wordFinder(words: readonly string[]): WordFinder | undefined {
  const classes = characterClasses(words);
  if (classes === undefined) return undefined;
  const { next, outputs, firstOutput } = automaton(words, classes);
  const { of, size } = classes;
  return {
    scan(text, found) {
      let state = 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        state = next[state + (code < 128 ? (of[code] ?? 0) : 0)] ?? 0;
        if (state >= firstOutput) for (const word of outputs[state / size] ?? []) found(word, at + 1);
      }
    },
    scanBytes(bytes, from, to, found) {
      let state = 0;
      for (let at = from; at < to; at++) {
        state = next[state + (of[bytes[at] ?? 0] ?? 0)] ?? 0;
        if (state >= firstOutput) for (const word of outputs[state / size] ?? []) found(word, at + 1 - from);
      }
    },
  };
}

interface Classes {
  /** Class of each byte; 0 is every one that no word has. */
  readonly of: Uint8Array;
  /** Number of classes: the width of a row. */
  readonly size: number;
}

function characterClasses(words: readonly string[]): Classes | undefined {
  const of = new Uint8Array(256);
  let count = 0;
  for (const word of words) {
    if (word === '') return undefined;
    for (const char of word) {
      const code = char.charCodeAt(0);
      if (code >= 128 || (code >= 0x41 && code <= 0x5a)) return undefined;
      if (of[code] !== 0) continue;
      of[code] = ++count;
      if (code >= 0x61 && code <= 0x7a) of[code - 0x20] = count;
    }
  }
  return { of, size: count + 1 };
}

interface Automaton {
  /** The state after each state and class. A state's number is the start of its row; those that end a word come last. */
  readonly next: Int32Array;
  /** The words that end in a state, by the index of its row. */
  readonly outputs: readonly (readonly number[] | undefined)[];
  readonly firstOutput: number;
}

function automaton(words: readonly string[], { of, size }: Classes): Automaton {
  const most = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Int32Array(most * size);
  const outputs: (number[] | undefined)[] = Array.from({ length: most });
  let states = 1;
  words.forEach((word, index) => {
    let state = 0;
    for (const char of word) {
      const edge = state * size + (of[char.charCodeAt(0)] ?? 0);
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
    for (let c = 0; c < size; c++) {
      const edge = state * size + c;
      const child = next[edge] ?? 0;
      const back = state === 0 ? 0 : (next[(fail[state] ?? 0) * size + c] ?? 0);
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
  return sorted(next, outputs, states, size);
}

/** Numbers the states anew, so that one comparison tells those that end a word. */
function sorted(
  next: Int32Array,
  outputs: readonly (readonly number[] | undefined)[],
  states: number,
  size: number,
): Automaton {
  const order = Array.from({ length: states }, (_, state) => state);
  const plain = order.filter((state) => outputs[state] === undefined);
  const ending = order.filter((state) => outputs[state] !== undefined);
  const numbers = new Int32Array(states);
  [...plain, ...ending].forEach((state, index) => (numbers[state] = index));
  const table = new Int32Array(states * size);
  for (const state of order) {
    const row = (numbers[state] ?? 0) * size;
    for (let c = 0; c < size; c++) table[row + c] = (numbers[next[state * size + c] ?? 0] ?? 0) * size;
  }
  const places = [...plain, ...ending].map((state) => outputs[state]);
  return { next: table, outputs: places, firstOutput: plain.length * size };
}
