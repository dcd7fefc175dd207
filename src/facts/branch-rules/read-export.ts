import { child, descend, itemsOf, parseYaml, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import type { Reading } from '../../model/index.ts';
import { located, optional } from '../workflow/read-steps.ts';
import type { Located } from '../workflow/types.ts';
import type { BranchRulesFact } from './types.ts';

/**
 * Reads what GitHub gives out (REST API, "Repository rules" and "Branches"): a ruleset, a list of rulesets, the
 * rules in force on a branch (`/rules/branches/{branch}`), or a branch protection.
 */
export function readExport(path: string, text: string): Reading<BranchRulesFact> {
  const [document] = parseYaml(path, text);
  if (document?.ok === false) {
    return {
      facts: [],
      unread: [
        { path, reason: 'unparsed-file', message: `not readable as JSON: ${document.message}`, at: document.at },
      ],
    };
  }
  const root = document?.root;
  if (root === undefined) return { facts: [], unread: [] };
  const items = itemsOf(root);
  const isRuleList =
    root.kind === 'list' && items.length > 0 && items.every((item) => textOf(child(item, 'type')) !== undefined);
  if (isRuleList)
    return { facts: [fromRules(path, root, items, 'rules of the branch, exported', ['~DEFAULT_BRANCH'])], unread: [] };
  return { facts: items.flatMap((item) => readOne(path, item)), unread: [] };
}

function readOne(path: string, node: YamlNode): BranchRulesFact[] {
  const rules = child(node, 'rules');
  if (rules?.kind === 'list' && child(node, 'enforcement') !== undefined) {
    const refs = descend(node, 'conditions', 'ref_name');
    const fact = fromRules(
      path,
      node,
      rules.items,
      `ruleset ${textOf(child(node, 'name')) ?? ''}, exported`,
      texts(child(refs, 'include')),
    );
    return [
      {
        ...fact,
        enforced:
          textOf(child(node, 'enforcement')) === 'active' && (textOf(child(node, 'target')) ?? 'branch') === 'branch',
        exclude: texts(child(refs, 'exclude')),
        bypass: itemsOf(child(node, 'bypass_actors')).map((actor) =>
          ['actor_type', 'actor_id', 'bypass_mode'].flatMap((key) => textOf(child(actor, key)) ?? []).join(' '),
        ),
        ...optional('repository', textOf(child(node, 'source'))),
      },
    ];
  }
  const isProtection =
    child(node, 'enforce_admins') !== undefined &&
    (child(node, 'required_status_checks') ?? child(node, 'required_pull_request_reviews')) !== undefined;
  return isProtection ? [readProtection(path, node)] : [];
}

function fromRules(
  path: string,
  node: YamlNode,
  rules: readonly YamlNode[],
  source: string,
  include: readonly string[],
): BranchRulesFact {
  const ofType = (type: string): YamlNode[] =>
    rules.filter((rule) => textOf(child(rule, 'type')) === type).flatMap((rule) => child(rule, 'parameters') ?? rule);
  const checks = ofType('required_status_checks').flatMap((rule) => itemsOf(child(rule, 'required_status_checks')));
  const pulls = ofType('pull_request');
  const approvals = pulls.map((rule) => Number(textOf(child(rule, 'required_approving_review_count')) ?? 0));
  return {
    path,
    at: node.at,
    source,
    enforced: true,
    include,
    exclude: [],
    requiredChecks: checks.flatMap((check) => located(child(check, 'context')) ?? []),
    ...(approvals.length === 0 ? {} : { approvals: Math.max(...approvals) }),
    codeOwners: pulls.some((rule) => textOf(child(rule, 'require_code_owner_review')) === 'true'),
    bypass: [],
    codeScanning: ofType('code_scanning').length > 0,
    unresolved: [],
  };
}

function readProtection(path: string, node: YamlNode): BranchRulesFact {
  const status = child(node, 'required_status_checks');
  const checks = itemsOf(child(status, 'checks')).flatMap((check) => located(child(check, 'context')) ?? []);
  const contexts = itemsOf(child(status, 'contexts')).flatMap((context) => located(context) ?? []);
  const reviews = child(node, 'required_pull_request_reviews');
  const approvals =
    reviews === undefined ? undefined : Number(textOf(child(reviews, 'required_approving_review_count')) ?? 1);
  return {
    path,
    at: node.at,
    source: 'branch protection, exported',
    enforced: true,
    include: ['~DEFAULT_BRANCH'],
    exclude: [],
    requiredChecks: unique([...checks, ...contexts]),
    ...(approvals === undefined ? {} : { approvals }),
    codeOwners: textOf(child(reviews, 'require_code_owner_reviews')) === 'true',
    bypass: [
      ...(textOf(descend(node, 'enforce_admins', 'enabled')) === 'true' ? [] : ['administrators of the repository']),
      ...['users', 'teams', 'apps'].flatMap((kind) =>
        itemsOf(child(child(reviews, 'bypass_pull_request_allowances'), kind)).map(
          (one) => textOf(child(one, 'login')) ?? textOf(child(one, 'slug')) ?? kind,
        ),
      ),
    ],
    codeScanning: false,
    unresolved: [],
  };
}

function texts(node: YamlNode | undefined): string[] {
  return itemsOf(node).flatMap((item) => textOf(item) ?? []);
}

function unique(checks: readonly Located[]): Located[] {
  return [...new Map(checks.map((check) => [check.text, check])).values()];
}
