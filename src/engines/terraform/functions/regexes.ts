/** Regular expressions as Go's RE2 runs them: https://github.com/google/re2/wiki/Syntax. */

import { childrenOf, type Node } from '../../../lib/re2/ast.ts';
import { compileRe2, groupOf, parseRe2, type Re2 } from '../../../lib/re2/index.ts';
import { objectOf } from '../convert.ts';
import type { FunctionTools, TfFunction } from '../functions.ts';
import { TerraformBudget, TerraformError, type TfValue } from '../value.ts';
import { define, list, string, text } from './define.ts';
import { textAt } from './read.ts';

const TWO = { params: ['string', 'string'] } as const;
const MOST_CACHED = 200;
const cache = new Map<string, Pattern>();

interface Pattern {
  readonly re2: Re2;
  /** Name of each group, from the first; undefined for one without. */
  readonly names: readonly (string | undefined)[];
}

export const REGEXES: readonly (readonly [string, TfFunction])[] = [
  define('regex', TWO, (args, tools) => {
    const pattern = compile(textAt(args, 0));
    const [match] = matches(pattern, textAt(args, 1), tools, 1);
    if (match === undefined) throw new TerraformError('pattern did not match any part of the given string');
    return captured(pattern, match, tools);
  }),
  define('regexall', { ...TWO, gives: { kind: 'list', of: 'any' } }, (args, tools) => {
    const pattern = compile(textAt(args, 0));
    const found = matches(pattern, textAt(args, 1), tools, Infinity);
    return list(
      found.map((match) => captured(pattern, match, tools)),
      tools,
    );
  }),
  define('replace', { params: ['string', 'string', 'string'], gives: 'string' }, (args, tools) => {
    const [from, wanted, by] = [textAt(args, 0), textAt(args, 1), textAt(args, 2)];
    tools.spend(from.length);
    if (wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/')) {
      return string(replaceRegex(compile(wanted.slice(1, -1)), from, by, tools), tools);
    }
    const parts = wanted === '' ? ['', ...Array.from(from), ''] : from.split(wanted);
    tools.spend(parts.length * by.length);
    return string(parts.join(by), tools);
  }),
];

function compile(source: string): Pattern {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const compiled = compileRe2(source);
  if (!compiled.ok) {
    if (compiled.reason === 'too-costly') throw new TerraformBudget(`regular expression: ${compiled.message}`);
    throw new TerraformError(`invalid regular expression pattern: ${compiled.message}`);
  }
  const pattern = { re2: compiled.re2, names: groupNames(source, compiled.re2.groups) };
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(source, pattern);
  return pattern;
}

/** Matches from left to right; an empty one right behind another is none, as in Go. */
function matches(pattern: Pattern, from: string, tools: FunctionTools, most: number): RegExpExecArray[] {
  tools.spend(from.length);
  const { regex } = pattern.re2;
  const found: RegExpExecArray[] = [];
  let lastEnd = -1;
  for (let at = 0; at <= from.length && found.length < most;) {
    regex.lastIndex = at;
    const match = regex.exec(from);
    if (match === null) break;
    tools.spend(1 + match[0].length);
    const end = match.index + match[0].length;
    if (splitsPair(from, match.index) || splitsPair(from, end)) {
      throw new TerraformBudget('regular expression on characters beyond U+FFFF');
    }
    if (match[0] !== '' || match.index !== lastEnd) found.push(match);
    lastEnd = end;
    at = match[0] === '' ? end + ((from.codePointAt(end) ?? 0) > 0xffff ? 2 : 1) : end;
  }
  return found;
}

/** Half a character: the translated expression counts those beyond the BMP as two. */
function splitsPair(from: string, at: number): boolean {
  return at > 0 && (from.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** The whole match, a list of the groups, or an object where they are named. */
function captured(pattern: Pattern, match: RegExpExecArray, tools: FunctionTools): TfValue {
  const { names } = pattern;
  if (names.length === 0) return string(match[0], tools);
  tools.spend(names.length * (1 + match[0].length));
  const groups = names.map((name, index) => [name, groupValue(pattern, match, index + 1, tools)] as const);
  const named = groups.flatMap(([name, value]) => (name === undefined ? [] : [[name, value] as const]));
  if (named.length === 0) {
    return list(
      groups.map(([, value]) => value),
      tools,
    );
  }
  if (named.length < groups.length) throw new TerraformError('capture groups must all be named, or none');
  return objectOf(named, { origin: tools.origin });
}

function groupValue({ re2 }: Pattern, match: RegExpExecArray, index: number, { origin }: FunctionTools): TfValue {
  const found = groupOf(re2, match, index);
  return found === undefined ? { kind: 'null', origin } : text(found.text, origin);
}

function replaceRegex(pattern: Pattern, from: string, by: string, tools: FunctionTools): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of matches(pattern, from, tools, Infinity)) {
    const inserted = expand(by, pattern, match);
    tools.spend(inserted.length);
    parts.push(from.slice(end, match.index), inserted);
    end = match.index + match[0].length;
  }
  return parts.join('') + from.slice(end);
}

/** `$1`, `${1}`, `$name`, `$$` of a replacement (Go's `Regexp.Expand`): a name is the longest run of word characters. */
function expand(by: string, { re2, names }: Pattern, match: RegExpExecArray): string {
  return by.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole: string, bare?: string, braced?: string) => {
    const name = bare ?? braced;
    if (name === undefined) return whole === '$$' ? '$' : whole;
    if (name === '0') return match[0];
    const index = /^\d+$/.test(name) ? Number(name) : names.indexOf(name) + 1;
    return index === 0 ? '' : (groupOf(re2, match, index)?.text ?? '');
  });
}

function groupNames(source: string, groups: number): (string | undefined)[] {
  const names = Array<string | undefined>(groups).fill(undefined);
  const parsed = parseRe2(source);
  if (parsed.ok) collectNames(parsed.node, names);
  return names;
}

function collectNames(node: Node, names: (string | undefined)[]): void {
  if (node.kind === 'group' && node.name !== undefined) names[node.index - 1] = node.name;
  for (const part of childrenOf(node)) collectNames(part, names);
}
