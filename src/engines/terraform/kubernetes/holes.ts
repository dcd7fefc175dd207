/** The text of a template of which parts are not known, recovered from the pattern that every value of it matches. */

/** A text in which a mark stands for every part that is not known. */
export interface HoledText {
  readonly text: string;
  readonly mark: string;
}

const ANYTHING = '[\\s\\S]*';

/** Reads a pattern of literal text and holes, as templates give it; undefined where it is of another form. */
export function textWithHoles(pattern: string | undefined): HoledText | undefined {
  if (pattern === undefined) return undefined;
  const mark = freshMark(pattern);
  let text = '';
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at] ?? '';
    if (pattern.startsWith(ANYTHING, at)) {
      text += mark;
      at += ANYTHING.length;
    } else if (char === '\\') {
      const next = pattern[at + 1];
      // An escaped letter is a class.
      if (next === undefined || /[A-Za-z0-9]/.test(next)) return undefined;
      text += next;
      at += 2;
    } else if (pattern.startsWith('(?:', at)) {
      const end = endOfGroup(pattern, at);
      if (end === undefined || /[*+?{]/.test(pattern[end] ?? '')) return undefined;
      text += mark;
      at = end;
    } else if (/[\^$.*+?()[\]{}|]/.test(char)) {
      return undefined;
    } else {
      text += char;
      at += 1;
    }
  }
  return hasLineOfItsOwn(text, mark) ? undefined : { text, mark };
}

/** A hole that fills a line, behind which others follow, may be any number of lines: a value, list items, more keys. */
function hasLineOfItsOwn(text: string, mark: string): boolean {
  return text.split('\n').some((line) => line.includes(mark) && line.replaceAll(mark, '').trim() === '');
}

/** The index behind a group that starts at `start`. */
function endOfGroup(pattern: string, start: number): number | undefined {
  let depth = 0;
  let inClass = false;
  for (let at = start; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at + 1;
  }
  return undefined;
}

/** A word that does not stand in the text and means nothing in YAML. */
function freshMark(pattern: string): string {
  let mark = 'unknownPart';
  while (pattern.includes(mark)) mark += 'X';
  return mark;
}
