/**
 * Patterns over text as lists of tokens, of which automata are made. A literal character is a token of one character; a
 * character that matches in either case is a token of two.
 */
export type Token =
  /** One of these characters. */
  | { readonly kind: 'chars'; readonly chars: string }
  /** Any one character, but none of `except`. */
  | { readonly kind: 'any'; readonly except?: string }
  /** Any characters or none, but none of `except`. */
  | { readonly kind: 'star'; readonly except?: string };

export const ANY: Token = { kind: 'any' };
export const STAR: Token = { kind: 'star' };

/** Tokens that match a text as it stands; with `fold` in any case. */
export function literalTokens(text: string, fold = false): readonly Token[] {
  return Array.from(text, (char) => charToken(char, fold));
}

/** `*` for any characters and `?` for one; everything else stands for itself. */
export function wildcardTokens(text: string, fold = false): readonly Token[] {
  return Array.from(text, (char) => (char === '*' ? STAR : char === '?' ? ANY : charToken(char, fold)));
}

/** Tokens of ASCII characters, each made once: policies of megabytes are lists of the same few. */
const KNOWN = new Map<string, Token>();
const KNOWN_FOLDED = new Map<string, Token>();

function charToken(char: string, fold: boolean): Token {
  const known = fold ? KNOWN_FOLDED : KNOWN;
  const token = known.get(char);
  if (token !== undefined) return token;
  const made: Token = { kind: 'chars', chars: fold ? bothCases(char) : char };
  if (char < '\u0080') known.set(char, made);
  return made;
}

function bothCases(char: string): string {
  const lower = char.toLowerCase();
  const upper = char.toUpperCase();
  return lower === upper || lower.length !== char.length || upper.length !== char.length ? char : `${lower}${upper}`;
}
