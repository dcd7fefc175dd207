import type { BranchRulesFact } from '../../facts/branch-rules/types.ts';
import { matchesWholePath } from '../../lib/glob.ts';
import type { SourceLocation } from '../../model/index.ts';

/** Whether what runs or applies was approved by another person, with the rule that says so. */
export interface Review {
  readonly answer: 'yes' | 'no' | 'undecided';
  /** In words, a clause that can end a sentence. */
  readonly why: string;
  readonly at?: SourceLocation;
}

/** The command that brings the rules of a branch into sight. */
export const EXPORT_RULES = 'gh api repos/{owner}/{repo}/rules/branches/{branch} > .github/branch-rules.json';

/**
 * Whether every change of a branch needs the approval of another person: a rule in force asks for it, and nobody but
 * administrators of the repository, who could take the rule away, may go round it.
 */
export function reviewOfBranch(
  branch: string,
  rules: readonly BranchRulesFact[],
  defaultBranch: string | undefined,
): Review {
  if (rules.length === 0)
    return { answer: 'undecided', why: `no branch rules in sight say whether a change of ${branch} needs an approval` };
  const repositories = new Set(rules.flatMap((rule) => rule.repository ?? []));
  if (repositories.size > 1)
    return {
      answer: 'undecided',
      why: `branch rules for several repositories are in sight (${[...repositories].slice(0, 4).join(', ')})`,
    };
  const possible = rules.filter((rule) => rule.enforced !== false);
  const binding = possible.filter((rule) => binds(rule, branch, defaultBranch));
  const reviewing = binding.filter((rule) => (rule.approvals ?? 0) > 0);
  const sure = reviewing.find((rule) => rule.enforced === true && bypassersOf(rule).length === 0);
  if (sure !== undefined)
    return { answer: 'yes', why: `${sure.source} asks for an approval on ${branch}`, at: sure.at };
  const [passable] = reviewing.filter((rule) => rule.enforced === true);
  if (passable !== undefined)
    return {
      answer: 'no',
      why: `${bypassersOf(passable).slice(0, 3).join(', ')} may go round ${passable.source}`,
      at: passable.at,
    };
  const open = possible.find((rule) => rule.enforced === undefined || rule.unresolved.length > 0);
  if (open !== undefined)
    return { answer: 'undecided', why: `${open.source} does not write out everything`, at: open.at };
  const [unreviewed] = binding;
  if (unreviewed === undefined && rules.every((rule) => ofOneBranch(rule)))
    return { answer: 'undecided', why: `the exported rules speak of one branch, and not of ${branch}` };
  return unreviewed === undefined
    ? { answer: 'no', why: `no rule in sight binds ${branch}` }
    : { answer: 'no', why: `${unreviewed.source} asks for no approval on ${branch}`, at: unreviewed.at };
}

/** Whether the patterns of a rule hold for a branch; `*` stops at a slash, as GitHub's fnmatch does. */
function binds({ include, exclude }: BranchRulesFact, branch: string, defaultBranch: string | undefined): boolean {
  const isDefault = defaultBranch === undefined ? /^(?:main|master)$/.test(branch) : branch === defaultBranch;
  const matches = (pattern: string): boolean =>
    pattern === '~ALL' ||
    (pattern === '~DEFAULT_BRANCH' && isDefault) ||
    matchesWholePath(pattern.replace(/^refs\/heads\//, ''), branch);
  return include.some(matches) && !exclude.some(matches);
}

/** Whether a rule was exported for one branch: of others it says nothing. */
function ofOneBranch({ source }: BranchRulesFact): boolean {
  return source === 'rules of the branch, exported' || source === 'branch protection, exported';
}

/** Who may go round a rule and is no administrator; 5 is the id of GitHub's role of repository administrators. */
function bypassersOf({ bypass }: BranchRulesFact): readonly string[] {
  return bypass.filter(
    (actor) => !/^(?:administrators of the repository|OrganizationAdmin\b.*|RepositoryRole 5\b.*)$/.test(actor),
  );
}
