/** Ranges of East Asian Width W and F (Unicode Standard Annex 11), in blocks; emoji are found by their property. */
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const COMBINING = /[\p{Mn}\p{Me}]/u;

/** Cells that one code point takes: combining marks 0, wide ones and emoji 2, all others 1. */
function widthOfCharacter(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  // The selector that asks for an emoji's coloured form makes a narrow symbol wide.
  if (code === 0xfe0f) return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Cells that a text takes; it has no control characters. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/** Cuts a text at so many cells; `rest` is what did not fit, and is shorter than the text unless nothing fits. */
export function cutAt(text: string, cells: number): { readonly head: string; readonly rest: string } {
  let width = 0;
  let at = 0;
  for (const character of text) {
    width += widthOfCharacter(character);
    if (width > cells) return { head: text.slice(0, at), rest: text.slice(at) };
    at += character.length;
  }
  return { head: text, rest: '' };
}
