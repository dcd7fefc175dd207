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
  readonly hasCommits: boolean;
  readonly paths: readonly Re2[];
  readonly regexes: readonly Re2[];
  readonly regexTarget: RawAllowlist['regexTarget'];
  readonly stopwords: readonly string[];
}

/** What an allowlist is asked about. */
export interface Candidate {
  readonly path: string;
  readonly secret: string;
  readonly match: string;
  readonly line: string;
}

/** Compiles a list. One with an expression that can't be used is left out whole, so that nothing is allowed by mistake. */
export function compileAllowlist(
  { raw, origin, path, text }: SourcedAllowlist,
  problems: ConfigProblem[],
): Allowlist | undefined {
  const compiled: { paths: Re2[]; regexes: Re2[] } = { paths: [], regexes: [] };
  for (const key of ['paths', 'regexes'] as const) {
    for (const source of raw[key]) {
      const result = compileRe2(source);
      if (result.ok) {
        compiled[key].push(result.re2);
        continue;
      }
      const message = `allowlist ${JSON.stringify(raw.description.slice(0, 80))}: ${result.message} at offset ${result.offset}`;
      problems.push({ path, reason: 'unparsed-file', message });
      return undefined;
    }
  }
  const first = raw.description || raw.regexes[0] || raw.paths[0] || raw.stopwords[0];
  const line = first === undefined ? undefined : (lineOf(text, '', first) ?? lineOf(text, '', first.toLowerCase()));
  return {
    origin,
    path,
    description: raw.description,
    targetRules: raw.targetRules,
    needsAll: raw.condition === 'all',
    hasCommits: raw.commits.length > 0,
    regexTarget: raw.regexTarget,
    stopwords: raw.stopwords,
    ...compiled,
    ...(line === undefined ? {} : { line }),
  };
}

/** Whether the list allows the finding. Commits are no criterion of a tree: under `all` they can't be met. */
export function allows(list: Allowlist, { path, secret, match, line }: Candidate): boolean {
  const target = { secret, match, line }[list.regexTarget];
  const lower = secret.toLowerCase();
  const checks: boolean[] = [];
  if (list.hasCommits) checks.push(false);
  if (list.paths.length > 0) checks.push(list.paths.some((expression) => matches(expression, path)));
  if (list.regexes.length > 0) checks.push(list.regexes.some((expression) => matches(expression, target)));
  if (list.stopwords.length > 0) checks.push(list.stopwords.some((word) => lower.includes(word)));
  return list.needsAll ? checks.every(Boolean) : checks.some(Boolean);
}

/** Whether an expression matches somewhere. */
export function matches(expression: Re2, text: string): boolean {
  expression.regex.lastIndex = 0;
  return expression.regex.test(text);
}
