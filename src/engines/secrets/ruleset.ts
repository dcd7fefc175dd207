import { wordFinder, type WordFinder } from '../../lib/aho-corasick.ts';
import { compileRe2, type Re2 } from '../../lib/re2/index.ts';
import { compileAllowlist, type Allowlist, type SourcedAllowlist } from './allowlist.ts';
import { lineOf, type ConfigProblem, type RawRule } from './config.ts';

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
  readonly allowlists: readonly Allowlist[];
}

/** Rules that run together. */
export interface Ruleset {
  readonly rules: readonly Rule[];
  /** Allowlists of the whole file. */
  readonly allowlists: readonly Allowlist[];
  /** Keywords of all rules, as the finder numbers them. */
  readonly words: readonly string[];
  readonly finder: WordFinder | undefined;
  /** The words that the finder looks for. */
  readonly searched: ReadonlySet<string>;
  readonly problems: readonly ConfigProblem[];
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
  const words = [...new Set(compiled.flatMap((rule) => rule.keywords))].filter(isPlain);
  const finder = wordFinder(words);
  return { rules: compiled, allowlists, words, finder, searched: new Set(finder === undefined ? [] : words), problems };
}

/** Whether the finder can look for a keyword; others are searched for one by one. */
function isPlain(word: string): boolean {
  return /^[a-z0-9_.:/=+@"' #%&,~-]{1,100}$/.test(word);
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
  };
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
