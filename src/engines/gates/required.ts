import type { BranchRulesFact } from '../../facts/branch-rules/types.ts';
import type { Job } from '../../facts/workflow/types.ts';
import { matchesWholePath } from '../../lib/glob.ts';
import { parseShell } from '../../lib/shell/ast.ts';
import { commandFates } from '../../lib/shell/fate.ts';
import type { Answer } from './types.ts';

/** A job as GitHub reports it: the name of its check, and the job beside it in the same workflow. */
export interface CheckedJob {
  readonly job: Job;
  /** Name of the check; undefined where an expression decides it. */
  readonly check: string | undefined;
  /** All jobs of the workflow that it belongs to, itself included. */
  readonly siblings: readonly CheckedJob[];
}

export const EXPORT_COMMAND = 'gh api repos/{owner}/{repo}/rules/branches/{branch} > .github/branch-rules.json';

/** The rules that are enforced on the default branch. */
export function rulesInForce(rules: readonly BranchRulesFact[], defaultBranch: string | undefined): BranchRulesFact[] {
  return rules.filter((rule) => rule.enforced !== false && bindsDefaultBranch(rule, defaultBranch));
}

function bindsDefaultBranch({ include, exclude }: BranchRulesFact, defaultBranch: string | undefined): boolean {
  const names = ['~DEFAULT_BRANCH', '~ALL'];
  const matches = (pattern: string): boolean => {
    if (names.includes(pattern)) return true;
    const branch = pattern.replace(/^refs\/heads\//, '');
    return defaultBranch === undefined ? branch === 'main' || branch === 'master' : matchesWholePath(branch, defaultBranch);
  };
  return include.some(matches) && !exclude.some(matches);
}

/** Whether the failure of a job keeps a pull request from being merged. */
export function isRequired(target: CheckedJob, rules: readonly BranchRulesFact[], defaultBranch: string | undefined): Answer {
  if (rules.length === 0) {
    return { answer: 'undecided', why: 'no branch rules in sight, so it is not known whether its check is required before a merge' };
  }
  const inForce = rulesInForce(rules, defaultBranch);
  const repositories = new Set(inForce.flatMap((rule) => rule.repository ?? []));
  const contexts = new Map(inForce.flatMap((rule) => rule.requiredChecks.map((check) => [check.text, rule] as const)));
  const direct = target.check === undefined ? undefined : matchContext(contexts, target.check, target.job.hasMatrix);
  if (direct !== undefined) {
    const undecided = certainty(direct, repositories);
    if (undecided !== undefined) return undecided;
    const skipped = target.job.needs.find((id) => !runsAlways(target.job) && !isNamed(target, id, contexts));
    if (skipped !== undefined) {
      return { answer: 'no', why: `it needs the job \`${skipped}\`, which is not required: when that fails, this job is skipped, and GitHub counts a skipped check as passed` };
    }
    return { answer: 'yes', why: `the check \`${target.check ?? ''}\` is required by ${direct.source}` };
  }
  const through = target.siblings.find((other) => other !== target && other.check !== undefined && contexts.has(other.check) && needsOf(other, target.job.id));
  if (through !== undefined) return throughAggregator(through, target);
  const open = inForce.find((rule) => rule.unresolved.length > 0) ?? rules.find((rule) => rule.enforced === undefined);
  if (open !== undefined) {
    return { answer: 'undecided', why: `${open.source} does not write out ${open.unresolved.map((item) => item.text).join(', ') || 'everything'}` };
  }
  if (target.check === undefined) return { answer: 'undecided', why: 'an expression decides the name of its check' };
  return { answer: 'no', why: `no rule requires the check \`${target.check}\` before a merge` };
}

function certainty(rule: BranchRulesFact, repositories: ReadonlySet<string>): Answer | undefined {
  if (rule.enforced === undefined) return { answer: 'undecided', why: `whether ${rule.source} is enforced is not written out` };
  if (repositories.size > 1) {
    return { answer: 'undecided', why: `branch rules for several repositories are in sight (${[...repositories].join(', ')}), and none says that it is this one` };
  }
  return undefined;
}

/** A matrix job reports one check for each combination: `name (a, b)`. */
function matchContext(contexts: ReadonlyMap<string, BranchRulesFact>, check: string, hasMatrix: boolean): BranchRulesFact | undefined {
  const exact = contexts.get(check);
  if (exact !== undefined || !hasMatrix) return exact;
  return [...contexts].find(([context]) => context.startsWith(`${check} (`))?.[1];
}

function runsAlways(job: Job): boolean {
  return /(?:always|!\s*cancelled)\s*\(\)/.test(job.condition?.text ?? '');
}

function isNamed(target: CheckedJob, id: string, contexts: ReadonlyMap<string, BranchRulesFact>): boolean {
  const needed = target.siblings.find((other) => other.job.id === id);
  return needed?.check !== undefined && matchContext(contexts, needed.check, needed.job.hasMatrix) !== undefined;
}

function needsOf(job: CheckedJob, id: string, seen = new Set<string>()): boolean {
  return job.job.needs.some((needed) => {
    if (needed === id) return true;
    if (seen.has(needed)) return false;
    seen.add(needed);
    const next = job.siblings.find((other) => other.job.id === needed);
    return next !== undefined && needsOf(next, id, seen);
  });
}

/** A required job that only collects the results of others. */
function throughAggregator(aggregator: CheckedJob, target: CheckedJob): Answer {
  const name = aggregator.check ?? aggregator.job.id;
  if (!runsAlways(aggregator.job)) {
    return { answer: 'no', why: `the required check \`${name}\` is skipped when \`${target.job.id}\` fails, and GitHub counts a skipped check as passed` };
  }
  const collects = aggregator.job.steps.some((step) => step.uses?.text.startsWith('re-actors/alls-green@') === true);
  if (collects) return { answer: 'yes', why: `the required check \`${name}\` fails when it fails` };
  const reads = aggregator.job.steps.some((step) => {
    const condition = step.condition?.text ?? '';
    const asks = condition.includes('needs.*.result') || condition.includes(`needs.${target.job.id}.result`);
    return asks && /'failure'/.test(condition) && commandFates(parseShell(step.run?.text ?? ''), { errexit: true, pipefail: false }).length > 0 && /(^|[\s;&|])(?:exit [1-9]|false)\b/.test(step.run?.text ?? '');
  });
  return reads
    ? { answer: 'yes', why: `the required check \`${name}\` reads its result and fails with it` }
    : { answer: 'undecided', why: `the required check \`${name}\` needs it and runs always; what it does with its result is not decided here` };
}
