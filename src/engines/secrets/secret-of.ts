import { groupOf } from '../../lib/re2/index.ts';
import type { Rule } from './ruleset.ts';

/**
 * The secret in a match: the group that the rule names, otherwise the first group that is not empty, otherwise the
 * match without the line breaks around it. Offsets are those of the text.
 */
export function secretOf(
  rule: Rule,
  match: RegExpExecArray,
): { readonly start: number; readonly end: number; readonly secret: string } {
  const { regex } = rule;
  const first = rule.secretGroup > 0 ? rule.secretGroup : 1;
  const last = rule.secretGroup > 0 ? rule.secretGroup : (regex?.groups ?? 0);
  for (let index = first; index <= last; index++) {
    const group = regex === undefined ? undefined : groupOf(regex, match, index);
    if (group === undefined || (group.text === '' && rule.secretGroup === 0)) continue;
    const start = match.index + group.offset;
    return { start, end: start + group.text.length, secret: group.text };
  }
  if (rule.secretGroup > 0) return { start: match.index, end: match.index, secret: '' };
  const text = match[0];
  let from = 0;
  let to = text.length;
  while (from < to && text[from] === '\n') from++;
  while (to > from && text[to - 1] === '\n') to--;
  return { start: match.index + from, end: match.index + to, secret: text.slice(from, to) };
}
