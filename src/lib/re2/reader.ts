/** Thrown inside the parser only; {@link fail} raises it and `parseRe2` turns it into data. */
export class Re2SyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export function fail(message: string, offset: number): never {
  throw new Re2SyntaxError(message, offset);
}

/** A cursor over the expression. Characters are whole code points. */
export class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.at >= this.#text.length;
  }

  /** The character `ahead` units further; empty at the end. */
  peek(ahead = 0): string {
    const code = this.#text.codePointAt(this.at + ahead);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  next(): string {
    const char = this.peek();
    this.at += char.length;
    return char;
  }

  eat(char: string): boolean {
    if (this.done || !this.#text.startsWith(char, this.at)) return false;
    this.at += char.length;
    return true;
  }

  /** Matches a sticky expression at a place, without moving. */
  match(expression: RegExp, at: number): RegExpExecArray | undefined {
    expression.lastIndex = at;
    return expression.exec(this.#text) ?? undefined;
  }
}
