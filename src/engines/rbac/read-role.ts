import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import { child, itemsOf, whyUnknown, type YamlNode } from '../../lib/yaml/index.ts';
import { unknownRule } from './aggregate.ts';
import { labelSelector, textMap, textsOf } from './read-values.ts';
import type { PolicyRule, Role } from './types.ts';

/** Rules of one object that are read; beyond them nothing is known. */
const MOST_RULES = 20_000;

/** A Role or ClusterRole: https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/cluster-role-v1/. */
export function readRole(fact: KubernetesFact, name: string, namespace: string): Role {
  const { root, at } = fact;
  const kind = fact.kind === 'Role' ? 'Role' : 'ClusterRole';
  const aggregation = child(root, 'aggregationRule');
  const selectors = child(aggregation, 'clusterRoleSelectors');
  return {
    kind,
    name,
    ...(kind === 'Role' ? { namespace } : {}),
    labels: textMap(child(child(root, 'metadata'), 'labels')),
    rules: readRules(child(root, 'rules')),
    // An empty aggregationRule selects nothing, and is none to the controller.
    ...(kind === 'ClusterRole' && selectors !== undefined ? { collects: itemsOf(selectors).map(labelSelector) } : {}),
    source: 'product',
    at,
  };
}

function readRules(node: YamlNode | undefined): readonly PolicyRule[] {
  const why = whyUnknown(node);
  if (why !== undefined) return [unknownRule(`the rules are not known: ${why}`)];
  const items = itemsOf(node);
  const rules = items.slice(0, MOST_RULES).map(readRule);
  return items.length > MOST_RULES ? [...rules, unknownRule(`only ${MOST_RULES} of its rules are read`)] : rules;
}

function readRule(node: YamlNode): PolicyRule {
  const hole = whyUnknown(node);
  if (hole !== undefined) return { ...unknownRule(`a rule is not known: ${hole}`), at: node.at };
  const verbs = textsOf(child(node, 'verbs'));
  const apiGroups = textsOf(child(node, 'apiGroups'));
  const resources = textsOf(child(node, 'resources'));
  const names = textsOf(child(node, 'resourceNames'));
  const urls = textsOf(child(node, 'nonResourceURLs'));
  const why = [verbs, apiGroups, resources, names, urls].map(({ unknown }) => unknown).find((one) => one !== undefined);
  return {
    verbs: wide(verbs),
    apiGroups: wide(apiGroups),
    resources: wide(resources),
    resourceNames: names.unknown === undefined ? names.values : [],
    nonResourceURLs: wide(urls),
    at: node.at,
    ...(why === undefined ? {} : { maybe: `a part of the rule is not known: ${why}` }),
  };
}

function wide({
  values,
  unknown,
}: {
  readonly values: readonly string[];
  readonly unknown?: string;
}): readonly string[] {
  return unknown === undefined ? values : [...values, '*'];
}
