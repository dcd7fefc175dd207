/** The forms of unknown texts: literal parts, and holes that only apply fills. Understands the patterns that the Terraform engine makes. */

/** A part of a form. */
export type FormPart = { readonly literal: string } | FormHole;

/** A run of characters of one class. */
export interface FormHole {
  /** The class as it is written, such as `[0-9a-f]`. */
  readonly class: string;
  /** Fewest characters. */
  readonly length: number;
  /** Whether more may follow: `*`, `+`, `{4,32}`. */
  readonly open: boolean;
}

/** Parts of a pattern; undefined where it has alternatives, optional groups or anything else that is not a plain row. */
export function partsOf(pattern: string): FormPart[] | undefined {
  const parts: FormPart[] = [];
  let depth = 0;
  let at = 0;
  while (at < pattern.length) {
    const char = pattern.charAt(at);
    if (pattern.startsWith('(?:', at)) {
      depth++;
      at += 3;
    } else if (char === ')') {
      if (--depth < 0 || /[?*+{]/.test(pattern.charAt(at + 1))) return undefined;
      at++;
    } else if (char === '[') {
      const hole = holeAt(pattern, at);
      if (hole === undefined) return undefined;
      parts.push(hole.hole);
      at = hole.end;
    } else if (char === '\\') {
      const escaped = pattern.charAt(at + 1);
      if (escaped === '' || /\w/.test(escaped)) return undefined;
      addLiteral(parts, escaped);
      at += 2;
    } else if (/[|?*+{}^$.(\]]/.test(char)) {
      return undefined;
    } else {
      addLiteral(parts, char);
      at++;
    }
    if (/[?*+{]/.test(pattern.charAt(at)) && pattern.charAt(at - 1) !== '}' && 'literal' in (parts.at(-1) ?? {}))
      return undefined;
  }
  return depth === 0 ? parts : undefined;
}

function addLiteral(parts: FormPart[], char: string): void {
  const last = parts.at(-1);
  if (last !== undefined && 'literal' in last) parts[parts.length - 1] = { literal: last.literal + char };
  else parts.push({ literal: char });
}

function holeAt(pattern: string, start: number): { readonly hole: FormHole; readonly end: number } | undefined {
  const end = pattern.indexOf(']', start + 1) + 1;
  if (end === 0) return undefined;
  const written = pattern.slice(start, end);
  const quantifier = /^(?:\{(\d+)(,\d*)?\}|[*+])?/.exec(pattern.slice(end, end + 12));
  const [text = '', least, more] = quantifier ?? [];
  const length = least === undefined ? (text === '*' ? 0 : 1) : Number(least);
  return {
    hole: { class: written, length, open: text === '*' || text === '+' || more !== undefined },
    end: end + text.length,
  };
}

const CLASSES: ReadonlyMap<string, string> = new Map([
  ['[0-9]', '0123456789'],
  ['[0-9a-f]', '0123456789abcdef'],
  ['[0-9A-F]', '0123456789ABCDEF'],
  ['[0-9a-z]', '0123456789abcdefghijklmnopqrstuvwxyz'],
  ['[a-z0-9]', '0123456789abcdefghijklmnopqrstuvwxyz'],
  ['[A-Z0-9]', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['[A-Z2-7]', '234567ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['[A-Za-z0-9]', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'],
  ['[0-9a-zA-Z_]', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'],
]);

/** Characters that fill a hole; the same for the same seed (hexadecimal digits). Undefined for classes that are not a name's. */
export function fillOf(hole: FormHole, seed: string): string | undefined {
  const alphabet = CLASSES.get(hole.class);
  if (alphabet === undefined || hole.length > 64) return undefined;
  let text = '';
  for (let at = 0; at < Math.max(1, hole.length); at++) {
    const digits = seed.slice((at * 2) % (seed.length - 1), ((at * 2) % (seed.length - 1)) + 2);
    text += alphabet.charAt((parseInt(digits, 16) + at) % alphabet.length);
  }
  return text;
}

/** Whether anything at all may stand in the hole. */
export function isFree(hole: FormHole): boolean {
  return hole.class === '[\\s\\S]' && hole.open;
}

/** Whether the hole is the id of an account. */
export function isAccountId(hole: FormHole): boolean {
  return hole.class === '[0-9]' && hole.length === 12 && !hole.open;
}
