/** JSON as Terraform writes and reads it (RFC 8259). */

import { objectOf } from './convert.ts';
import { formatNumber, parseNumber } from './number.ts';
import { TerraformError, type Origin, type TfUnknown, type TfValue } from './value.ts';

const DEEPEST = 1000;

/** The text of a value, or what of it is certain before its first unknown part. */
type Encoded =
  | { readonly known: true; readonly text: string }
  | { readonly known: false; readonly prefix: string; readonly cause: TfUnknown };

/** Encodes as jsonencode does: keys sorted, no spaces, `<`, `>`, `&` and the line separators of Unicode escaped. `spend` counts characters. */
export function encodeJson(value: TfValue, spend: (steps: number) => void): Encoded {
  const parts: string[] = [];
  const cause = write(value, (part) => {
    spend(part.length);
    parts.push(part);
  });
  const text = parts.join('');
  return cause === undefined ? { known: true, text } : { known: false, prefix: text, cause };
}

/** A text in quotes, escaped as Go's encoder does. */
export function quoteJson(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Reads one JSON value; every part gets the origin. Throws TerraformError where the text is none. */
export function decodeJson(text: string, origin: Origin, spend: (steps: number) => void): TfValue {
  spend(text.length);
  const state = { text, at: 0, origin };
  const value = readValue(state, 0);
  skipSpace(state);
  if (state.at < text.length) throw invalid(state);
  return value;
}

function write(value: TfValue, put: (part: string) => void): TfUnknown | undefined {
  switch (value.kind) {
    case 'unknown':
      // What begins every text that this can become.
      if (value.constraint?.type === 'string' && value.constraint.notNull === true) put('"');
      return value;
    case 'null':
      put('null');
      return undefined;
    case 'string':
      put(quoteJson(value.value));
      return undefined;
    case 'number':
      put(formatNumber(value.value));
      return undefined;
    case 'bool':
      put(String(value.value));
      return undefined;
    case 'list':
      return writeItems(value, put);
    case 'object':
      return writeEntries(value.entries, put);
  }
}

function writeItems(list: TfValue & { kind: 'list' }, put: (part: string) => void): TfUnknown | undefined {
  put('[');
  // Where an unknown element of a set stands among the others is not known either.
  const first = list.isSet ? list.items.find((item) => item.kind === 'unknown') : undefined;
  if (first?.kind === 'unknown') return first;
  for (const [index, item] of list.items.entries()) {
    if (index > 0) put(',');
    const cause = write(item, put);
    if (cause !== undefined) return cause;
  }
  put(']');
  return undefined;
}

function writeEntries(entries: ReadonlyMap<string, TfValue>, put: (part: string) => void): TfUnknown | undefined {
  let separator = '{';
  for (const [key, item] of entries) {
    put(`${separator}${quoteJson(key)}:`);
    separator = ',';
    const cause = write(item, put);
    if (cause !== undefined) return cause;
  }
  put(entries.size === 0 ? '{}' : '}');
  return undefined;
}

interface State {
  readonly text: string;
  readonly origin: Origin;
  at: number;
}

function readValue(state: State, depth: number): TfValue {
  const { text, origin } = state;
  skipSpace(state);
  if (depth > DEEPEST) throw new TerraformError(`JSON that is nested deeper than ${DEEPEST} levels`);
  const char = text[state.at];
  if (char === '{') return readObject(state, depth);
  if (char === '[') return readArray(state, depth);
  if (char === '"') return { kind: 'string', origin, value: readString(state) };
  const [token = ''] = match(state, /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y) ?? [];
  if (token === '') throw invalid(state);
  if (token === 'null') return { kind: 'null', origin };
  if (token === 'true' || token === 'false') return { kind: 'bool', origin, value: token === 'true' };
  const value = parseNumber(token);
  if (value === undefined) throw invalid(state);
  return { kind: 'number', origin, value };
}

function readArray(state: State, depth: number): TfValue {
  const items: TfValue[] = [];
  state.at++;
  if (!take(state, ']')) {
    do items.push(readValue(state, depth + 1));
    while (take(state, ','));
    if (!take(state, ']')) throw invalid(state);
  }
  return { kind: 'list', origin: state.origin, isSet: false, items };
}

function readObject(state: State, depth: number): TfValue {
  const entries = new Map<string, TfValue>();
  state.at++;
  if (!take(state, '}')) {
    do {
      skipSpace(state);
      const key = readString(state);
      if (!take(state, ':')) throw invalid(state);
      entries.set(key, readValue(state, depth + 1));
    } while (take(state, ','));
    if (!take(state, '}')) throw invalid(state);
  }
  return objectOf(entries, { origin: state.origin });
}

function readString(state: State): string {
  const [token] = match(state, /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y) ?? [];
  if (token === undefined) throw invalid(state);
  try {
    const value: unknown = JSON.parse(token);
    // Half of a surrogate pair is no character; Go reads it as U+FFFD.
    if (typeof value === 'string') return Buffer.from(value).toString().normalize('NFC');
  } catch {
    // Falls through to the same error as any other bad text.
  }
  throw invalid(state);
}

function take(state: State, char: string): boolean {
  skipSpace(state);
  if (state.text[state.at] !== char) return false;
  state.at++;
  return true;
}

function skipSpace(state: State): void {
  match(state, /[ \t\r\n]*/y);
}

function match(state: State, regex: RegExp): RegExpExecArray | null {
  regex.lastIndex = state.at;
  const found = regex.exec(state.text);
  if (found !== null) state.at += found[0].length;
  return found;
}

function invalid({ text, at }: State): TerraformError {
  return new TerraformError(at >= text.length ? 'unexpected end of JSON input' : `invalid JSON at offset ${at}`);
}
