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
  readonly regex?: Re2;
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
  return { rules: compiled, allowlists, words, finder: wordFinder(words), problems };
}

/** Whether the finder can look for a keyword; others are searched for one by one. */
export function isPlain(word: string): boolean {
  return /^[a-z0-9_.:/=+@"' #%&,~-]{1,100}$/.test(word);
}

function compileRule(rule: SourcedRule, problems: ConfigProblem[]): Rule | undefined {
  const { raw } = rule;
  const report = (what: string, reason: ConfigProblem['reason']): void => {
    const line = lineOf(rule.text, 'id', raw.id);
    problems.push({
      path: rule.path,
      rule: raw.id,
      reason,
      message: `rule ${raw.id}: ${what}`,
      ...(line === undefined ? {} : { line }),
    });
  };
  const compiled = compileExpressions(raw, report);
  if (compiled === undefined) return undefined;
  const { regex, path } = compiled;
  if (regex === undefined && path === undefined) {
    report('neither regex nor path', 'unparsed-file');
    return undefined;
  }
  if (regex !== undefined && raw.secretGroup > regex.groups) {
    report(`secretGroup ${raw.secretGroup} of ${regex.groups} groups`, 'unparsed-file');
    return undefined;
  }
  const anchored = regex !== undefined && raw.keywords.length > 0 && raw.keywords.every(isPlain);
  return {
    id: raw.id,
    description: raw.description,
    tags: raw.tags,
    origin: rule.origin,
    secretGroup: raw.secretGroup,
    entropy: raw.entropy,
    keywords: raw.keywords,
    windowed: anchored && Number.isFinite(regex.maxWidth) && regex.alwaysHolds(raw.keywords),
    allowlists: rule.allowlists.flatMap((list) => compileAllowlist(list, problems) ?? []),
    ...(regex === undefined ? {} : { regex }),
    ...(path === undefined ? {} : { path }),
  };
}

function compileExpressions(
  raw: RawRule,
  report: (what: string, reason: ConfigProblem['reason']) => void,
): { regex?: Re2; path?: Re2 } | undefined {
  const out: { regex?: Re2; path?: Re2 } = {};
  for (const key of ['regex', 'path'] as const) {
    const source = raw[key];
    if (source === undefined || source === '') continue;
    const result = compileRe2(source);
    if (result.ok) {
      out[key] = result.re2;
      continue;
    }
    const isSyntax = result.reason === 'syntax';
    const where = isSyntax ? ` at offset ${result.offset}` : '';
    report(`${key}: ${result.message}${where}`, isSyntax ? 'unparsed-file' : 'out-of-budget');
    return undefined;
  }
  return out;
}
