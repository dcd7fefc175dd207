/** A word of an instruction as written, with its offsets in the instruction's text. */
export interface RawWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Splits at white space outside quotes, as ENV, ARG and flags are read. An open quote ends with the text. */
export function splitQuoted(
  text: string,
  escape: string,
): { readonly words: readonly RawWord[]; readonly closed: boolean } {
  const words: RawWord[] = [];
  let quote = '';
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote === '' && isBlank(char)) {
      if (start >= 0) words.push({ text: text.slice(start, at), start, end: at });
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (char === escape && quote !== "'") at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
  }
  if (start >= 0) words.push({ text: text.slice(start), start, end: text.length });
  return { words, closed: quote === '' };
}

/** Splits at white space alone, as FROM, COPY and ADD are read. */
export function splitBlank(text: string): RawWord[] {
  const words: RawWord[] = [];
  const word = /[^\s]+/g;
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    words.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return words;
}

/** Takes the leading `--name=value` words off. */
export function splitFlags(
  text: string,
  escape: string,
): { readonly flags: readonly RawWord[]; readonly rest: RawWord } {
  const flags: RawWord[] = [];
  let rest = 0;
  if (/^\s*--/.test(text)) {
    for (const word of splitQuoted(text, escape).words) {
      if (!word.text.startsWith('--') || word.text === '--') break;
      flags.push(word);
      rest = word.end;
    }
  }
  while (rest < text.length && isBlank(text.charAt(rest))) rest++;
  return { flags, rest: { text: text.slice(rest), start: rest, end: text.length } };
}

/** The strings of a JSON array, the exec form; undefined where the text is none. */
export function jsonWords(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n' || char === '\v' || char === '\f';
}
