import { literalBlocks, type HclLiteral, type LiteralBlock, type HclValue } from '../../lib/hcl/literals.ts';
import { readHcl } from '../../lib/hcl/parse-hcl.ts';
import type { Reading } from '../../model/index.ts';
import type { Located } from '../workflow/types.ts';
import type { BranchRulesFact } from './types.ts';

/** Reads `github_repository_ruleset`, `github_organization_ruleset` and `github_branch_protection(_v3)` resources; only values that are written out count. */
export function readTerraform(path: string, text: string): Reading<BranchRulesFact> {
  const file = readHcl(path, text);
  const facts = literalBlocks(file, text).flatMap((block) => {
    if (block.type !== 'resource') return [];
    const [type = '', name = ''] = block.labels;
    const source = `${type}.${name}`;
    if (type === 'github_repository_ruleset' || type === 'github_organization_ruleset')
      return [readRuleset(path, source, block)];
    if (type === 'github_branch_protection' || type === 'github_branch_protection_v3')
      return [readProtection(path, source, block)];
    return [];
  });
  return {
    facts,
    unread: file.errors.map(({ at }) => ({ path, reason: 'unparsed-file', message: 'not readable as HCL', at })),
  };
}

function readRuleset(path: string, source: string, block: LiteralBlock): BranchRulesFact {
  const unresolved: Located[] = [];
  const rules = nested(block, unresolved, 'rules');
  const pull = rules.flatMap((rule) => nested(rule, unresolved, 'pull_request'))[0];
  const checks = rules
    .flatMap((rule) => nested(rule, unresolved, 'required_status_checks'))
    .flatMap((rule) => nested(rule, unresolved, 'required_check'));
  const refs = nested(block, unresolved, 'conditions').flatMap((condition) =>
    nested(condition, unresolved, 'ref_name'),
  );
  const enforcement = value(block, 'enforcement', unresolved);
  const target = value(block, 'target', unresolved);
  const repository = block.attributes.get('repository');
  const approvals = pull === undefined ? undefined : number(value(pull, 'required_approving_review_count', unresolved));
  return {
    path,
    at: block.at,
    source,
    ...(repository === undefined ? {} : { repository: shown(repository) }),
    ...(enforcement === undefined
      ? {}
      : { enforced: enforcement === 'active' && target !== 'tag' && target !== 'push' }),
    include: refs.flatMap((ref) => list(ref, 'include', unresolved).map((item) => item.text)),
    exclude: refs.flatMap((ref) => list(ref, 'exclude', unresolved).map((item) => item.text)),
    requiredChecks: checks.flatMap((check) => located(check, 'context', unresolved)),
    ...(pull === undefined ? {} : { approvals: approvals ?? 0 }),
    codeOwners: pull !== undefined && value(pull, 'require_code_owner_review', unresolved) === true,
    bypass: block.blocks.filter((inner) => inner.type === 'bypass_actors').map((actor) => describeActor(actor)),
    codeScanning: rules.some((rule) => rule.blocks.some((inner) => inner.type === 'required_code_scanning')),
    unresolved,
  };
}

function readProtection(path: string, source: string, block: LiteralBlock): BranchRulesFact {
  const unresolved: Located[] = [];
  const statusChecks = nested(block, unresolved, 'required_status_checks');
  const reviews = nested(block, unresolved, 'required_pull_request_reviews')[0];
  const pattern = value(block, 'pattern', unresolved) ?? value(block, 'branch', unresolved);
  const repository = block.attributes.get('repository_id') ?? block.attributes.get('repository');
  const contexts = statusChecks.flatMap((rule) => list(rule, 'contexts', unresolved));
  // `checks` are written `context` or `context:app_id`.
  const checks = statusChecks
    .flatMap((rule) => list(rule, 'checks', unresolved))
    .map(({ text, at }) => ({ text: text.replace(/:\d+$/, ''), at }));
  const approvals =
    reviews === undefined ? undefined : (number(value(reviews, 'required_approving_review_count', unresolved)) ?? 1);
  return {
    path,
    at: block.at,
    source,
    ...(repository === undefined ? {} : { repository: shown(repository) }),
    enforced: true,
    include: typeof pattern === 'string' ? [pattern] : [],
    exclude: [],
    requiredChecks: [...contexts, ...checks],
    ...(approvals === undefined ? {} : { approvals }),
    codeOwners: reviews !== undefined && value(reviews, 'require_code_owner_reviews', unresolved) === true,
    bypass: value(block, 'enforce_admins', unresolved) === true ? [] : ['administrators of the repository'],
    codeScanning: false,
    unresolved,
  };
}

/** Blocks of a type; a `dynamic` one of that type is not expanded here, and said to be unresolved. */
function nested(block: LiteralBlock, unresolved: Located[], type: string): readonly LiteralBlock[] {
  for (const inner of block.blocks) {
    if (inner.type === 'dynamic' && inner.labels[0] === type)
      unresolved.push({ text: `dynamic "${type}"`, at: inner.at });
  }
  return block.blocks.filter((inner) => inner.type === type);
}

function value(block: LiteralBlock, name: string, unresolved: Located[]): HclLiteral | undefined {
  const found = block.attributes.get(name);
  if (found?.known === false) unresolved.push({ text: `${name} = ${found.text}`, at: found.at });
  return found?.known === true ? found.value : undefined;
}

function number(found: HclLiteral | undefined): number | undefined {
  return typeof found === 'number' ? found : undefined;
}

function located(block: LiteralBlock, name: string, unresolved: Located[]): Located[] {
  const found = value(block, name, unresolved);
  const at = block.attributes.get(name)?.at;
  return typeof found === 'string' && at !== undefined ? [{ text: found, at }] : [];
}

function list(block: LiteralBlock, name: string, unresolved: Located[]): Located[] {
  const found = value(block, name, unresolved);
  if (
    typeof found === 'string' ||
    typeof found === 'number' ||
    typeof found === 'boolean' ||
    found === undefined ||
    found === null
  )
    return [];
  return found.flatMap((item): Located[] => {
    if (item.known && typeof item.value === 'string') return [{ text: item.value, at: item.at }];
    unresolved.push({ text: `${name}: ${shown(item)}`, at: item.at });
    return [];
  });
}

/** A value for people; a list or an expression as it is written. */
function shown(value: HclValue): string {
  if (!value.known) return value.text;
  return Array.isArray(value.value)
    ? value.value.map(shown).join(', ')
    : JSON.stringify(value.value).replace(/^"(.*)"$/, '$1');
}

function describeActor(actor: LiteralBlock): string {
  const parts = ['actor_type', 'actor_id', 'bypass_mode'].flatMap((name) => {
    const found = actor.attributes.get(name);
    return found === undefined ? [] : [shown(found)];
  });
  return parts.join(' ');
}
