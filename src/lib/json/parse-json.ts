import type { SourceLocation } from '../../model/index.ts';
import { TextPositions } from '../text-position.ts';
import type { YamlEntry, YamlNode } from '../yaml/index.ts';

/** A JSON text as nodes, or why it is none. */
export type JsonReading =
  | { readonly ok: true; readonly root: YamlNode }
  | { readonly ok: false; readonly message: string; readonly at: SourceLocation };

const DEEPEST = 100;
const MOST_NODES = 500_000;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Parses a JSON text (RFC 8259, nothing more: no comments, no trailing commas) into nodes with places and routes. Equal
 * keys of an object are all kept, in their order. A byte order mark is passed over. Never throws.
 */
export function parseJson(path: string, text: string): JsonReading {
  const reader = new JsonReader(path, text);
  try {
    return { ok: true, root: reader.document() };
  } catch (error) {
    if (error instanceof JsonError) return { ok: false, message: error.message, at: reader.place(error.offset) };
    throw error;
  }
}

class JsonError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Holds the text and how far it was read. */
class JsonReader {
  readonly #text: string;
  readonly #positions: TextPositions;
  #at = 0;
  #nodes = 0;

  constructor(path: string, text: string) {
    this.#text = text;
    this.#positions = new TextPositions(path, text);
  }

  place(offset: number): SourceLocation {
    return this.#positions.range(offset, offset + 1);
  }

  document(): YamlNode {
    if (this.#text.startsWith('\ufeff')) this.#at = 1;
    const root = this.#value('', 0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail('text after the end of the JSON value');
    return root;
  }

  #value(route: string, depth: number): YamlNode {
    this.#space();
    const start = this.#at;
    if (++this.#nodes > MOST_NODES) this.#fail(`more than ${MOST_NODES} values`);
    if (depth > DEEPEST) this.#fail(`nested deeper than ${DEEPEST} levels`);
    const char = this.#text[start];
    if (char === '{') {
      const entries = this.#entries(route, depth);
      return { kind: 'map', at: this.#range(start, route), entries };
    }
    if (char === '[') {
      const items = this.#items(route, depth);
      return { kind: 'list', at: this.#range(start, route), items };
    }
    const value = char === '"' ? this.#string() : this.#word();
    return { kind: 'scalar', at: this.#range(start, route), value };
  }

  #entries(route: string, depth: number): YamlEntry[] {
    const entries: YamlEntry[] = [];
    this.#at++;
    if (this.#next('}')) return entries;
    do {
      this.#space();
      const start = this.#at;
      if (this.#text[start] !== '"') this.#fail('expected a key in double quotes');
      const key = this.#string();
      const below = route === '' ? key : `${route}.${key}`;
      const keyAt = this.#range(start, below);
      if (!this.#next(':')) this.#fail('expected `:` after a key');
      entries.push({ key, keyAt, value: this.#value(below, depth + 1) });
    } while (this.#next(','));
    if (!this.#next('}')) this.#fail('expected `,` or `}`');
    return entries;
  }

  #items(route: string, depth: number): YamlNode[] {
    const items: YamlNode[] = [];
    this.#at++;
    if (this.#next(']')) return items;
    do items.push(this.#value(`${route}[${items.length}]`, depth + 1));
    while (this.#next(','));
    if (!this.#next(']')) this.#fail('expected `,` or `]`');
    return items;
  }

  #string(): string {
    const text = this.#text;
    let value = '';
    let from = ++this.#at;
    for (;;) {
      const char = text.charCodeAt(this.#at);
      if (char === 0x22) break;
      if (Number.isNaN(char)) this.#fail('a string without its closing quote');
      if (char < 0x20) this.#fail('a control character in a string');
      if (char === 0x5c) {
        value += text.slice(from, this.#at) + this.#escape();
        from = this.#at;
      } else this.#at++;
    }
    return value + text.slice(from, this.#at++);
  }

  #escape(): string {
    const mark = this.#text[this.#at + 1] ?? '';
    if (mark === 'u') {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail('`\\u` without four hexadecimal digits');
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const char = Object.hasOwn(ESCAPES, mark) ? ESCAPES[mark] : undefined;
    if (char === undefined) this.#fail('an escape that JSON does not have');
    this.#at += 2;
    return char;
  }

  #word(): number | boolean | null {
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text)?.[0];
    if (number === undefined) this.#fail(this.#at >= this.#text.length ? 'the text ends early' : 'expected a value');
    this.#at += number.length;
    return Number(number);
  }

  /** Whether this character stands next; then it is passed. */
  #next(char: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    for (;;) {
      const char = this.#text.charCodeAt(this.#at);
      if (char !== 0x20 && char !== 0x0a && char !== 0x0d && char !== 0x09) return;
      this.#at++;
    }
  }

  #range(start: number, route: string): SourceLocation {
    return this.#positions.range(start, this.#at, route);
  }

  #fail(message: string): never {
    throw new JsonError(message, this.#at);
  }
}
