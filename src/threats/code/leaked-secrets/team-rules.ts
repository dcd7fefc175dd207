import {
  decode,
  exposureRuleset,
  readFingerprints,
  readIgnoreFile,
  type IgnoreList,
  type RuleText,
  type Ruleset,
} from '../../../engines/secrets/index.ts';
import type { FileTree, Gap } from '../../../model/index.ts';
import type { Context } from '../../context.ts';

const CONFIG = '.gitleaks.toml';
const IGNORE = '.gitleaksignore';

/** What a tree is searched with: our rules, the team's, and the team's decisions. */
export interface SearchPlan {
  readonly ruleset: Ruleset;
  readonly ignore?: IgnoreList;
  /** Entries of the ignore file as they are written, those with a commit among them. */
  readonly ignored?: ReadonlySet<string>;
  /** Rules and files of the team that could not be read. */
  readonly gaps: readonly Gap[];
}

/** The team's gitleaks configuration as text, and the texts that it extends; absent where there is none. */
export async function teamConfig(
  tree: FileTree,
): Promise<{ readonly file?: RuleText; readonly others: ReadonlyMap<string, string> }> {
  const text = await textOf(tree, CONFIG);
  if (text === undefined) return { others: new Map() };
  const others = new Map<string, string>();
  let next = /^[ \t]*path[ \t]*=[ \t]*["']{1,3}([^"'\n]{1,400})["']/m;
  let from = text;
  // `extend.path` may extend in turn, twice at most.
  for (let depth = 0; depth < 2; depth++) {
    const named = next.exec(from.slice(Math.max(0, from.indexOf('[extend]'))))?.[1];
    if (named === undefined || !from.includes('[extend]')) break;
    const other = await textOf(tree, named.replace(/^\.\//, ''));
    if (other === undefined) break;
    others.set(named, other);
    from = other;
    next = new RegExp(next);
  }
  return { file: { path: CONFIG, text }, others };
}

export async function searchPlan({
  repository: tree,
  secretRules,
}: Pick<Context, 'repository' | 'secretRules'>): Promise<SearchPlan> {
  const { file, others } = await teamConfig(tree);
  const ruleset = exposureRuleset(secretRules, file, (path) => others.get(path));
  const ignoreText = await textOf(tree, IGNORE);
  return {
    ruleset,
    gaps: ruleset.problems.map(({ path, line, rule, reason, message }) => ({
      reason: reason === 'undrillable-rules' ? 'not-in-sight' : reason,
      message: `${path}: ${message}`,
      identity: `rules ${path} ${rule ?? message}`,
      closes: `Correct ${path}, so that all of its rules run.`,
      ...(line === undefined ? {} : { at: { path, startLine: line, startColumn: 1, endLine: line, endColumn: 1 } }),
    })),
    ...(ignoreText === undefined
      ? {}
      : { ignore: readIgnoreFile(IGNORE, ignoreText), ignored: readFingerprints(ignoreText) }),
  };
}

async function textOf(tree: FileTree, path: string): Promise<string | undefined> {
  if (!tree.files.some((file) => file.path === path)) return undefined;
  const read = await tree.read(path);
  if (!read.ok) return undefined;
  const decoded = decode(read.bytes);
  return decoded.binary ? undefined : decoded.text;
}
