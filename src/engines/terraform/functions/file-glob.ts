import { TerraformError } from '../value.ts';

type Token = { readonly kind: 'char'; readonly char: string } | { readonly kind: 'one' | 'star' | 'folders' } | Class;
interface Class {
  readonly kind: 'class';
  readonly not: boolean;
  readonly ranges: readonly (readonly [string, string])[];
}

/** Alternatives that braces may multiply to. */
const MOST_ALTERNATIVES = 200;

/** A matcher for fileset's patterns: `*`, `?`, `[a-z]`, `{a,b}`, and `**` for any folders. */
export function compileFileGlob(pattern: string, spend: (steps: number) => void): (path: string) => boolean {
  const alternatives = expandBraces(pattern).map(tokenise);
  return (path) => alternatives.some((tokens) => matches(tokens, path, spend));
}

/** Advances the set of tokens that may come next: the product of both lengths bounds its time. */
function matches(tokens: readonly Token[], path: string, spend: (steps: number) => void): boolean {
  spend(path.length * tokens.length);
  let states = withEmpty(new Set([0]), tokens);
  for (const char of path) {
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token === undefined) continue;
      if (token.kind === 'folders') {
        next.add(state);
        if (char === '/') next.add(state + 1);
      } else if (token.kind === 'star') {
        if (char !== '/') next.add(state);
      } else if (takes(token, char)) next.add(state + 1);
    }
    states = withEmpty(next, tokens, char === '/');
    if (states.size === 0) return false;
  }
  return states.has(tokens.length);
}

/** A star, and folders at the start of a part of the path, may stand for nothing. */
function withEmpty(states: Set<number>, tokens: readonly Token[], atPart = true): Set<number> {
  for (const state of states) {
    const kind = tokens[state]?.kind;
    if (kind === 'star' || (kind === 'folders' && (atPart || state === tokens.length - 1))) states.add(state + 1);
  }
  return states;
}

function takes(token: Token, char: string): boolean {
  if (token.kind === 'char') return token.char === char;
  if (char === '/') return false;
  if (token.kind !== 'class') return token.kind === 'one';
  return token.ranges.some(([from, to]) => char >= from && char <= to) !== token.not;
}

function tokenise(pattern: string): Token[] {
  const tokens: Token[] = [];
  const parts = pattern.matchAll(/(?<=^|\/)\*\*(?:\/|$)|\*+|\?|\\([\s\S])|\[([!^]?)((?:\\[\s\S]|[^\]\\])+)\]|[\s\S]/gu);
  for (const [whole, escaped, not, ranges] of parts) {
    if (/^\*\*\/?$/.test(whole) && (whole.endsWith('/') || tokens.length === 0 || isSlash(tokens.at(-1)))) {
      tokens.push({ kind: 'folders' });
    } else if (whole.startsWith('*')) tokens.push({ kind: 'star' });
    else if (whole === '?') tokens.push({ kind: 'one' });
    else if (ranges !== undefined) tokens.push({ kind: 'class', not: not !== '', ranges: rangesOf(ranges) });
    else if (whole === '[' || whole === '\\') throw new TerraformError('syntax error in the pattern of fileset()');
    else tokens.push({ kind: 'char', char: escaped ?? whole });
  }
  return tokens;
}

function isSlash(token: Token | undefined): boolean {
  return token?.kind === 'folders' || (token?.kind === 'char' && token.char === '/');
}

function rangesOf(text: string): [string, string][] {
  const parts = text.matchAll(/(\\[\s\S]|[\s\S])(?:-(\\[\s\S]|[\s\S]))?/gu);
  return Array.from(parts, ([, from = '', to = from]) => [from.replace(/^\\/, ''), to.replace(/^\\/, '')]);
}

function expandBraces(pattern: string): string[] {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const inner = /\{([^{}]*)\}/.exec(next);
    if (inner === null) done.push(next);
    else for (const choice of (inner[1] ?? '').split(',')) open.push(next.replace(inner[0], () => choice));
    if (done.length + open.length > MOST_ALTERNATIVES) throw new TerraformError('too many alternatives in a pattern');
  }
  return done;
}
