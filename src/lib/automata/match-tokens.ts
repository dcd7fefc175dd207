import type { Token } from './tokens.ts';

/**
 * Whether a pattern matches a whole text: the set of tokens that may come next, advanced one character at a time, so that
 * the time is bounded by the product of both lengths whatever the pattern.
 */
export function matchesTokens(tokens: readonly Token[], text: string): boolean {
  const plain = prefixLength(tokens);
  let start = 0;
  // Most texts fail at the literal beginning.
  for (let index = 0; index < plain; index++) {
    const token = tokens[index];
    const char = charAt(text, start);
    if (token?.kind !== 'chars' || char === '' || !token.chars.includes(char)) return false;
    start += char.length;
  }
  if (plain === tokens.length) return start === text.length;
  if (plain === tokens.length - 1) {
    const last = tokens[plain];
    if (last?.kind === 'star' && last.except === undefined) return true;
  }
  let active = new Set<number>();
  reach(active, tokens, plain);
  while (start < text.length && active.size > 0) {
    const char = charAt(text, start);
    start += char.length;
    const next = new Set<number>();
    for (const index of active) {
      const token = tokens[index];
      if (token === undefined || !takes(token, char)) continue;
      reach(next, tokens, token.kind === 'star' ? index : index + 1);
    }
    active = next;
  }
  return start === text.length && active.has(tokens.length);
}

/** Whether a token may stand for this character. */
export function takes(token: Token, char: string): boolean {
  return token.kind === 'chars' ? token.chars.includes(char) : token.except?.includes(char) !== true;
}

function reach(into: Set<number>, tokens: readonly Token[], from: number): void {
  let index = from;
  into.add(index);
  while (tokens[index]?.kind === 'star') into.add(++index);
}

function prefixLength(tokens: readonly Token[]): number {
  const first = tokens.findIndex((token) => token.kind !== 'chars');
  return first === -1 ? tokens.length : first;
}

function charAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? '' : String.fromCodePoint(code);
}
