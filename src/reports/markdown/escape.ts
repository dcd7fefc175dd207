import { clip, inert } from '../../lib/inert.ts';

/** Longest text of a scanned repository in one place. */
const LONGEST = 600;

/** What Markdown, GFM tables, HTML and math read. */
const MARKUP = /[\\`*_{}[\]<>&|~#$^]/g;

/** What begins a list or underlines a heading where it begins a line. */
const LEADING = /^(\d{0,9})([-+=.)])/;

/** Words that a forge turns into a link or a mention: `@name`, `#12`, addresses, commits, `GH-1`. */
const LINKED = /[@#]|:\/\/|^www\.|\.www\.|^GH-\d|^[0-9a-f]{7,40}\W*$|mailto:|xmpp:/i;

/**
 * Text of a scanned repository on one line of Markdown: shown as it is, and read as nothing. What stands between
 * backticks becomes code, and so does every word that a forge would link or notify somebody for.
 */
export function prose(text: string, longest = LONGEST): string {
  const pieces = inert(clip(text, longest)).trim().split('`');
  const balanced = pieces.length % 2 === 1;
  const shown = pieces
    .map((piece, index) => (balanced && index % 2 === 1 && piece !== '' ? code(piece, longest) : proseWords(piece)))
    .join(balanced ? '' : '&#96;');
  return shown.replace(LEADING, (_whole, digits: string, mark: string) => digits + entities(mark, /./g));
}

/** Text as inline code, in HTML: Markdown's own form cannot hold every text in a table. */
export function code(text: string, longest = LONGEST): string {
  const shown = entities(inert(clip(text, longest)), /[\\`*_{}[\]()<>&|~#$^@:!"']/g);
  return `<code>${shown.replace(/(?<=www)\./gi, '&#46;')}</code>`;
}

/** Lines of source in a block that nothing in them can end. */
export function codeBlock(lines: readonly string[]): string {
  const body = lines.map((line) => entities(inertSource(clip(line, LONGEST)), /[&<>"'`]/g)).join('\n');
  return `<pre><code>${body}\n</code></pre>`;
}

function proseWords(text: string): string {
  return text
    .split(' ')
    .map((word) => (LINKED.test(word) ? codeWord(word) : entities(word, MARKUP)))
    .join(' ');
}

/** Punctuation at the end of a word belongs to the sentence. */
function codeWord(word: string): string {
  let end = word.length;
  while (end > 1 && ',;:.)'.includes(word[end - 1] ?? ' ')) end--;
  return code(word.slice(0, end)) + entities(word.slice(end), MARKUP);
}

function inertSource(line: string): string {
  return inert(line.replaceAll('\t', '    '));
}

function entities(text: string, which: RegExp): string {
  return text.replace(which, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
