import type { Resolved } from './types.ts';

/** Where names get their values: the shell's variables, and dotted names of `${{ }}` expressions. */
export interface Scope {
  readonly variables: ReadonlyMap<string, Resolved>;
  readonly expressions: ReadonlyMap<string, Resolved>;
}

const LONGEST = 20_000;
const REFERENCE =
  /\$\{\{\s*([\w.-]+)\s*\}\}|\$\{\{[^{}]*\}\}|\$\{([A-Za-z_]\w*)(?::?-([^{}$]*))?\}|\$\{[^{}]*\}|\$\([^()]*\)|`[^`]*`|\$([A-Za-z_]\w*|[0-9@*#?])/g;

/** A text that holds no variable. */
export function literal(text: string): Resolved {
  return { known: true, text };
}

/** Something that nothing in sight determines. */
export function unknown(written: string): Resolved {
  return { known: false, written, pattern: '*', missing: [written.slice(0, 200)] };
}

/** Fills in `$X`, `${X}`, `${X:-default}` and `${{ env.X }}`; everything else that expands stays open. A default holds unless a caller's variable replaces it. */
export function resolve(text: string, scope: Scope): Resolved {
  if (!/[$`]/.test(text)) return literal(text);
  if (text.length > LONGEST) return unknown(text.slice(0, 100));
  const parts: Resolved[] = [];
  let from = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, expression, braced, fallback, bare] = match;
    parts.push(literal(text.slice(from, match.index)));
    from = match.index + whole.length;
    const name = braced ?? bare;
    const value =
      expression === undefined
        ? name === undefined
          ? undefined
          : scope.variables.get(name)
        : scope.expressions.get(expression);
    parts.push(value ?? (fallback === undefined || fallback === '' ? unknown(whole) : literal(fallback)));
  }
  parts.push(literal(text.slice(from)));
  return join(parts, text);
}

/** Puts pieces together; open when one of them is. */
export function join(parts: readonly Resolved[], written: string): Resolved {
  const missing = parts.flatMap((part) => (part.known ? [] : part.missing));
  if (missing.length === 0) return literal(parts.map((part) => (part.known ? part.text : '')).join(''));
  const pattern = parts.map((part) => (part.known ? part.text : part.pattern)).join('');
  return { known: false, written, pattern: pattern.replaceAll(/\*{2,}/g, '*'), missing };
}

/** The text, or the glob of one that is open. */
export function patternOf(value: Resolved): string {
  return value.known ? value.text : value.pattern;
}
