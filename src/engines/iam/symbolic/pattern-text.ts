import { STAR, literalTokens, wildcardTokens, type Token } from '../../../lib/automata/tokens.ts';

/** What a policy variable stands for: its text, null where its key is absent, undefined where it is not determined. */
export type Variables = (name: string) => string | null | undefined;

/** How a text of a policy becomes a pattern. */
export interface PatternStyle {
  readonly wildcards: boolean;
  readonly fold: boolean;
  /** ARN operators: in the first five of the six parts, wildcards stop at a colon. */
  readonly arn: boolean;
  /** Absent where `${…}` is text: in policies of 2008, and where the grammar has no variables. */
  readonly variables?: Variables;
}

/**
 * A text of a policy, as patterns. Where a variable is not determined there are two: `over` matches at least what the text would
 * match whatever the variable is, `under` at most. Undefined matches nothing.
 */
export interface CompiledText {
  readonly over: readonly Token[] | undefined;
  readonly under: readonly Token[] | undefined;
  /** Names of the variables that are not determined, in lower case. */
  readonly free: readonly string[];
  /** Names of all variables that the text uses, in lower case. */
  readonly used: readonly string[];
}

/** `${*}`, `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`; what is none of them stands for itself. */
const VARIABLE = /\$\{(?:([*?$])|([^},]*[^},\s][^},]*)(?:,\s*'([^']*)'\s*)?)\}/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
export function compileText(text: string, style: PatternStyle): CompiledText {
  const tokens: Token[] = [];
  const free: string[] = [];
  const used: string[] = [];
  let matches = true;
  let rest = text;
  while (rest !== '') {
    const found = style.variables === undefined ? null : VARIABLE.exec(rest);
    tokens.push(...plainTokens(rest.slice(0, found?.index ?? rest.length), style));
    if (found === null) break;
    rest = rest.slice(found.index + found[0].length);
    const [, escaped, key = '', fallback] = found;
    if (escaped !== undefined) {
      tokens.push(...literalTokens(escaped, style.fold));
      continue;
    }
    const name = key.trim().toLowerCase();
    used.push(name);
    const value = style.variables?.(name);
    if (value === undefined) {
      free.push(name);
      tokens.push(STAR);
    } else if (value === null && fallback === undefined) matches = false;
    else tokens.push(...literalTokens(value ?? fallback ?? '', style.fold));
  }
  const pattern = !style.arn || free.length > 0 ? tokens : arnTokens(tokens);
  return {
    over: matches ? pattern : undefined,
    under: matches && free.length === 0 ? pattern : undefined,
    free,
    used,
  };
}

function plainTokens(text: string, { wildcards, fold }: PatternStyle): readonly Token[] {
  return wildcards ? wildcardTokens(text, fold) : literalTokens(text, fold);
}

const TO_COLON: Token = { kind: 'star', except: ':' };
const COLON: Token = { kind: 'chars', chars: ':' };
const ANY_ARN: readonly Token[] = [...Array.from({ length: 5 }, () => [TO_COLON, COLON]).flat(), STAR];

/**
 * Wildcards of the first five parts of an ARN stop at its colons. A lone `*` is any ARN, another text of fewer parts none:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function arnTokens(tokens: readonly Token[]): readonly Token[] | undefined {
  if (tokens.length === 1 && tokens[0]?.kind === 'star') return ANY_ARN;
  let colons = 0;
  const pattern = tokens.map((token) => {
    if (token.kind !== 'chars') return colons < 5 ? { ...token, except: ':' } : token;
    if (token.chars === ':') colons++;
    return token;
  });
  return colons < 5 ? undefined : pattern;
}
