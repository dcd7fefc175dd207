import type { SourceLocation } from '../../model/index.ts';
import type { TextPositions } from '../text-position.ts';
import type { HclExpression } from './ast.ts';

/** Levels of brackets, templates and blocks inside each other; Terraform code of people stays below twenty. */
export const DEEPEST = 200;

/** A place where the text is not HCL; caught by the attribute, block or template around it. */
export class HclSyntaxError extends Error {
  readonly start: number;
  readonly end: number;
  /** The block around cannot be read either: it is not closed, or is too deep. */
  readonly fatal: boolean;

  constructor(message: string, start: number, end: number, fatal = false) {
    super(message);
    this.name = 'HclSyntaxError';
    this.start = start;
    this.end = end;
    this.fatal = fatal;
  }
}

/** Reads one expression at the cursor; handed to what is below expressions in the file order, so that imports make no circle. */
export type ReadExpression = (cursor: Cursor) => HclExpression;

/** A position in a text, with the few things that tokens of HCL depend on. Offsets are UTF-16 code units. */
export class Cursor {
  readonly text: string;
  pos = 0;
  /** Where the text is taken to end. */
  end: number;
  /** End of the last token. */
  last = 0;
  /** Line ends are tokens: true in bodies and objects, false in other brackets and in `${…}`. */
  newlines = false;
  /** Operators, steps and directives since an attribute began: they nest in the tree without nesting in the text. */
  links = 0;
  readonly #positions: TextPositions;
  readonly #place: SourceLocation | undefined;
  #depth = 0;

  /** `place` stands for every place, for text that is not in the file as it is read here. */
  constructor(text: string, positions: TextPositions, place?: SourceLocation) {
    this.text = text;
    this.end = text.length;
    this.#positions = positions;
    this.#place = place;
  }

  range(start: number, end: number): SourceLocation {
    return this.#place ?? this.#positions.range(start, end);
  }

  /** Skips blanks and comments; the code unit of the next token, 10 for a line end or line comment that counts, -1 at the end. */
  peek(): number {
    const { text, end } = this;
    let at = this.pos;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 32 || code === 9) continue;
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) === 10)) {
        if (!this.newlines) continue;
        this.pos = at;
        return 10;
      }
      const isLineComment = code === 35 || (code === 47 && text.charCodeAt(at + 1) === 47);
      if (isLineComment) {
        if (this.newlines) {
          this.pos = at;
          return 10;
        }
        at = this.#lineEnd(at) - 1;
      } else if (code === 47 && text.charCodeAt(at + 1) === 42) {
        const close = text.indexOf('*/', at + 2);
        if (close < 0 || close + 2 > end) throw new HclSyntaxError('a comment is not closed', at, end, true);
        at = close + 1;
      } else {
        this.pos = at;
        return code;
      }
    }
    this.pos = end;
    return -1;
  }

  /** Steps over a line end, or over a line comment with its line end, at the cursor. */
  skipNewline(): void {
    this.pos = Math.min(this.#lineEnd(this.pos) + 1, this.end);
  }

  /** The code unit `ahead` of the cursor; NaN behind the end. */
  code(ahead = 0): number {
    return this.pos + ahead < this.end ? this.text.charCodeAt(this.pos + ahead) : Number.NaN;
  }

  /** Takes a token of `length` code units. */
  take(length: number): void {
    this.pos += length;
    this.last = this.pos;
  }

  /** Takes a one-character token where it is next. */
  accept(code: number): boolean {
    if (this.peek() !== code) return false;
    this.take(1);
    return true;
  }

  /** Takes a one-character token that has to be next. */
  expect(code: number, what: string): void {
    if (!this.accept(code)) this.fail(`expected ${what}`);
  }

  /** The end of the identifier that starts at an offset; the offset itself where none does. */
  identifierEnd(from: number): number {
    const { text, end } = this;
    let at = from;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (isLetter(code) || (at > from && ((code >= 48 && code <= 57) || code === 45))) at++;
      else if (code < 128) break;
      else {
        const point = String.fromCodePoint(text.codePointAt(at) ?? code);
        if (!(at === from ? START : CONTINUE).test(point)) break;
        at += point.length;
      }
    }
    return Math.min(at, end);
  }

  /** Takes an identifier where one is next. */
  identifier(): string | undefined {
    this.peek();
    const end = this.identifierEnd(this.pos);
    if (end === this.pos) return undefined;
    const name = shared(this.text.slice(this.pos, end));
    this.take(end - this.pos);
    return name;
  }

  /** Whether the next token is this keyword. */
  isKeyword(word: string): boolean {
    this.peek();
    return this.text.startsWith(word, this.pos) && this.identifierEnd(this.pos) === this.pos + word.length;
  }

  /** Reads something inside brackets, one level deeper, with line ends as given. */
  inside<T>(newlines: boolean, read: () => T): T {
    const before = this.newlines;
    if (++this.#depth > DEEPEST) {
      this.#depth--;
      throw new HclSyntaxError(`nested deeper than ${DEEPEST} levels`, this.pos, this.pos + 1);
    }
    this.newlines = newlines;
    try {
      return read();
    } finally {
      this.newlines = before;
      this.#depth--;
    }
  }

  /** Throws at the next token. */
  fail(message: string): never {
    throw new HclSyntaxError(message, this.pos, Math.min(this.pos + 1, this.end));
  }

  #lineEnd(from: number): number {
    const at = this.text.indexOf('\n', from);
    return at < 0 || at > this.end ? this.end : at;
  }
}

const START = /^\p{ID_Start}$/u;
const CONTINUE = /^\p{ID_Continue}$/u;

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

/** The same few names stand thousands of times in a tree: each is kept once. */
const names = new Map<string, string>();
const MOST_NAMES = 10_000;
const LONGEST_NAME = 64;

function shared(name: string): string {
  const known = names.get(name);
  if (known !== undefined || name.length > LONGEST_NAME) return known ?? name;
  if (names.size >= MOST_NAMES) names.clear();
  names.set(name, name);
  return name;
}
