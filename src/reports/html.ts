import type { Result, Status } from '../model/index.ts';

const PLACE = '<script type="application/json" id="fourproof-result"></script>';
const TITLE = '<title>fourproof</title>';
const LONGEST_NAME = 200;

/** The result as one HTML file: the built template of `web/` with the result's JSON and a title put into their marked places. */
export function renderHtml(result: Result, template: string): string {
  // Both places are found in the template before anything is put in, so that no text of the result is taken for one.
  const [beforeTitle, afterTitle] = cut(template, TITLE);
  const [between, afterPlace] = cut(afterTitle, PLACE);
  const data = PLACE.replace('><', () => `>${jsonForScript(result)}<`);
  return `${beforeTitle}<title>${escapeText(titleOf(result))}</title>${between}${data}${afterPlace}`;
}

/** JSON that cannot end, or open a comment in, the script element that it stands in: HTML standard, 4.12.1.3. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`the template of the HTML report has no ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function titleOf({ products, verdicts }: Result): string {
  const names = products.map(({ name }) => name).join(', ');
  const shown = names.length > LONGEST_NAME ? `${names.slice(0, LONGEST_NAME)}…` : names;
  const counts = (['open', 'unknown', 'mitigated'] satisfies Status[]).flatMap((status) => {
    const count = verdicts.filter((verdict) => verdict.status === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  const answer = counts.length === 0 ? 'no verdict' : counts.join(', ');
  return `${shown === '' ? 'fourproof' : `${shown} · fourproof`}: ${answer}`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
