import type { SecretForm } from './forms.ts';

/** Finds and replaces secrets in bytes. */
export interface Replacer {
  /** The forms that stand in the bytes; nothing where none does. */
  find(bytes: Uint8Array): readonly SecretForm[];
  /** The bytes without the secrets; undefined where none stands in them. */
  replace(bytes: Uint8Array): Uint8Array | undefined;
}

/** With so few forms, a search for each is quicker than one for all. */
const FEW = 12;

/** A replacer of these forms. Of two that overlap, the one that begins first is replaced, and the longer one where both do. */
export function replacerOf(forms: readonly SecretForm[]): Replacer {
  const byText = new Map(forms.map((form) => [latin1(form.bytes), form]));
  const texts = [...byText.keys()].sort((a, b) => b.length - a.length);
  const all = texts.length === 0 ? undefined : new RegExp(texts.map(escapeRegex).join('|'), 'g');
  const needles = forms.map(({ bytes }) => Buffer.from(bytes));
  const mayHold = (bytes: Buffer): boolean =>
    texts.length > FEW ? all !== undefined && search(all, latin1(bytes)) : needles.some((one) => bytes.includes(one));
  const matches = (bytes: Uint8Array): RegExpExecArray[] => {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return all === undefined || !mayHold(view) ? [] : [...latin1(view).matchAll(all)];
  };
  return {
    find: (bytes) => [...new Set(matches(bytes).flatMap(([text]) => byText.get(text) ?? []))],
    replace(bytes) {
      const found = matches(bytes);
      if (found.length === 0) return undefined;
      const parts: Uint8Array[] = [];
      let at = 0;
      for (const match of found) {
        parts.push(bytes.subarray(at, match.index), byText.get(match[0])?.replacement ?? new Uint8Array());
        at = match.index + match[0].length;
      }
      parts.push(bytes.subarray(at));
      const replaced = Buffer.concat(parts);
      // What was left and right of a secret may be one together.
      return this.replace(replaced) ?? replaced;
    },
  };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function search(expression: RegExp, text: string): boolean {
  expression.lastIndex = 0;
  const found = expression.test(text);
  expression.lastIndex = 0;
  return found;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]|[\x00-\x1f\x7f-\xff]/g, (char) => {
    return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
