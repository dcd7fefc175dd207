import type { BranchRulesFact } from '../../facts/branch-rules/types.ts';
import { matchesWholePath } from '../../lib/glob.ts';
import { failsWith, needs } from './aggregator.ts';
import { holdsIn } from './condition.ts';
import type { CheckedJob } from './jobs.ts';
import type { Answer } from './types.ts';

export const EXPORT_COMMAND = 'gh api repos/{owner}/{repo}/rules/branches/{branch} > .github/branch-rules.json';

/** A check that a rule names. */
interface Context {
  readonly name: string;
  readonly rule: BranchRulesFact;
}

/** The rules that are enforced on the default branch. */
export function rulesInForce(rules: readonly BranchRulesFact[], defaultBranch: string | undefined): BranchRulesFact[] {
  return rules.filter((rule) => rule.enforced !== false && bindsDefaultBranch(rule, defaultBranch));
}

function bindsDefaultBranch({ include, exclude }: BranchRulesFact, defaultBranch: string | undefined): boolean {
  const matches = (pattern: string): boolean => {
    if (pattern === '~DEFAULT_BRANCH' || pattern === '~ALL') return true;
    const glob = pattern.replace(/^refs\/heads\//, '');
    const branches = defaultBranch === undefined ? ['main', 'master'] : [defaultBranch];
    return branches.some((branch) => matchesWholePath(glob, branch));
  };
  return include.some(matches) && !exclude.some(matches);
}

/** Whether the failure of a job keeps a pull request from being merged. */
export function isRequired(
  target: CheckedJob,
  rules: readonly BranchRulesFact[],
  defaultBranch: string | undefined,
): Answer {
  if (rules.length === 0)
    return {
      answer: 'undecided',
      why: 'no branch rules in sight, so it is not known whether its check is required before a merge',
    };
  const inForce = rulesInForce(rules, defaultBranch);
  const contexts = contextsOf(inForce);
  const direct = find(contexts, target);
  if (direct !== undefined) return doubt(direct.rule, inForce) ?? judgeDirect(target, direct, contexts);

  const through = throughOthers(target, contexts);
  if (through !== undefined) return through.answer === 'yes' ? (doubt(through.rule, inForce) ?? through) : through;

  const open = rules
    .filter((rule) => rule.enforced !== false)
    .find((rule) => rule.unresolved.length > 0 || rule.enforced === undefined);
  if (open !== undefined) {
    const left = open.unresolved
      .map((item) => item.text)
      .slice(0, 3)
      .join(', ');
    return { answer: 'undecided', why: `${open.source} does not write out ${left === '' ? 'everything' : left}` };
  }
  const elsewhere =
    defaultBranch === undefined ? find(contextsOf(rules.filter((rule) => rule.enforced !== false)), target) : undefined;
  if (elsewhere !== undefined) {
    return {
      answer: 'undecided',
      why: `${elsewhere.rule.source} requires it on ${elsewhere.rule.include.join(', ')}, and which branch is the default one is not known (set defaultBranch in fourproof.yaml)`,
    };
  }
  if (repositoriesOf(rules).size > 1) return severalRepositories(rules);
  if (target.check === undefined && contexts.length > 0)
    return { answer: 'undecided', why: 'an expression decides the name of its check' };
  return { answer: 'no', why: `no rule requires the check \`${target.check ?? target.job.id}\` before a merge` };
}

function contextsOf(rules: readonly BranchRulesFact[]): Context[] {
  const certain = [...rules].sort((a, b) => Number(b.enforced === true) - Number(a.enforced === true));
  return certain.flatMap((rule) => rule.requiredChecks.map((check) => ({ name: check.text, rule })));
}

/** A matrix job reports one check for each combination: `name (a, b)`. */
function find(contexts: readonly Context[], { check, job }: CheckedJob): Context | undefined {
  if (check === undefined) return undefined;
  return (
    contexts.find(({ name }) => name === check) ??
    (job.hasMatrix ? contexts.find(({ name }) => name.startsWith(`${check} (`)) : undefined)
  );
}

function doubt(rule: BranchRulesFact, inForce: readonly BranchRulesFact[]): Answer | undefined {
  if (rule.enforced === undefined)
    return { answer: 'undecided', why: `whether ${rule.source} is enforced is not written out` };
  return repositoriesOf(inForce).size > 1 ? severalRepositories(inForce) : undefined;
}

function repositoriesOf(rules: readonly BranchRulesFact[]): ReadonlySet<string> {
  return new Set(rules.flatMap((rule) => rule.repository ?? []));
}

function severalRepositories(rules: readonly BranchRulesFact[]): Answer {
  const names = [...repositoriesOf(rules)].slice(0, 5).join(', ');
  return {
    answer: 'undecided',
    why: `branch rules for several repositories are in sight (${names}), and none says that it is this one`,
  };
}

function judgeDirect(target: CheckedJob, { rule }: Context, contexts: readonly Context[]): Answer {
  const skipping = skippedBy(target, contexts, new Set());
  if (skipping === undefined)
    return { answer: 'yes', why: `the check \`${target.check ?? ''}\` is required by ${rule.source}` };
  return {
    answer: 'no',
    why: `it needs the job \`${skipping}\`, which is not required: when that fails, this job is skipped, and GitHub counts a skipped check as passed`,
  };
}

/** A job that is not required and whose failure skips this one, directly or through others. */
function skippedBy({ job, siblings }: CheckedJob, contexts: readonly Context[], seen: Set<string>): string | undefined {
  const runsAnyway =
    job.condition !== undefined && holdsIn(job.condition.text, { event: 'pull_request', failed: true }) === true;
  if (runsAnyway || seen.has(job.id)) return undefined;
  seen.add(job.id);
  for (const id of job.needs) {
    const needed = siblings.find((other) => other.job.id === id);
    if (needed === undefined) continue;
    if (find(contexts, needed) === undefined) return id;
    const further = skippedBy(needed, contexts, seen);
    if (further !== undefined) return further;
  }
  return undefined;
}

/** A required job may collect the results of others: beside this one, or beside the job that calls its workflow. */
function throughOthers(
  target: CheckedJob,
  contexts: readonly Context[],
): (Answer & { readonly rule: BranchRulesFact }) | undefined {
  const answers: (Answer & { readonly rule: BranchRulesFact })[] = [];
  for (let at: CheckedJob | undefined = target; at !== undefined; at = at.caller) {
    const failing: CheckedJob = at;
    for (const other of failing.siblings) {
      const context = other === failing || !needs(other, failing.job.id) ? undefined : find(contexts, other);
      if (context !== undefined) answers.push({ ...failsWith(other, failing), rule: context.rule });
    }
  }
  return (
    answers.find((answer) => answer.answer === 'yes') ??
    answers.find((answer) => answer.answer === 'undecided') ??
    answers[0]
  );
}
