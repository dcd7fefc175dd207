/** Variables in Dockerfile instructions: https://docs.docker.com/reference/dockerfile/#environment-replacement. */

/** What a name stands for: a value, nothing, or something that is not in sight. */
export type Variable =
  { readonly kind: 'value'; readonly text: string } | { readonly kind: 'unset' } | { readonly kind: 'unknown' };

/** A word after replacement, or the names that keep it open. */
export type Expansion =
  { readonly known: true; readonly text: string } | { readonly known: false; readonly missing: readonly string[] };

const LONGEST = 65_536;
const DEEPEST = 20;

/** Replaces variables and takes quotes and escapes away. */
export function expand(word: string, lookup: (name: string) => Variable, escape: string, depth = 0): Expansion {
  const parts: string[] = [];
  const missing: string[] = [];
  let length = 0;
  let quote = '';
  let at = 0;
  while (at < word.length) {
    const char = word.charAt(at);
    if (length > LONGEST || depth > DEEPEST) return { known: false, missing: ['a value that is too long'] };
    if (quote === "'") {
      if (char === "'") quote = '';
      else push(char);
      at++;
    } else if (char === escape && (quote === '' || ['"', '$', escape].includes(word.charAt(at + 1)))) {
      push(word.charAt(at + 1));
      at += 2;
    } else if (char === '"' || (char === "'" && quote === '')) {
      quote = quote === '' ? char : '';
      at++;
    } else if (char === '$') {
      at = variable(at);
    } else {
      push(char);
      at++;
    }
  }
  if (length > LONGEST) return { known: false, missing: ['a value that is too long'] };
  return missing.length > 0 ? { known: false, missing } : { known: true, text: parts.join('') };

  function push(text: string): void {
    parts.push(text);
    length += text.length;
  }

  /** Reads the variable at `from` and gives the offset after it. */
  function variable(from: number): number {
    const bare = /^\$([A-Za-z_]\w*|[0-9@*#])/.exec(word.slice(from, from + 300));
    if (bare?.[1] !== undefined) {
      take(bare[1], lookup(bare[1]), '', '');
      return from + bare[0].length;
    }
    if (word.charAt(from + 1) !== '{') {
      push('$');
      return from + 1;
    }
    const end = closing(word, from + 2, escape);
    const [, name, modifier, rest] =
      /^([A-Za-z_]\w*)(?:(:?[-+?]|##?|%%?|\/\/?)([\s\S]*))?$/.exec(word.slice(from + 2, end)) ?? [];
    if (name === undefined) missing.push(word.slice(from, Math.min(end + 1, from + 100)));
    else take(name, lookup(name), modifier ?? '', rest ?? '');
    return end + 1;
  }

  function take(name: string, value: Variable, modifier: string, rest: string): void {
    const [operator] = modifier.slice(-1);
    if (value.kind === 'unknown') missing.push(name);
    else if (modifier === '') push(value.kind === 'value' ? value.text : '');
    else if (operator === '-' || operator === '+') {
      const counts = value.kind === 'value' && !(modifier.startsWith(':') && value.text === '');
      if (counts === (operator === '+')) nested(rest);
      else if (value.kind === 'value' && counts) push(value.text);
    } else if (operator === '?' && value.kind === 'value' && !(modifier.startsWith(':') && value.text === ''))
      push(value.text);
    // Pattern removal and replacement are left open, as is a demanded value that is not there.
    else missing.push(name);
  }

  function nested(text: string): void {
    const inner = expand(text, lookup, escape, depth + 1);
    if (inner.known) push(inner.text);
    else missing.push(...inner.missing);
  }
}

function closing(word: string, from: number, escape: string): number {
  let depth = 0;
  for (let at = from; at < word.length; at++) {
    const char = word.charAt(at);
    if (char === escape) at++;
    else if (char === '{') depth++;
    else if (char === '}' && depth-- === 0) return at;
  }
  return word.length;
}
