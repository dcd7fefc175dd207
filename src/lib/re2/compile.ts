import { setFlagsFromString } from 'node:v8';
import { alwaysHolds, maxWidth } from './analyse.ts';
import type { Node } from './ast.ts';
import { backtracking } from './backtracking.ts';
import { coreOf } from './core.ts';
import { emit, type Emitted, type GroupMap } from './emit.ts';
import { parseRe2 } from './parse.ts';

/** A translated expression that is safe to run on hostile text: see {@link compileRe2}. */
export interface Re2 {
  /** With the `g` flag: set `lastIndex` before each `exec`. */
  readonly regex: RegExp;
  /** Number of capturing groups of the RE2 expression. */
  readonly groups: number;
  /** By index of the RE2 group. */
  readonly captures: readonly (GroupMap | undefined)[];
  /** The longest match in UTF-16 units, or Infinity. */
  readonly maxWidth: number;
  /**
   * What bounds its time: `bounded`, at most {@link MAX_BACKTRACKING} steps for each start; `fallback`, V8's linear engine
   * takes over after too many backtracks.
   */
  readonly safety: 'bounded' | 'fallback';
  /** Whether every match holds one of the words (lower-case ASCII), in any case. */
  alwaysHolds(words: readonly string[]): boolean;
  /** A quick look at places where a match may be; undefined when the expression has no such part. */
  readonly core: Core | undefined;
}

/**
 * A part of every match: it begins with one of the words (lower-case ASCII, in any case in the text), at most `lead`
 * characters after the match does. Holds for texts without U+017F and U+212A.
 */
export interface Core {
  readonly words: readonly string[];
  readonly lead: number;
  /** Sticky: set `lastIndex` to the place of a word. Made when it is first asked for; undefined when it would be costly. */
  readonly regex: RegExp | undefined;
}

export type CompiledRe2 =
  | { readonly ok: true; readonly re2: Re2 }
  | { readonly ok: false; readonly reason: 'syntax' | 'too-costly'; readonly message: string; readonly offset: number };

/** Steps from one start that a plain backtracking engine may take. */
export const MAX_BACKTRACKING = 4096;
/** Size of the automaton that the linear engine may be given. */
const MAX_LINEAR_SIZE = 4000;

let prepared = false;

/**
 * Translates an RE2 expression so that its time is bounded, whatever the text. In order: V8's linear engine takes it as
 * it is, then V8 switches to it after 50,000 backtracks; the expression can't backtrack much by its shape; with its
 * counted repetitions written out the linear engine takes it. Anything else is refused as `too-costly`.
 *
 * Text is a JavaScript string, decoded from UTF-8: a character beyond the BMP counts as two in `.{n}`. A group inside a
 * repetition is reset in each round, where Go keeps its last value; a repetition of
 * something that can be empty ends where JavaScript ends it. In expressions with `(?m)` that only the linear
 * engine can run safely, line ends are JavaScript's (`\r` and U+2028 too).
 */
export function compileRe2(pattern: string): CompiledRe2 {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const made = compile(pattern);
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(pattern, made);
  return made;
}

/** The same expression stands in our pack, in the team's rules and in a gate's: it is compiled once in a process. */
const compiled = new Map<string, CompiledRe2>();
const MOST_KEPT = 2000;

function compile(pattern: string): CompiledRe2 {
  const parsed = parseRe2(pattern);
  if (!parsed.ok) return { ok: false, reason: 'syntax', message: parsed.message, offset: parsed.offset };
  const { node, groups } = parsed;
  const chosen = choose(emit(node, 'counted'), () => emit(node, 'linear'), backtracking(node));
  if (chosen === undefined) {
    return {
      ok: false,
      reason: 'too-costly',
      message: 'its running time has no bound that is small enough',
      offset: 0,
    };
  }
  const { emitted, safety } = chosen;
  const regex = tryRegExp(emitted.source, emitted.multiline ? 'gm' : 'g');
  if (regex === undefined) return { ok: false, reason: 'too-costly', message: 'it is too large', offset: 0 };
  const width = maxWidth(node);
  return {
    ok: true,
    re2: {
      regex,
      groups,
      captures: emitted.groups,
      maxWidth: width,
      safety,
      alwaysHolds: (words) => alwaysHolds(node, words),
      core: compileCore(node),
    },
  };
}

/** The words of an expression's core, without compiling it; undefined where {@link Re2.core} is. */
export function coreWords(pattern: string): readonly string[] | undefined {
  const parsed = parseRe2(pattern);
  return parsed.ok ? coreOf(parsed.node)?.words : undefined;
}

function compileCore(node: Node): Core | undefined {
  const found = coreOf(node);
  if (found === undefined) return undefined;
  let made: { readonly regex: RegExp | undefined } | undefined;
  return {
    words: found.words,
    lead: found.lead,
    get regex() {
      if (made !== undefined) return made.regex;
      const chosen = choose(emit(found.node, 'counted'), () => emit(found.node, 'linear'), backtracking(found.node));
      const regex = chosen && tryRegExp(chosen.emitted.source, chosen.emitted.multiline ? 'my' : 'y');
      made = { regex };
      return regex;
    },
  };
}

function choose(
  counted: Emitted | undefined,
  writtenOut: () => Emitted | undefined,
  steps: number,
): { emitted: Emitted; safety: Re2['safety'] } | undefined {
  if (counted !== undefined && runsLinear(counted)) return { emitted: counted, safety: 'fallback' };
  if (counted !== undefined && steps <= MAX_BACKTRACKING) return { emitted: counted, safety: 'bounded' };
  const linear = writtenOut();
  if (linear !== undefined && linear.size <= MAX_LINEAR_SIZE && runsLinear(linear)) {
    return { emitted: linear, safety: 'fallback' };
  }
  return undefined;
}

/** Whether V8's linear engine takes the expression: it says so for the flag `l`. */
function runsLinear({ source, multiline }: Emitted): boolean {
  prepare();
  return tryRegExp(source, multiline ? 'lm' : 'l') !== undefined;
}

function tryRegExp(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** Turns on V8's linear engine for this process: on request, and for expressions that backtrack too much. */
function prepare(): void {
  if (prepared) return;
  setFlagsFromString('--enable-experimental-regexp-engine');
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
  prepared = true;
}
