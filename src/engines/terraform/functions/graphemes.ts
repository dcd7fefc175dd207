const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The user-perceived characters of a text, which is what Terraform counts (Unicode annex 29). */
export function graphemes(text: string): string[] {
  // Plain ASCII without line ends has one character a unit.
  if (/^[\x20-\x7e]*$/.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
