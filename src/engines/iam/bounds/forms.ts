/** A piece of a text that is known only in part: a text, or wildcards that describe whatever stands there. */
export type FormPiece = string | { readonly wild: string };

const LONGEST_REPEAT = 64;

/**
 * The pieces of the texts that a regular expression of a constraint matches (RE2 syntax, anchored at both ends): characters
 * that stand for themselves, and between them wildcards that match at least what the expression does.
 */
export function piecesOf(pattern: string): FormPiece[] {
  const reader = new FormReader(pattern);
  return reader.sequence(pattern.length) ?? [{ wild: '*' }];
}

/**
 * The widest pattern of pieces. Where an unknown text may begin or end within a policy variable (`${aws:PrincipalTag/` and an
 * unknown name, an unknown text and `}`), that variable is given up. It is taken that no variable reaches over a whole known
 * text from one unknown text to another.
 */
export function wildcardOf(pieces: readonly FormPiece[]): string {
  const form = pieces.map((piece, index) => {
    if (typeof piece !== 'string') return piece.wild;
    const text = index === 0 ? piece : withoutEnd(piece);
    return index === pieces.length - 1 ? text : withoutStart(text);
  });
  return form.join('').replace(/\*[*?]*\*|\*\?+|\?+\*/g, '*');
}

/** The text without the rest of a variable that may have begun before it. */
function withoutEnd(text: string): string {
  const end = text.indexOf('}');
  const start = text.indexOf('${');
  return end < 0 || (start >= 0 && start < end) ? text : `*${text.slice(end + 1)}`;
}

/** The text without the beginning of a variable that may go on after it. */
function withoutStart(text: string): string {
  const start = text.lastIndexOf('${');
  if (start >= 0 && !text.includes('}', start)) return `${text.slice(0, start)}*`;
  return text.endsWith('$') ? `${text.slice(0, -1)}*` : text;
}

/** Holds the expression and how far it was read. */
class FormReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Pieces up to an end; undefined where there are alternatives, of which nothing is said. */
  sequence(end: number): FormPiece[] | undefined {
    const pieces: FormPiece[] = [];
    let alternatives = false;
    while (this.#at < end) {
      if (this.#pattern[this.#at] === '|') {
        alternatives = true;
        this.#at++;
        continue;
      }
      const atom = this.#atom();
      for (const piece of this.#quantified(atom)) {
        const last = pieces.at(-1);
        if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
        else pieces.push(piece);
      }
    }
    return alternatives ? undefined : pieces;
  }

  #atom(): FormPiece[] {
    const char = this.#pattern[this.#at] ?? '';
    if (char === '^' || char === '$') {
      this.#at++;
      return [];
    }
    if (char === '(') return this.#group();
    if (char === '[') return this.#class();
    if (char === '\\') {
      const escaped = this.#pattern[this.#at + 1] ?? '';
      this.#at += 2;
      return [/[A-Za-z0-9]/.test(escaped) ? { wild: escaped === 'd' ? '?' : '*' } : escaped];
    }
    this.#at++;
    return [char === '.' ? { wild: '*' } : char];
  }

  /** One character of plain ASCII is `?`; others may take two places. */
  #class(): FormPiece[] {
    const start = this.#at++;
    if (this.#pattern[this.#at] === '^') this.#at++;
    if (this.#pattern[this.#at] === ']') this.#at++;
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ']') {
      const posix = this.#pattern.startsWith('[:', this.#at) ? this.#pattern.indexOf(':]', this.#at) : -1;
      if (posix >= 0) this.#at = posix + 2;
      else this.#at += this.#pattern[this.#at] === '\\' ? 2 : 1;
    }
    this.#at++;
    return [{ wild: /^\[[\w -]+\]$/.test(this.#pattern.slice(start, this.#at)) ? '?' : '*' }];
  }

  #group(): FormPiece[] {
    const end = this.#closing();
    const start = /^\((?:\?(?::|P?<\w+>))?/.exec(this.#pattern.slice(this.#at, this.#at + 80))?.[0] ?? '(';
    // Flags change what the rest means.
    const plain = !this.#pattern.startsWith('(?', this.#at) || start !== '(';
    this.#at += start.length;
    const pieces = plain ? this.sequence(end) : undefined;
    this.#at = end + 1;
    return pieces ?? [{ wild: '*' }];
  }

  /** Where the group that starts here ends. */
  #closing(): number {
    let depth = 0;
    let inClass = false;
    for (let at = this.#at; at < this.#pattern.length; at++) {
      const char = this.#pattern[at];
      if (char === '\\') at++;
      else if (inClass) inClass = char !== ']';
      else if (char === '[') inClass = true;
      else if (char === '(') depth++;
      else if (char === ')' && --depth === 0) return at;
    }
    return this.#pattern.length;
  }

  #quantified(atom: FormPiece[]): FormPiece[] {
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.#pattern.slice(this.#at, this.#at + 20))?.[0];
    if (quantifier === undefined) return atom;
    this.#at += quantifier.length;
    const times = /^\{(\d+)\}/.exec(quantifier)?.[1];
    if (times === undefined || Number(times) > LONGEST_REPEAT || atom.length > 1) return [{ wild: '*' }];
    return Array.from({ length: Number(times) }, () => atom).flat();
  }
}
