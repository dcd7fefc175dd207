/**
 * Characters that a terminal or a browser acts on, or that nobody sees: controls, formats (bidi, zero width, tags),
 * lone surrogates, private use, unassigned, line separators, and everything that Unicode calls ignorable, without the
 * two selectors of an emoji's form.
 */

const UNSEEN = /(?![\ufe0e\ufe0f])[\p{C}\p{Zl}\p{Zp}\p{DI}]/gu;

/** Marks stacked so high that they cover other lines. */
const STACKED = /([\p{Mn}\p{Me}]{3})[\p{Mn}\p{Me}]+/gu;

const FOLDED: ReadonlyMap<string, string> = new Map([
  ['•', '*'],
  ['…', '...'],
  ['–', '-'],
  ['—', '-'],
  ['·', '-'],
  ['→', '->'],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
]);

/** Text of a scanned repository on one line, with everything that acts or hides made visible: `⟨U+001B⟩`. */
export function inert(text: string, unicode = true): string {
  const line = text.replace(/\r?\n|\t/g, ' ');
  const seen = line.replace(STACKED, '$1…').replace(UNSEEN, (character) => named(character, unicode));
  return unicode
    ? seen
    : seen.replace(/[^\x20-\x7e]/gu, (character) => FOLDED.get(character) ?? named(character, false));
}

/** The first characters of a text, cut between characters; what is left out is marked. */
export function clip(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

function named(character: string, unicode: boolean): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return unicode ? `⟨U+${code}⟩` : `<U+${code}>`;
}
