import { TextPositions, topOf } from '../../lib/text-position.ts';
import { allows, matches, type Allowlist, type Candidate } from './allowlist.ts';
import { checksumTags } from './checksum.ts';
import { shannonEntropy } from './entropy.ts';
import { isIgnored, type IgnoreList } from './ignore-file.ts';
import { keyBefore } from './key-name.ts';
import { findWords, findWordsInBytes, rulesMet, runRule } from './occurrences.ts';
import { secretOf } from './secret-of.ts';
import type { Rule, Ruleset } from './ruleset.ts';
import type { ScanProblem, ScanResult, SecretHit } from './hit.ts';

/** A text to scan. */
export interface ScanInput {
  /** Path below the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Its bytes, where each of them is one character: words are found faster in them. */
  readonly ascii?: Uint8Array;
}

/** How to scan. */
export interface ScanOptions {
  /** The team's `.gitleaksignore`. */
  readonly ignore?: IgnoreList;
  /** Runs every rule over the whole text, without looking for keywords first: the slow way, to check the fast one. */
  readonly plain?: boolean;
  /** Only the rules with this id. */
  readonly only?: string;
}

const ALLOW_COMMENT = 'gitleaks:allow';

/** Finds the secrets of one text: never throws, whatever the text or the rules. */
export function scan({ path, text, ascii }: ScanInput, ruleset: Ruleset, options: ScanOptions = {}): ScanResult {
  const hits: SecretHit[] = [];
  const problems: ScanProblem[] = [];
  const words = ascii === undefined ? findWords(text, ruleset) : findWordsInBytes(ascii, 0, ascii.length, ruleset);
  const met = rulesMet(text, words, ruleset);
  let positions: TextPositions | undefined;
  for (const rule of inOrder([...ruleset.byName, ...met], ruleset)) {
    if (options.only !== undefined && rule.id !== options.only) continue;
    if (rule.path !== undefined && !matches(rule.path, path)) continue;
    if (!rule.searchesText) {
      hits.push(...pathHit(rule, path, ruleset));
      continue;
    }
    if (rule.skipReport) continue;
    const stop = runRule(rule, text, options.plain === true ? undefined : words, ruleset, (match) => {
      positions ??= new TextPositions(path, text);
      const hit = hitOf(rule, match, { path, text, positions, ruleset });
      if (hit !== undefined) hits.push(withIgnore(hit, options.ignore));
    });
    if (stop !== undefined)
      problems.push({ path, rule: rule.id, message: `rule ${rule.id} was stopped in ${path}: ${stop}` });
  }
  return { hits: specificFirst(hits), problems };
}

/** As the configuration has them: the first rule to find a secret names it. */
function inOrder(rules: readonly Rule[], { order }: Ruleset): readonly Rule[] {
  return rules.length < 2 ? rules : [...rules].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

/** What the gate that these rules make finds in a text: hits that nobody allowed. */
export function planted(ruleset: Ruleset, path: string, text: string): SecretHit[] {
  return onePerPlace(scan({ path, text }, ruleset).hits.filter((hit) => hit.ignoredBy === undefined));
}

/** One hit for each place where a secret begins: one that nobody ignores, otherwise that of the first rule. */
export function onePerPlace(hits: readonly SecretHit[]): SecretHit[] {
  const places = new Map<string, SecretHit>();
  for (const hit of hits) {
    const place = `${hit.location.startLine}:${hit.location.startColumn}`;
    const known = places.get(place);
    if (known === undefined || (known.ignoredBy !== undefined && hit.ignoredBy === undefined)) places.set(place, hit);
  }
  return [...places.values()];
}

interface Around {
  readonly path: string;
  readonly text: string;
  readonly positions: TextPositions;
  readonly ruleset: Ruleset;
}

function hitOf(rule: Rule, match: RegExpExecArray, { path, text, positions, ruleset }: Around): SecretHit | undefined {
  const { start, end, secret } = secretOf(rule, match);
  if (secret === '') return undefined;
  const entropy = shannonEntropy(secret);
  if (rule.entropy !== 0 && entropy <= rule.entropy) return undefined;
  const lineStart = text.lastIndexOf('\n', match.index - 1) + 1;
  const after = text.indexOf('\n', Math.max(match.index, match.index + match[0].trimEnd().length));
  const line = text.slice(lineStart, after < 0 ? text.length : after);
  const candidate: Candidate = { path, secret, match: match[0], line };
  const allowing = [...ruleset.allowlists.filter((list) => isAbout(list, rule)), ...rule.allowlists].filter((list) =>
    allows(list, candidate),
  );
  if (allowing.some((list) => list.origin === 'pack')) return undefined;
  const key = keyBefore(text, start);
  const location = positions.range(start, end);
  const allowedBy = allowing[0];
  const comment = line.includes(ALLOW_COMMENT);
  return {
    rule: rule.id,
    description: rule.description,
    tags: [...rule.tags, ...checksumTags(rule.checksum, secret)],
    origin: rule.origin,
    secret,
    location,
    match: positions.range(match.index, match.index + match[0].length),
    entropy,
    ...(key === undefined ? {} : { key }),
    ...(comment
      ? { ignoredBy: { by: `${ALLOW_COMMENT} comment`, at: location } }
      : allowedBy === undefined
        ? {}
        : { ignoredBy: decision(allowedBy) }),
  };
}

function isAbout(list: Allowlist, rule: Rule): boolean {
  return list.targetRules.length === 0 || list.targetRules.includes(rule.id);
}

function decision(list: Allowlist): NonNullable<SecretHit['ignoredBy']> {
  const by = list.description === '' ? `allowlist of ${list.path}` : `allowlist of ${list.path}: ${list.description}`;
  const { path, line } = list;
  return line === undefined
    ? { by }
    : { by, at: { path, startLine: line, startColumn: 1, endLine: line, endColumn: 1 } };
}

/** A rule without expression finds a file by its name. */
function pathHit(rule: Rule, path: string, ruleset: Ruleset): SecretHit[] {
  const candidate: Candidate = { path, secret: '', match: '', line: '' };
  const lists = [...ruleset.allowlists.filter((list) => isAbout(list, rule)), ...rule.allowlists];
  const allowing = lists.filter((list) => list.paths.length > 0 && allows(list, candidate));
  if (allowing.some((list) => list.origin === 'pack')) return [];
  const location = topOf(path);
  const allowedBy = allowing[0];
  const { id, description, tags, origin } = rule;
  const ignoredBy = allowedBy === undefined ? {} : { ignoredBy: decision(allowedBy) };
  return [{ rule: id, description, tags, origin, secret: '', location, match: location, entropy: 0, ...ignoredBy }];
}

function withIgnore(hit: SecretHit, ignore: IgnoreList | undefined): SecretHit {
  const at = ignore === undefined || hit.ignoredBy !== undefined ? undefined : isIgnored(ignore, hit);
  return at === undefined ? hit : { ...hit, ignoredBy: { by: at.path, at } };
}

/** A generic rule gives way to any other on its line, as in gitleaks. */
function specificFirst(hits: readonly SecretHit[]): SecretHit[] {
  const isGeneric = (hit: SecretHit): boolean => hit.rule.includes('generic');
  const yields = (hit: SecretHit): boolean =>
    isGeneric(hit) &&
    hits.some(
      (other) =>
        !isGeneric(other) && other.match.startLine === hit.match.startLine && other.secret.includes(hit.secret),
    );
  return hits
    .filter((hit) => !yields(hit))
    .sort((a, b) => a.location.startLine - b.location.startLine || a.location.startColumn - b.location.startColumn);
}
