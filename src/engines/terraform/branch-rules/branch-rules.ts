/** Branch rules that Terraform's github provider sets: https://registry.terraform.io/providers/integrations/github/latest/docs. */

import { knownText } from '../known-text.ts';
import type { BranchRulesFact } from '../../../facts/branch-rules/types.ts';
import type { Located } from '../../../facts/workflow/types.ts';
import type { Evaluation } from '../evaluate.ts';
import { attributeOfResource } from '../resource-object.ts';
import type { ResourceInstance } from '../resources.ts';
import type { TfObject, TfValue } from '../value.ts';
import { argumentsOf, type Arguments } from './argument.ts';

type Root = Pick<Evaluation, 'resources'>;
type Rules = Omit<BranchRulesFact, 'path' | 'at' | 'source' | 'repository' | 'unresolved'>;

const READERS = new Map<string, (values: TfObject, given: Arguments) => Rules>([
  ['github_repository_ruleset', rulesetOf],
  ['github_organization_ruleset', rulesetOf],
  ['github_branch_protection', protectionOf],
  ['github_branch_protection_v3', protectionOf],
]);

/** Rulesets and branch protections of an evaluated configuration; what is not known of one stands in its `unresolved`. */
export function branchRulesOf(root: Root): BranchRulesFact[] {
  return root.resources.flatMap((instance) => {
    const read = instance.mode === 'managed' ? READERS.get(instance.type) : undefined;
    if (read === undefined) return [];
    const isSure = !instance.address.includes('[*]');
    const given = argumentsOf(isSure ? [] : [{ text: `how many ${instance.address} there are`, at: instance.headAt }]);
    const { enforced, ...rules } = read(instance.values, given);
    const repository = repositoryOf(instance, root);
    return [
      {
        path: instance.at.path,
        at: { ...instance.at, route: instance.address },
        source: instance.address,
        ...rules,
        ...(repository === undefined ? {} : { repository }),
        // A resource that may not exist may not be enforced either.
        ...(enforced === undefined || (!isSure && enforced) ? {} : { enforced }),
        unresolved: given.unresolved,
      },
    ];
  });
}

/** The branch that the configuration makes the default one; undefined where it names none, several, or one that is not known. */
export function defaultBranchOf(roots: readonly Root[]): string | undefined {
  const named = roots.flatMap(({ resources }) =>
    resources.flatMap(({ type, mode, values }) =>
      mode === 'managed' && type === 'github_branch_default' ? [knownText(values.entries.get('branch'))] : [],
    ),
  );
  return new Set(named).size === 1 ? named[0] : undefined;
}

function rulesetOf(values: TfObject, given: Arguments): Rules {
  const rules = given.blocks(values, 'rules');
  const inside = (type: string): TfObject[] => rules.flatMap((rule) => given.blocks(rule, type));
  const pulls = inside('pull_request');
  const checks = inside('required_status_checks').flatMap((rule) => given.blocks(rule, 'required_check'));
  const refs = given.blocks(values, 'conditions').flatMap((condition) => given.blocks(condition, 'ref_name'));
  const enforcement = given.value(values, 'enforcement');
  const target = given.value(values, 'target');
  const isKnown = [values.entries.get('enforcement'), values.entries.get('target')].every(
    (value) => value?.kind !== 'unknown',
  );
  return {
    ...(isKnown ? { enforced: enforcement === 'active' && target !== 'tag' && target !== 'push' } : {}),
    include: wordsOf(refs.flatMap((ref) => given.texts(ref, 'include'))),
    exclude: wordsOf(refs.flatMap((ref) => given.texts(ref, 'exclude'))),
    requiredChecks: checks.flatMap((check) => given.text(check, 'context')),
    ...approvals(pulls, given, 0),
    codeOwners: pulls.some((pull) => given.value(pull, 'require_code_owner_review') === true),
    bypass: partsOf(values.entries.get('bypass_actors')).map(actorOf),
    codeScanning: inside('required_code_scanning').length > 0,
  };
}

function protectionOf(values: TfObject, given: Arguments): Rules {
  const checks = given.blocks(values, 'required_status_checks');
  const reviews = given.blocks(values, 'required_pull_request_reviews');
  const branches = [...given.text(values, 'pattern'), ...given.text(values, 'branch')];
  return {
    enforced: true,
    include: wordsOf(branches),
    exclude: [],
    requiredChecks: [
      ...checks.flatMap((rule) => given.texts(rule, 'contexts')),
      // `checks` are written `context` or `context:app_id`.
      ...checks
        .flatMap((rule) => given.texts(rule, 'checks'))
        .map((check): Located => ({ ...check, text: check.text.replace(/:\d+$/, '') })),
    ],
    ...approvals(reviews, given, 1),
    codeOwners: reviews.some((review) => given.value(review, 'require_code_owner_reviews') === true),
    bypass: [
      ...(given.value(values, 'enforce_admins') === true ? [] : ['administrators of the repository']),
      ...reviews.flatMap((review) => bypassersOf(review)),
    ],
    codeScanning: false,
  };
}

/** Who need no pull request: a list of names, or in `github_branch_protection_v3` a block of users, teams and apps. */
function bypassersOf(review: TfObject): string[] {
  const blocks = partsOf(review.entries.get('bypass_pull_request_allowances'));
  return [
    ...partsOf(review.entries.get('pull_request_bypassers')),
    ...blocks.flatMap((block) =>
      block.kind === 'object'
        ? ['users', 'teams', 'apps'].flatMap((name) => partsOf(block.entries.get(name)))
        : [block],
    ),
  ].map((value) => shown(value));
}

function approvals(
  pulls: readonly TfObject[],
  given: Arguments,
  fallback: number,
): { readonly approvals: number } | undefined {
  if (pulls.length === 0) return undefined;
  const counts = pulls.map((pull) => given.value(pull, 'required_approving_review_count') ?? fallback);
  return { approvals: Math.max(...counts.map((count) => (typeof count === 'number' ? count : 0))) };
}

function actorOf(actor: TfValue): string {
  if (actor.kind !== 'object') return actor.kind === 'unknown' ? actor.why : actor.kind;
  return ['actor_type', 'actor_id', 'bypass_mode']
    .flatMap((name) => {
      const value = actor.entries.get(name);
      return value === undefined || value.kind === 'null' ? [] : [shown(value)];
    })
    .join(' ');
}

/** The repository by its name; of an id that only GitHub knows, the name of the resource that it is the id of. */
function repositoryOf({ values }: ResourceInstance, root: Root): string | undefined {
  const value = values.entries.get('repository') ?? values.entries.get('repository_id');
  if (value === undefined || value.kind === 'null') return undefined;
  if (value.kind !== 'unknown') return shown(value);
  const repository = root.resources.find(
    ({ type, address }) => type === 'github_repository' && value.origin.what.startsWith(`${address}.`),
  );
  return (repository === undefined ? undefined : knownText(attributeOfResource(repository, 'name'))) ?? value.why;
}

function shown(value: TfValue): string {
  if (value.kind === 'unknown') return `(${value.why})`;
  return value.kind === 'string' || value.kind === 'number' || value.kind === 'bool' ? String(value.value) : value.kind;
}

function partsOf(value: TfValue | undefined): readonly TfValue[] {
  if (value === undefined || value.kind === 'null') return [];
  return value.kind === 'list' ? value.items : [value];
}

function wordsOf(list: readonly Located[]): string[] {
  return list.map(({ text }) => text);
}
