import { compileRe2, type Re2 } from '../../lib/re2/index.ts';
import { lineOf, type ConfigProblem } from './config.ts';
import type { RawAllowlist } from './config-values.ts';
import type { Origin } from './ruleset.ts';

/** An allowlist with the file that it comes from. */
export interface SourcedAllowlist {
  readonly raw: RawAllowlist;
  readonly origin: Origin;
  readonly path: string;
  readonly text: string;
}

/** An allowlist that can run. */
export interface Allowlist {
  readonly origin: Origin;
  readonly path: string;
  /** Line of its description or first criterion, from 1, where it is found. */
  readonly line?: number;
  readonly description: string;
  readonly targetRules: readonly string[];
  readonly needsAll: boolean;
  readonly commits: ReadonlySet<string>;
  readonly paths: readonly Re2[];
  readonly regexes: readonly Re2[];
  readonly regexTarget: RawAllowlist['regexTarget'];
  readonly stopwords: readonly string[];
}

/** What an allowlist is asked about. */
export interface Candidate {
  readonly path: string;
  readonly commit?: string;
  readonly secret: string;
  readonly match: string;
  readonly line: string;
}

/** Compiles a list. One with an expression that can't be used is left out whole, so that nothing is allowed by mistake. */
export function compileAllowlist(
  { raw, origin, path, text }: SourcedAllowlist,
  problems: ConfigProblem[],
): Allowlist | undefined {
  const name = `allowlist ${JSON.stringify(raw.description.slice(0, 80))}`;
  const first = raw.description || raw.regexes[0] || raw.paths[0] || raw.stopwords[0];
  const line = first === undefined ? undefined : (lineOf(text, '', first) ?? lineOf(text, '', first.toLowerCase()));
  const at = line === undefined ? {} : { line };
  const compiled = new Map<'paths' | 'regexes', readonly Re2[]>();
  for (const key of ['paths', 'regexes'] as const) {
    const each: Re2[] = [];
    for (const source of raw[key]) {
      const result = compileRe2(source);
      if (!result.ok) {
        const message = `${name}: ${result.message} at offset ${result.offset}`;
        problems.push({ path, reason: 'unparsed-file', message, ...at });
        return undefined;
      }
      each.push(result.re2);
    }
    compiled.set(key, joined(raw[key]) ?? each);
  }
  return {
    origin,
    path,
    description: raw.description,
    targetRules: raw.targetRules,
    needsAll: raw.condition === 'all',
    commits: new Set(raw.commits),
    paths: compiled.get('paths') ?? [],
    regexes: compiled.get('regexes') ?? [],
    regexTarget: raw.regexTarget,
    stopwords: raw.stopwords,
    ...at,
  };
}

/** Whether the list takes away every finding, whatever its path. */
export function allowsEverything(list: Allowlist): boolean {
  return !list.needsAll && EVERY_PATH.every((path) => allowsPath(list, path));
}

/** Paths that have nothing in common: who allows them all allows everything. */
const EVERY_PATH = ['a', 'Z/9/_', 'src/main/java/App.java', '.env', 'q/w-e.r_t/y.u', 'X'];

/** gitleaks joins the expressions of a list to one, so flags of one reach into the next. */
function joined(sources: readonly string[]): readonly Re2[] | undefined {
  if (sources.length < 2) return undefined;
  const result = compileRe2(`(?:${sources.join('|')})`);
  return result.ok ? [result.re2] : undefined;
}

/** Whether the list allows the finding. In a tree no commit is allowed. */
export function allows(list: Allowlist, candidate: Candidate): boolean {
  const checks: boolean[] = [];
  if (list.commits.size > 0) checks.push(allowsCommit(list, candidate.commit));
  if (list.paths.length > 0) checks.push(allowsPath(list, candidate.path));
  if (list.regexes.length > 0) checks.push(allowsText(list, candidate));
  if (list.stopwords.length > 0) checks.push(holdsStopword(list, candidate.secret));
  return list.needsAll ? checks.every(Boolean) : checks.some(Boolean);
}

export function allowsCommit(list: Allowlist, commit: string | undefined): boolean {
  return commit !== undefined && list.commits.has(commit.toLowerCase());
}

export function allowsPath(list: Allowlist, path: string): boolean {
  return path !== '' && list.paths.some((expression) => matches(expression, path));
}

/** Whether one of its expressions matches the secret, match or line, whichever it is about. */
export function allowsText(list: Allowlist, { secret, match, line }: Candidate): boolean {
  const target = { secret, match, line }[list.regexTarget];
  return target !== '' && list.regexes.some((expression) => matches(expression, target));
}

export function holdsStopword(list: Allowlist, secret: string): boolean {
  if (list.stopwords.length === 0) return false;
  const lower = secret.toLowerCase();
  return list.stopwords.some((word) => lower.includes(word));
}

/** Whether an expression matches somewhere. */
export function matches(expression: Re2, text: string): boolean {
  expression.regex.lastIndex = 0;
  return expression.regex.test(text);
}
