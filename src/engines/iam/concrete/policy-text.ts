import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { Pattern, PatternPiece } from './wildcard.ts';

/** Values of context keys by their name in lower case; undefined where a key is absent. */
export type Lookup = (key: string) => string | readonly string[] | undefined;

/** A text of a policy, with its variables. */
export type PolicyText = readonly (PatternPiece | PolicyVariable)[];

/** `${aws:username}`, `${aws:PrincipalTag/team, 'none'}` */
export interface PolicyVariable {
  /** In lower case. */
  readonly variable: string;
  readonly fallback?: string;
}

/** What `${…}` means: nothing in the older version of the language. */
export interface TextRules {
  readonly version: IamPolicy['version'];
  /** Whether `*` and `?` are wildcards. */
  readonly wild: boolean;
}

/**
 * Reads variables, the escapes `${*}`, `${?}` and `${$}`, and wildcards:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html. A `${` that is neither stands for itself.
 */
export function parsePolicyText(text: string, { version, wild }: TextRules): PolicyText {
  const pieces: (PatternPiece | PolicyVariable)[] = [];
  let from = 0;
  const flush = (end: number) => {
    if (end > from) pieces.push({ text: text.slice(from, end) });
  };
  for (let at = 0; at < text.length;) {
    const char = text[at];
    const variable = char === '$' && version === '2012-10-17' ? parseVariable(text, at) : undefined;
    if (variable !== undefined) {
      flush(at);
      pieces.push(variable.piece);
      at = from = variable.end;
    } else if (wild && (char === '*' || char === '?')) {
      flush(at);
      pieces.push({ wild: char });
      at = from = at + 1;
    } else at++;
  }
  flush(text.length);
  return pieces;
}

/** The pattern of a text whose variables have a value; undefined where it has one that is absent and has no default. */
export function resolvePolicyText(text: PolicyText, lookup: Lookup): Pattern | undefined {
  const pattern: PatternPiece[] = [];
  for (const piece of text) {
    if (!('variable' in piece)) pattern.push(piece);
    else {
      const value = single(lookup(piece.variable)) ?? piece.fallback;
      if (value === undefined) return undefined;
      // What a variable brings is never a wildcard.
      pattern.push({ text: value });
    }
  }
  return pattern;
}

/** Whether the text is the same for every request. */
export function isFixed(text: PolicyText): text is Pattern {
  return text.every((piece) => !('variable' in piece));
}

/** Keys with several values cannot be variables. */
function single(value: string | readonly string[] | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return value.length === 1 ? value[0] : undefined;
}

const FALLBACK = /\s*'([^']*)'\s*\}/y;

function parseVariable(
  text: string,
  at: number,
): { readonly piece: PatternPiece | PolicyVariable; readonly end: number } | undefined {
  if (text[at + 1] !== '{') return undefined;
  const escaped = text[at + 2];
  if ((escaped === '*' || escaped === '?' || escaped === '$') && text[at + 3] === '}')
    return { piece: { text: escaped }, end: at + 4 };
  let end = at + 2;
  while (end < text.length && text[end] !== '}' && text[end] !== ',') end++;
  const variable = text
    .slice(at + 2, end)
    .trim()
    .toLowerCase();
  if (end >= text.length || variable === '') return undefined;
  if (text[end] === '}') return { piece: { variable }, end: end + 1 };
  FALLBACK.lastIndex = end + 1;
  const fallback = FALLBACK.exec(text)?.[1];
  return fallback === undefined ? undefined : { piece: { variable, fallback }, end: FALLBACK.lastIndex };
}
