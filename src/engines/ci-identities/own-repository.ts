import { knownText } from '../terraform/known-text.ts';
import type { BranchRulesFact } from '../../facts/branch-rules/types.ts';
import { reviewOfBranch, type Review } from '../reviews/branches.ts';
import { environmentsOf, type Environment } from '../reviews/environments.ts';
import { attributeOfResource, type ResourceInstance } from '../terraform/index.ts';
import type { CiRepository } from './types.ts';

/** What a tree says of its own repository at GitHub. */
export interface RepositorySources {
  /** Managed resources of all roots. */
  readonly resources: readonly ResourceInstance[];
  readonly rules: readonly BranchRulesFact[];
  readonly defaultBranch: string | undefined;
  /** `owner/name`, where somebody declared it. */
  readonly declaredName?: string;
}

/** The repository that the tree is kept in: declared, or the only one that its Terraform manages. Undefined where that is not known. */
export function ownRepository(sources: RepositorySources): CiRepository | undefined {
  const { resources, rules, defaultBranch } = sources;
  const name = sources.declaredName ?? onlyRepository(resources);
  const subjectKeys = subjectKeysOf(resources);
  if (name === undefined || subjectKeys === 'unknown') return undefined;
  const environments = environmentsOf(resources, rules, defaultBranch).filter(
    ({ repository }) => repository === undefined || repository === name.split('/')[1],
  );
  const branch = (ref: string): Review => reviewOfBranch(ref, rules, defaultBranch);
  const named = rules.flatMap((rule) => rule.include.map((pattern) => pattern.replace(/^refs\/heads\//, '')));
  const branches = [defaultBranch ?? 'main', ...named.filter((pattern) => /^[\w./-]+$/.test(pattern))];
  return {
    name,
    ...(subjectKeys === undefined ? {} : { subjectKeys }),
    reviewedBranches: [...new Set(branches)].filter((ref) => branch(ref).answer === 'yes'),
    reviewedEnvironments: environments.flatMap((one) =>
      one.review.answer === 'yes' && one.name !== undefined ? [one.name] : [],
    ),
    branch,
    tag: () => reviewOfTag(resources, rules),
    environment: (wanted) => reviewOfEnvironment(wanted, environments),
  };
}

function onlyRepository(resources: readonly ResourceInstance[]): string | undefined {
  const names = new Set(
    resources
      .filter((one) => one.mode === 'managed' && one.type === 'github_repository')
      .map((one) => {
        const name = knownText(attributeOfResource(one, 'name'));
        const owner = knownText(one.provider.values.entries.get('owner'));
        return name === undefined || owner === undefined ? undefined : `${owner}/${name}`;
      }),
  );
  return names.size === 1 ? [...names][0] : undefined;
}

/** https://docs.github.com/actions/reference/security/oidc, "Customizing the token claims". */
function subjectKeysOf(resources: readonly ResourceInstance[]): readonly string[] | 'unknown' | undefined {
  const templates = resources.filter(
    (one) => one.mode === 'managed' && /^github_actions_\w+_oidc_subject_claim_customization_template$/.test(one.type),
  );
  const own = templates.find((one) => one.type.includes('_repository_')) ?? templates[0];
  if (own === undefined) return undefined;
  const isDefault = own.values.entries.get('use_default');
  if (isDefault?.kind === 'bool' && isDefault.value) return undefined;
  const keys = own.values.entries.get('include_claim_keys');
  if (keys?.kind !== 'list') return 'unknown';
  const texts = keys.items.map((item) => knownText(item));
  return texts.every((text) => text !== undefined) ? texts : 'unknown';
}

function reviewOfTag(resources: readonly ResourceInstance[], rules: readonly BranchRulesFact[]): Review {
  const protectsTags = resources.find(
    (one) =>
      /^github_(?:repository|organization)_ruleset$/.test(one.type) &&
      knownText(one.values.entries.get('target')) === 'tag',
  );
  if (protectsTags !== undefined)
    return { answer: 'undecided', why: `${protectsTags.address} limits tags`, at: protectsTags.headAt };
  return rules.some((rule) => rule.source.startsWith('github_'))
    ? { answer: 'no', why: 'whoever may push may tag any commit, and no rule in sight limits tags' }
    : { answer: 'undecided', why: 'no rules for tags in sight' };
}

/** GitHub makes an environment that a workflow names and that does not exist, without protection. */
function reviewOfEnvironment(name: string, environments: readonly Environment[]): Review {
  const found = environments.find((one) => one.name === name);
  if (found !== undefined) return found.review;
  return {
    answer: 'undecided',
    why: `the protection of the environment ${name} is not in sight`,
  };
}
