import { maxWidth } from './analyse.ts';
import { childrenOf, type Node } from './ast.ts';
import { rangesOf, type CharSet } from './char-set.ts';

/** A tail of an expression that every match holds, and that begins with one of few words. */
export interface CoreNode {
  readonly node: Node;
  /** What the tail begins with, in lower case: ASCII, at least {@link SHORTEST} long. */
  readonly words: readonly string[];
  /** The most characters that a match can have before the tail. */
  readonly lead: number;
}

/** Shorter words stand everywhere. */
const SHORTEST = 2;
/** Longer words are not much rarer. */
const LONG_ENOUGH = 5;
const MAX_WORDS = 64;
const MAX_LENGTH = 24;
const MAX_LEAD = 300;

/**
 * The best such tail; undefined when there is none. A text holds a match only if the tail matches where one of the words
 * stands, in any case; for texts without U+017F and U+212A, which `(?i)` takes for `s` and `k`.
 */
export function coreOf(node: Node): CoreNode | undefined {
  const parts = flat(node);
  let best: CoreNode | undefined;
  let bestLength = SHORTEST - 1;
  let lead = 0;
  for (let k = 0; k < parts.length && lead <= MAX_LEAD && bestLength < LONG_ENOUGH; k++) {
    const rest: Node = { kind: 'concat', parts: parts.slice(k) };
    const { texts } = startsOf(rest);
    const length = Math.min(...texts.map((text) => text.length));
    if (length > bestLength) {
      bestLength = length;
      best = { node: rest, words: minimal(texts), lead };
    }
    lead += maxWidth(parts[k] ?? rest);
  }
  return best;
}

/** The parts that a match goes through one after the other; groups play no part here. */
function flat(node: Node): readonly Node[] {
  return node.kind === 'concat' || node.kind === 'group' ? childrenOf(node).flatMap(flat) : [node];
}

interface Starts {
  /** Every match begins with one of them, in lower case. */
  readonly texts: readonly string[];
  /** Whether they are the whole of every match. */
  readonly whole: boolean;
}

const NOTHING: Starts = { texts: [''], whole: false };

function startsOf(node: Node): Starts {
  switch (node.kind) {
    case 'empty':
    case 'assert':
      return { texts: [''], whole: true };
    case 'set':
      return startsOfSet(node.set);
    case 'group':
      return startsOf(node.body);
    case 'alternate': {
      const all = node.parts.map(startsOf);
      const texts = [...new Set(all.flatMap((starts) => starts.texts))];
      return texts.length > MAX_WORDS ? NOTHING : { texts, whole: all.every(({ whole }) => whole) };
    }
    case 'concat':
      return node.parts.reduce<Starts>((before, part) => (before.whole ? joined(before, startsOf(part)) : before), {
        texts: [''],
        whole: true,
      });
    case 'repeat':
      return startsOfRepeat(node);
  }
}

function startsOfRepeat({ body, min, max }: Node & { kind: 'repeat' }): Starts {
  const once = startsOf(body);
  let all: Starts = { texts: [''], whole: true };
  for (let n = 0; n < Math.min(min, MAX_LENGTH) && all.whole; n++) all = joined(all, once);
  if (min === max) return all;
  if (min === 0 && max === 1 && once.whole && once.texts.length < MAX_WORDS)
    return { texts: ['', ...once.texts], whole: true };
  return { ...all, whole: false };
}

function joined(head: Starts, tail: Starts): Starts {
  const { texts } = head;
  if (texts.length * tail.texts.length > MAX_WORDS || texts.some((text) => text.length >= MAX_LENGTH))
    return { texts, whole: false };
  const all = new Set(texts.flatMap((a) => tail.texts.map((b) => a + b)));
  return { texts: [...all], whole: tail.whole };
}

/** Few characters of ASCII; the two that fold to ASCII from outside are left to the caller. */
function startsOfSet(set: CharSet): Starts {
  const out = new Set<string>();
  for (const [low, high] of rangesOf(set)) {
    if (high - low > 8) return NOTHING;
    for (let code = low; code <= high; code++) {
      if (code === 0x17f || code === 0x212a) continue;
      if (code >= 0x80 || code < 0x20) return NOTHING;
      out.add(String.fromCharCode(code).toLowerCase());
    }
  }
  return out.size > 8 ? NOTHING : { texts: [...out], whole: true };
}

/** Without words that begin with another one. */
function minimal(words: readonly string[]): readonly string[] {
  return words.filter((word) => !words.some((other) => other !== word && word.startsWith(other)));
}
