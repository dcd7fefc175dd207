/** Concrete replacement for the simulator: a value, or null where it is not known. Written apart from the analysis, to check it. */

export type Lookup = (name: string) => string | null | undefined;

const MOST = 65_536;

/** Replaces variables and removes quotes, from the inside out, one character at a time. */
export function substitute(text: string, lookup: Lookup, escape: string, depth = 0): string | null {
  if (depth > 20) return null;
  const input = [...text];
  let output = '';
  let single = false;
  let double = false;
  for (let i = 0; i < input.length; i++) {
    const c = input[i] ?? '';
    if (output.length > MOST) return null;
    if (single) {
      if (c === "'") single = false;
      else output += c;
      continue;
    }
    if (c === "'" && !double) {
      single = true;
      continue;
    }
    if (c === '"') {
      double = !double;
      continue;
    }
    if (c === escape && (!double || '"$'.includes(input[i + 1] ?? ' ') || input[i + 1] === escape)) {
      output += input[++i] ?? '';
      continue;
    }
    if (c !== '$') {
      output += c;
      continue;
    }
    const read = input[i + 1] === '{' ? braced(input, i + 2, escape) : bare(input, i + 1);
    if (read === undefined) {
      output += '$';
      continue;
    }
    const value = evaluate(read.name, read.operator, read.word, lookup, escape, depth);
    if (value === null) return null;
    output += value;
    i = read.last;
  }
  return output.length > MOST ? null : output;
}

interface Reading {
  readonly name: string;
  readonly operator: string;
  readonly word: string;
  /** Index of the last character that belongs to it. */
  readonly last: number;
}

function bare(input: readonly string[], from: number): Reading | undefined {
  let end = from;
  if (/[0-9@*#]/.test(input[from] ?? '')) end = from + 1;
  else while (end < input.length && (end === from ? /[A-Za-z_]/ : /[A-Za-z0-9_]/).test(input[end] ?? '')) end++;
  if (end === from) return undefined;
  return { name: input.slice(from, end).join(''), operator: '', word: '', last: end - 1 };
}

function braced(input: readonly string[], from: number, escape: string): Reading {
  let open = 1;
  let end = from;
  for (; end < input.length; end++) {
    if (input[end] === escape) end++;
    else if (input[end] === '{') open++;
    else if (input[end] === '}' && --open === 0) break;
  }
  const inner = input.slice(from, end);
  let n = 0;
  while (n < inner.length && /[A-Za-z0-9_]/.test(inner[n] ?? '')) n++;
  const name = inner.slice(0, n).join('');
  const colon = inner[n] === ':' ? 1 : 0;
  const sign = inner[n + colon] ?? '';
  const operator = colon === 1 ? `:${sign}` : sign;
  return { name: /^[A-Za-z_]/.test(name) ? name : '', operator, word: inner.slice(n + colon + 1).join(''), last: end };
}

function evaluate(
  name: string,
  operator: string,
  word: string,
  lookup: Lookup,
  escape: string,
  depth: number,
): string | null {
  if (name === '') return null;
  const value = lookup(name);
  if (value === null) return null;
  const present = value !== undefined && (!operator.startsWith(':') || value !== '');
  switch (operator) {
    case '':
      return value ?? '';
    case '-':
    case ':-':
      return present ? value : substitute(word, lookup, escape, depth + 1);
    case '+':
    case ':+':
      return present ? substitute(word, lookup, escape, depth + 1) : '';
    case '?':
    case ':?':
      return present ? value : null;
    default:
      return null;
  }
}
