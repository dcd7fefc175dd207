import type { Re2 } from '../../lib/re2/index.ts';
import type { Window } from './windows.ts';

/** Characters that one call of the regex engine may start in: bounds what a call can cost. */
const CHUNK = 100_000;
/** Longest match of an expression without bound. */
const LONGEST = 25_000;
/** What a run may take before it is stopped. */
export interface Limits {
  readonly matches: number;
  readonly milliseconds: number;
}

const LIMITS: Limits = { matches: 1000, milliseconds: 2000 };

/** Why a run stopped early. */
export type Stop = 'too many matches' | 'too much time' | 'too large an expression';

/**
 * Calls `found` for every match that starts in the windows, left to right, without overlaps, as one pass over the whole
 * text would. The text is taken in chunks that reach over their end by the longest match, so each call is bounded and
 * the result is the same; only for an expression without bound a match is cut at 25,000 characters.
 */
export function runRegex(
  { regex, maxWidth }: Re2,
  text: string,
  windows: readonly Window[],
  found: (match: RegExpExecArray) => void,
  limits = LIMITS,
): Stop | undefined {
  const width = Math.min(maxWidth, LONGEST);
  const started = performance.now();
  let matches = 0;
  let at = 0;
  for (const { from, to } of windows) {
    at = Math.max(at, from);
    while (at <= to) {
      const chunkEnd = Math.min(to, at + CHUNK);
      const end = Math.min(to, chunkEnd + width + 1);
      const part = end < text.length ? text.slice(0, end) : text;
      while (at <= chunkEnd) {
        regex.lastIndex = at;
        const match = execute(regex, part);
        if (match === undefined) return 'too large an expression';
        if (match === null || (match.index >= chunkEnd && chunkEnd < to)) break;
        at = match.index + Math.max(1, match[0].length);
        if (match[0] !== '') found(match);
        if (++matches >= limits.matches) return 'too many matches';
        if (performance.now() - started > limits.milliseconds) return 'too much time';
      }
      if (chunkEnd === to) break;
      at = Math.max(at, chunkEnd);
      if (performance.now() - started > limits.milliseconds) return 'too much time';
    }
  }
  return undefined;
}

/** V8 compiles on first use, and throws there when the expression is too large for it. */
function execute(regex: RegExp, text: string): RegExpExecArray | null | undefined {
  try {
    return regex.exec(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
