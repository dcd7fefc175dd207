import { compilePattern, type Matches, type Pattern, type PatternPiece } from './wildcard.ts';

/**
 * ArnEquals and ArnLike, which are the same: the six parts between colons are compared each by itself, so that a wildcard
 * never reaches into the next part (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN).
 * A lone `*` means any ARN; other patterns with fewer parts mean none.
 */
export function compileArnPattern(pattern: Pattern): Matches {
  const [only] = pattern;
  if (pattern.length === 1 && only !== undefined && 'wild' in only && only.wild === '*')
    return (text) => arnParts(text) !== undefined;
  const parts = splitPattern(pattern);
  if (parts === undefined) return () => false;
  const compiled = parts.map(compilePattern);
  return (text) => {
    const values = arnParts(text);
    return values !== undefined && compiled.every((matches, index) => matches(values[index] ?? ''));
  };
}

/** The six parts of an ARN, the last with what colons it holds; undefined where there are fewer. */
export function arnParts(text: string): readonly string[] | undefined {
  const parts = text.split(':');
  if (parts.length < 6) return undefined;
  return parts.length === 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function splitPattern(pattern: Pattern): Pattern[] | undefined {
  const parts: PatternPiece[][] = [[]];
  for (const piece of pattern) {
    if ('wild' in piece) parts.at(-1)?.push(piece);
    else {
      const pieces = piece.text.split(':');
      for (const [index, text] of pieces.entries()) {
        if (index > 0) {
          if (parts.length < 6) parts.push([]);
          else parts.at(-1)?.push({ text: ':' });
        }
        if (text !== '') parts.at(-1)?.push({ text });
      }
    }
  }
  return parts.length === 6 ? parts : undefined;
}
