// Controls, zero-width characters and the marks that reorder text: they can make source look like what it is not.
const INVISIBLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The longest text that is drawn in one piece, in UTF-16 code units. */
const LONGEST = 4000;

/** Text from a scanned repository as it may be shown: nothing invisible, nothing that reorders, bounded in length. */
export function printable(text: string, longest: number = LONGEST): string {
  const clipped = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return clipped.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}
