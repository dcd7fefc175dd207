import { knownText } from '../terraform/known-text.ts';
import type { BranchRulesFact } from '../../facts/branch-rules/types.ts';
import { attributeOfResource, type ResourceInstance, type TfValue } from '../terraform/index.ts';
import { reviewOfBranch, type Review } from './branches.ts';

/** An environment of GitHub, whose protection decides which runs get its identity and its secrets. */
export interface Environment {
  /** Undefined where the name is not known. */
  readonly name: string | undefined;
  readonly repository: string | undefined;
  readonly review: Review;
}

/**
 * The environments that Terraform declares, and whether a run in them was approved by another person: reviewers that
 * cannot be the one who started it, or deployments from reviewed branches only.
 * https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 */
export function environmentsOf(
  resources: readonly ResourceInstance[],
  rules: readonly BranchRulesFact[],
  defaultBranch: string | undefined,
): Environment[] {
  const policies = resources.filter((one) => one.type === 'github_repository_environment_deployment_policy');
  return resources
    .filter((one) => one.mode === 'managed' && one.type === 'github_repository_environment')
    .map((resource) => {
      const name = knownText(attributeOfResource(resource, 'environment'));
      const repository = knownText(attributeOfResource(resource, 'repository'));
      const branches = policies
        .filter((policy) => knownText(attributeOfResource(policy, 'environment')) === name && name !== undefined)
        .map((policy) => knownText(attributeOfResource(policy, 'branch_pattern')));
      return { name, repository, review: reviewOf(resource, branches, rules, defaultBranch) };
    });
}

function reviewOf(
  resource: ResourceInstance,
  branches: readonly (string | undefined)[],
  rules: readonly BranchRulesFact[],
  defaultBranch: string | undefined,
): Review {
  const { address, headAt: at } = resource;
  const reviewers = blocks(resource, 'reviewers');
  const policy = blocks(resource, 'deployment_branch_policy')?.[0];
  const selfReview = attributeOfResource(resource, 'prevent_self_review');
  if (reviewers === undefined || selfReview.kind === 'unknown')
    return { answer: 'undecided', why: `${address} does not write out who reviews`, at };
  if (reviewers.length > 0 && selfReview.kind === 'bool' && selfReview.value)
    return { answer: 'yes', why: `${address} asks for a reviewer other than who started the run`, at };
  if (policy?.kind === 'object') {
    const protectedOnly = policy.entries.get('protected_branches');
    if (protectedOnly?.kind === 'bool' && protectedOnly.value) {
      const reviews = rules.flatMap((rule) => rule.include).map((name) => reviewOfBranch(name, rules, defaultBranch));
      return weakest(reviews, `${address} deploys from protected branches, and none is in sight`, at);
    }
    const reviews = branches.map((name): Review =>
      name === undefined || /[*?[]/.test(name)
        ? { answer: 'undecided', why: `${address} deploys from branches by a pattern`, at }
        : reviewOfBranch(name, rules, defaultBranch),
    );
    return weakest(reviews, `the branches that ${address} deploys from are not in sight`, at);
  }
  if (policy?.kind === 'unknown') return { answer: 'undecided', why: `${address} does not write out its branches`, at };
  return reviewers.length > 0
    ? { answer: 'no', why: `in ${address} a reviewer may approve the run that they started`, at }
    : { answer: 'no', why: `${address} asks for no reviewer and deploys from any branch`, at };
}

function weakest(reviews: readonly Review[], none: string, at: Review['at']): Review {
  const first =
    reviews.find((review) => review.answer === 'no') ??
    reviews.find((review) => review.answer === 'undecided') ??
    reviews[0];
  return first ?? { answer: 'undecided', why: none, ...(at === undefined ? {} : { at }) };
}

/** Nested blocks of a type; undefined where it is not known how many there are. */
function blocks(resource: ResourceInstance, type: string): readonly TfValue[] | undefined {
  const value = resource.values.entries.get(type);
  if (value === undefined || value.kind === 'null') return [];
  return value.kind === 'list' ? value.items : undefined;
}
