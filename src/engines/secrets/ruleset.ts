import { wordFinder, type WordFinder } from '../../lib/aho-corasick.ts';
import { compileRe2, coreWords, type Re2 } from '../../lib/re2/index.ts';
import { allowsEverything, compileAllowlist, type Allowlist, type SourcedAllowlist } from './allowlist.ts';
import { lineOf, type ConfigProblem, type RawRule } from './config.ts';
import type { Required } from './config-values.ts';

/** Whose words they are: our pack drops what it allows, the team's are told as decisions. */
export type Origin = 'pack' | 'team';

/** A rule before it is compiled, with the file that it comes from. */
export interface SourcedRule {
  readonly raw: RawRule;
  readonly origin: Origin;
  readonly path: string;
  readonly text: string;
  readonly allowlists: readonly SourcedAllowlist[];
}

/** A rule that can run. */
export interface Rule {
  readonly id: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly origin: Origin;
  /** Whether it looks at text; otherwise at file names alone. */
  readonly searchesText: boolean;
  /** Compiled when it is first asked for: most rules never meet their keyword. */
  readonly regex: Re2 | undefined;
  readonly path?: Re2;
  readonly secretGroup: number;
  readonly entropy: number;
  readonly keywords: readonly string[];
  /** Every match holds a keyword and is bounded in width: it is enough to look around the keywords. */
  readonly windowed: boolean;
  /** Words of which one stands where the expression's core matches; undefined when the finder can't look for them. */
  readonly coreWords: readonly string[] | undefined;
  readonly allowlists: readonly Allowlist[];
  /** It only serves rules that require it. */
  readonly skipReport: boolean;
  readonly required: readonly Required[];
  /** Key of a check that the secret must pass. */
  readonly checksum?: string;
}

/** Rules that run together. */
export interface Ruleset {
  readonly rules: readonly Rule[];
  /** Allowlists of the whole file. */
  readonly allowlists: readonly Allowlist[];
  /** Keywords and core words of all rules, as the finder numbers them. */
  readonly words: readonly string[];
  /** Rules that search text, by the keywords that bring them up. */
  readonly byKeyword: ReadonlyMap<string, readonly Rule[]>;
  /** Rules that search text whatever stands in it, or whose keywords the finder can't look for. */
  readonly always: readonly Rule[];
  /** Rules about names of files alone. */
  readonly byName: readonly Rule[];
  /** Position of each rule. */
  readonly order: ReadonlyMap<Rule, number>;
  /** Allowlists that name no rules. */
  readonly globalAllowlists: readonly Allowlist[];
  readonly finder: WordFinder | undefined;
  /** The words that the finder looks for. */
  readonly searched: ReadonlySet<string>;
  readonly problems: readonly ConfigProblem[];
  /** What stands there and can be used, but hardly as it was meant. */
  readonly warnings: readonly ConfigProblem[];
}

/** Compiles rules. One that can't be used is a problem and the others run. */
export function compileRules(
  rules: readonly SourcedRule[],
  global: readonly SourcedAllowlist[],
  before: readonly ConfigProblem[],
): Ruleset {
  const problems = [...before];
  const compiled = rules.flatMap((rule) => compileRule(rule, problems) ?? []);
  const allowlists = global.flatMap((list) => compileAllowlist(list, problems) ?? []);
  const words = [...new Set(compiled.flatMap((rule) => [...rule.keywords, ...(rule.coreWords ?? [])]))].filter(isPlain);
  const finder = wordFinder(words);
  const searched = new Set(finder === undefined ? [] : words);
  const searching = compiled.filter((rule) => rule.searchesText);
  const byKeyword = new Map<string, Rule[]>();
  const always: Rule[] = [];
  for (const rule of searching) {
    if (rule.keywords.length === 0 || !rule.keywords.every((word) => searched.has(word))) always.push(rule);
    else for (const word of rule.keywords) byKeyword.set(word, [...(byKeyword.get(word) ?? []), rule]);
  }
  return {
    byKeyword,
    always,
    byName: compiled.filter((rule) => !rule.searchesText),
    order: new Map(compiled.map((rule, index) => [rule, index] as const)),
    globalAllowlists: allowlists.filter((list) => list.targetRules.length === 0),
    rules: compiled,
    allowlists,
    words,
    finder,
    searched,
    problems,
    warnings: allowlists.flatMap(warningAbout),
  };
}

function warningAbout(list: Allowlist): ConfigProblem[] {
  if (list.origin === 'pack' || !allowsEverything(list)) return [];
  const { path, line, description } = list;
  const about = description === '' ? 'an allowlist' : `allowlist ${JSON.stringify(description.slice(0, 80))}`;
  const message = `${about} allows every path: with it nothing is found`;
  return [{ path, reason: 'unparsed-file', message, ...(line === undefined ? {} : { line }) }];
}

/** Whether the finder can look for a keyword; others are searched for one by one. */
function isPlain(word: string): boolean {
  return /^[\x20-\x40\x5b-\x7e]{1,100}$/.test(word);
}

function compileRule(rule: SourcedRule, problems: ConfigProblem[]): Rule | undefined {
  const { raw } = rule;
  const report: Report = (what, reason) => {
    const line = lineOf(rule.text, 'id', raw.id);
    problems.push({
      path: rule.path,
      rule: raw.id,
      reason,
      message: `rule ${raw.id}: ${what}`,
      ...(line === undefined ? {} : { line }),
    });
  };
  const path = compileExpression(raw, 'path', report);
  if (path === 'refused') return undefined;
  const searchesText = raw.regex !== undefined && raw.regex !== '';
  if (!searchesText && path === undefined) {
    report('neither regex nor path', 'unparsed-file');
    return undefined;
  }
  const parts = lazily(() => compileParts(rule, problems, report));
  // Our own rules are compiled by their tests; those of a team must tell at once what is wrong with them.
  if (rule.origin === 'team' && parts() === undefined) return undefined;
  return {
    id: raw.id,
    description: raw.description,
    tags: raw.tags,
    origin: rule.origin,
    secretGroup: raw.secretGroup,
    entropy: raw.entropy,
    keywords: raw.keywords,
    coreWords: searchesText ? wordsOfCore(raw.regex ?? '') : undefined,
    skipReport: raw.skipReport,
    required: raw.required,
    searchesText,
    get regex() {
      return parts()?.regex;
    },
    get windowed() {
      return parts()?.windowed ?? false;
    },
    get allowlists() {
      return parts()?.allowlists ?? [];
    },
    ...(path === undefined ? {} : { path }),
    ...(raw.checksum === undefined ? {} : { checksum: raw.checksum }),
  };
}

function wordsOfCore(regex: string): readonly string[] | undefined {
  const words = coreWords(regex);
  return words?.every(isPlain) === true ? words : undefined;
}

/** What is costly to compile; undefined, and reported, when it cannot be used. */
function compileParts(
  { raw, allowlists }: SourcedRule,
  problems: ConfigProblem[],
  report: Report,
): Pick<Rule, 'regex' | 'windowed' | 'allowlists'> | undefined {
  const regex = compileExpression(raw, 'regex', report);
  if (regex === 'refused') return undefined;
  if (regex !== undefined && raw.secretGroup > regex.groups) {
    report(`secretGroup ${raw.secretGroup} of ${regex.groups} groups`, 'unparsed-file');
    return undefined;
  }
  const anchored = regex !== undefined && raw.keywords.length > 0 && raw.keywords.every(isPlain);
  return {
    regex,
    windowed: anchored && Number.isFinite(regex.maxWidth) && regex.alwaysHolds(raw.keywords),
    allowlists: allowlists.flatMap((list) => compileAllowlist(list, problems) ?? []),
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

type Report = (what: string, reason: ConfigProblem['reason']) => void;

function compileExpression(raw: RawRule, key: 'regex' | 'path', report: Report): Re2 | 'refused' | undefined {
  const source = raw[key];
  if (source === undefined || source === '') return undefined;
  const result = compileRe2(source);
  if (result.ok) return result.re2;
  const isSyntax = result.reason === 'syntax';
  const where = isSyntax ? ` at offset ${result.offset}` : '';
  report(`${key}: ${result.message}${where}`, isSyntax ? 'unparsed-file' : 'out-of-budget');
  return 'refused';
}
