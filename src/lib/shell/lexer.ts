/** Words and operators of a POSIX shell script (IEEE 1003.1 section 2.3), with what bash adds and CI scripts use. */

export interface ShellWord {
  /** The word without its quotes; expansions stand as they are written. */
  readonly text: string;
  /** Whether an expansion or a substitution decides a part of it. */
  readonly dynamic: boolean;
  /** Whether any part was quoted: a quoted word is never a reserved word. */
  readonly quoted: boolean;
  /** Scripts of command substitutions inside the word. */
  readonly substitutions: readonly string[];
}

export type ShellToken =
  | ({ readonly type: 'word'; readonly start: number; readonly end: number } & ShellWord)
  | { readonly type: 'operator'; readonly text: string; readonly start: number; readonly end: number };

const OPERATORS = [
  '&&',
  '||',
  ';;',
  '|&',
  '&>>',
  '&>',
  '<<<',
  '<<-',
  '<<',
  '>>',
  '>&',
  '<&',
  '<>',
  '>|',
  '>',
  '<',
  '|',
  '&',
  ';',
  '(',
  ')',
  '\n',
];

/** Splits a script into tokens. Never throws: what is left open (a quote, a substitution) ends with the text. */
export function tokenise(script: string): ShellToken[] {
  const tokens: ShellToken[] = [];
  const heredocs: { delimiter: string; stripTabs: boolean }[] = [];
  let at = 0;
  while (at < script.length) {
    const char = script[at];
    if (char === ' ' || char === '\t' || char === '\r') {
      at++;
    } else if (char === '\\' && script[at + 1] === '\n') {
      at += 2;
    } else if (char === '#') {
      const end = script.indexOf('\n', at);
      at = end < 0 ? script.length : end;
    } else {
      const operator = OPERATORS.find((candidate) => script.startsWith(candidate, at));
      if (operator === undefined) {
        const word = readWord(script, at);
        const before = tokens.at(-1);
        if (before?.type === 'operator' && (before.text === '<<' || before.text === '<<-')) {
          heredocs.push({ delimiter: word.text, stripTabs: before.text === '<<-' });
        }
        tokens.push(word);
        at = word.end;
      } else {
        tokens.push({ type: 'operator', text: operator, start: at, end: at + operator.length });
        at += operator.length;
        if (operator === '\n') at = skipHeredocs(script, at, heredocs.splice(0));
      }
    }
  }
  return tokens;
}

function skipHeredocs(
  script: string,
  from: number,
  pending: readonly { delimiter: string; stripTabs: boolean }[],
): number {
  let at = from;
  for (const { delimiter, stripTabs } of pending) {
    while (at < script.length) {
      const end = script.indexOf('\n', at);
      const line = script.slice(at, end < 0 ? script.length : end);
      at = end < 0 ? script.length : end + 1;
      if ((stripTabs ? line.replace(/^\t+/, '') : line) === delimiter) break;
    }
  }
  return at;
}

function readWord(script: string, start: number): Extract<ShellToken, { type: 'word' }> {
  let text = '';
  let dynamic = false;
  let quoted = false;
  const substitutions: string[] = [];
  let at = start;

  function takeExpansion(): void {
    const end = endOfExpansion(script, at);
    const raw = script.slice(at, end);
    if (raw.length > 1 || raw === '`') {
      dynamic = true;
      if (raw.startsWith('$(') && !raw.startsWith('$((')) substitutions.push(raw.slice(2, -1));
      if (raw.startsWith('`')) substitutions.push(raw.slice(1, -1));
    }
    text += raw;
    at = end;
  }

  while (at < script.length) {
    const char = script[at] ?? '';
    if (/[\s;&|()<>]/.test(char)) break;
    if (char === '\\') {
      if (script[at + 1] !== '\n') text += script[at + 1] ?? '';
      quoted = true;
      at += 2;
    } else if (char === "'") {
      const end = script.indexOf("'", at + 1);
      text += script.slice(at + 1, end < 0 ? script.length : end);
      quoted = true;
      at = end < 0 ? script.length : end + 1;
    } else if (char === '"') {
      quoted = true;
      at++;
      while (at < script.length && script[at] !== '"') {
        if (script[at] === '\\' && '"\\$`\n'.includes(script[at + 1] ?? '')) {
          if (script[at + 1] !== '\n') text += script[at + 1] ?? '';
          at += 2;
        } else if (script[at] === '$' || script[at] === '`') {
          takeExpansion();
        } else {
          text += script[at++] ?? '';
        }
      }
      at++;
    } else if (char === '$' || char === '`') {
      takeExpansion();
    } else {
      text += char;
      at++;
    }
  }
  const end = Math.min(Math.max(at, start + 1), script.length);
  return { type: 'word', text, dynamic, quoted, substitutions, start, end };
}

/** The end of the expansion that starts at `at`: `$x`, `${x}`, `${{ x }}`, `$(x)`, `$((x))` or backquotes. */
function endOfExpansion(script: string, at: number): number {
  if (script[at] === '`') {
    const end = script.indexOf('`', at + 1);
    return end < 0 ? script.length : end + 1;
  }
  if (script.startsWith('${{', at)) {
    const end = script.indexOf('}}', at);
    return end < 0 ? script.length : end + 2;
  }
  const opener = script[at + 1];
  if (opener === '{' || opener === '(') return endOfBrackets(script, at + 1, opener, opener === '{' ? '}' : ')');
  const name = /^\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])?/.exec(script.slice(at, at + 200));
  return at + Math.max(1, name?.[0].length ?? 1);
}

function endOfBrackets(script: string, from: number, opener: string, closer: string): number {
  let depth = 0;
  for (let at = from; at < script.length; at++) {
    const char = script[at];
    if (char === '\\') at++;
    else if (char === "'" && opener === '(') {
      const end = script.indexOf("'", at + 1);
      if (end < 0) return script.length;
      at = end;
    } else if (char === opener) depth++;
    else if (char === closer && --depth === 0) return at + 1;
  }
  return script.length;
}
