/** Tokens of Calico's selectors. White space is blanks and tabs; strings have no escapes. */
export type Token =
  | { readonly kind: 'label' | 'text' | 'has'; readonly value: string }
  | { readonly kind: 'all' | 'global' | 'end' | Symbol_ | Operator };

type Symbol_ = '(' | ')' | '{' | '}' | ',' | '==' | '!=' | '!' | '&&' | '||';
type Operator = 'contains' | 'starts with' | 'ends with' | 'in' | 'not in';

const SYMBOLS: readonly Symbol_[] = ['(', ')', '{', '}', ',', '==', '!=', '!', '&&', '||'];
const OPERATORS: readonly (readonly [RegExp, Operator])[] = [
  [/^contains(?![\w./-])/, 'contains'],
  [/^starts[ \t]*with[ \t]*(?![\w./-])/, 'starts with'],
  [/^ends[ \t]*with[ \t]*(?![\w./-])/, 'ends with'],
  [/^not[ \t]*in[ \t]*(?![\w./-])/, 'not in'],
  [/^in(?![\w./-])/, 'in'],
];

const LONGEST_LABEL = 512;

/** Cuts a selector into tokens; a message where it cannot. */
export function tokensOf(text: string): readonly Token[] | string {
  const tokens: Token[] = [];
  for (let rest = text.replace(/^[ \t]+/, ''); rest !== ''; rest = rest.replace(/^[ \t]+/, '')) {
    const step = next(rest, tokens.at(-1)?.kind === 'label');
    if (typeof step === 'string') return step;
    tokens.push(step.token);
    rest = rest.slice(step.length);
  }
  return [...tokens, { kind: 'end' }];
}

function next(rest: string, afterLabel: boolean): { readonly token: Token; readonly length: number } | string {
  const quote = rest[0];
  if (quote === '"' || quote === "'") {
    const end = rest.indexOf(quote, 1);
    return end === -1
      ? 'a text that does not end'
      : { token: { kind: 'text', value: rest.slice(1, end) }, length: end + 1 };
  }
  // Longer symbols start with shorter ones: `!=` with `!`.
  const symbol = SYMBOLS.filter((one) => rest.startsWith(one)).sort((a, b) => b.length - a.length)[0];
  if (symbol !== undefined) return { token: { kind: symbol }, length: symbol.length };
  if (afterLabel) {
    for (const [pattern, kind] of OPERATORS) {
      const [found] = pattern.exec(rest) ?? [];
      if (found !== undefined) return { token: { kind }, length: found.length };
    }
    return `no operator before "${rest.slice(0, 20)}"`;
  }
  const [whole, name, label] = /^(has|all|global)\([ \t]*([\w./-]*)[ \t]*\)/.exec(rest) ?? [];
  if (whole !== undefined && name === 'has' && label !== undefined && label !== '')
    return { token: { kind: 'has', value: label }, length: whole.length };
  if (whole !== undefined && label === '' && (name === 'all' || name === 'global'))
    return { token: { kind: name }, length: whole.length };
  const [identifier] = /^[\w./-]+/.exec(rest) ?? [];
  if (identifier === undefined) return `"${rest.slice(0, 20)}" is not understood`;
  if (identifier.length > LONGEST_LABEL) return 'a label that is too long';
  return { token: { kind: 'label', value: identifier }, length: identifier.length };
}
