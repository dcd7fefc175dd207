import type { HclExpression, TemplatePart } from './ast.ts';

/** A piece of a template as it stands in the text: one line of literal text at most, or one `${…}` or `%{…}`. */
export type TemplateToken =
  | { readonly kind: 'text'; text: string; readonly start: number; end: number }
  | { readonly kind: 'interpolation'; readonly expression: HclExpression }
  | { readonly kind: 'if'; readonly condition: HclExpression }
  | { readonly kind: 'for'; readonly keyName?: string; readonly valueName: string; readonly collection: HclExpression }
  | { readonly kind: 'else' | 'endif' | 'endfor'; readonly start: number; readonly end: number };

/** Drops white space, as Go's unicode.IsSpace has it, from the start of a text. */
export function trimStart(text: string): string {
  return text.slice(leadingSpace(text));
}

/** Drops white space from the end of a text. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function leadingSpace(text: string): number {
  let at = 0;
  while (at < text.length && SPACE.test(text.charAt(at))) at++;
  return at;
}

/**
 * Removes the indentation that all lines of a `<<-` heredoc share (hclsyntax specification, "Template Expressions"). Lines
 * of white space alone do not count; a line that starts with `${` or `%{` has none. `~` has been applied before, so that a
 * line whose break it took away is no longer the start of one.
 */
export function removeIndentation(tokens: readonly TemplateToken[]): void {
  const starts: Extract<TemplateToken, { kind: 'text' }>[] = [];
  let shared = Number.POSITIVE_INFINITY;
  let atLineStart = true;
  for (const token of tokens) {
    const isText = token.kind === 'text';
    if (atLineStart) {
      atLineStart = false;
      if (!isText) shared = 0;
      else {
        const spaces = leadingSpace(token.text);
        if (spaces < token.text.length || !token.text.endsWith('\n')) {
          starts.push(token);
          shared = Math.min(shared, spaces);
        }
      }
    }
    if (isText && token.text.endsWith('\n')) atLineStart = true;
  }
  for (const token of starts) token.text = token.text.slice(Math.min(shared, token.text.length));
}

/** Joins neighbouring texts; a text that became empty stays, because a template of more than one part is always a string. */
export function joinTexts(tokens: readonly TemplateToken[]): TemplateToken[] {
  const joined: TemplateToken[] = [];
  let pieces: string[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    if (token.kind === 'text' && before?.kind === 'text') {
      pieces.push(token.text);
      before.end = token.end;
      continue;
    }
    if (before?.kind === 'text' && pieces.length > 1) before.text = pieces.join('');
    pieces = token.kind === 'text' ? [token.text] : [];
    joined.push(token.kind === 'text' ? { ...token } : token);
  }
  const last = joined.at(-1);
  if (last?.kind === 'text' && pieces.length > 1) last.text = pieces.join('');
  return joined;
}

interface Frame {
  readonly opened: Extract<TemplateToken, { kind: 'if' | 'for' }> | undefined;
  readonly parts: TemplatePart[];
  otherwise: TemplatePart[] | undefined;
}

/** Nests directives. `text` makes the part of a text token; `unbalanced` throws. */
export function nest(
  tokens: readonly TemplateToken[],
  text: (token: Extract<TemplateToken, { kind: 'text' }>) => TemplatePart,
  unbalanced: (what: string, token?: { readonly start: number; readonly end: number }) => never,
): TemplatePart[] {
  const root: Frame = { opened: undefined, parts: [], otherwise: undefined };
  const stack: Frame[] = [root];
  for (const token of tokens) {
    const frame = stack.at(-1) ?? root;
    const into = frame.otherwise ?? frame.parts;
    if (token.kind === 'text') into.push(text(token));
    else if (token.kind === 'interpolation') into.push({ kind: 'interpolation', expression: token.expression });
    else if (token.kind === 'if' || token.kind === 'for')
      stack.push({ opened: token, parts: [], otherwise: undefined });
    else if (token.kind === 'else') {
      if (frame.opened?.kind !== 'if' || frame.otherwise !== undefined) unbalanced('%{ else }', token);
      frame.otherwise = [];
    } else {
      if (frame.opened?.kind !== token.kind.slice(3)) unbalanced(`%{ ${token.kind} }`, token);
      stack.pop();
      const outer = stack.at(-1) ?? root;
      (outer.otherwise ?? outer.parts).push(closed(frame));
    }
  }
  if (stack.length > 1) unbalanced(`the end of %{ ${stack.at(-1)?.opened?.kind ?? ''} }`);
  return root.parts;
}

function closed({ opened, parts, otherwise }: Frame): TemplatePart {
  if (opened?.kind === 'for') {
    const { kind, valueName, collection, keyName } = opened;
    return { kind, ...(keyName === undefined ? {} : { keyName }), valueName, collection, body: parts };
  }
  if (opened === undefined) throw new TypeError('the root of a template is not closed');
  return { kind: 'if', condition: opened.condition, then: parts, else: otherwise ?? [] };
}
