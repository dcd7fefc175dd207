import type { PolicyRule, Role } from '../types.ts';

/** A role as the tables write it. */
export interface BootstrapRole {
  readonly name: string;
  /** Of a Role. */
  readonly namespace?: string;
  /** The aggregated roles that collect it: the label `rbac.authorization.k8s.io/aggregate-to-<name>`. */
  readonly joins?: readonly string[];
  /** It collects the roles that join this name. */
  readonly collects?: string;
  /** `verbs | groups | resources | names`, each separated by spaces, the core group as `core`; or `verbs | URLs`. */
  readonly rules: readonly string[];
}

const AGGREGATE = 'rbac.authorization.k8s.io/aggregate-to-';

/** A row of the tables as a role. */
export function parseRole(row: BootstrapRole, source: Role['source'] = 'kubernetes'): Role {
  return {
    kind: row.namespace === undefined ? 'ClusterRole' : 'Role',
    name: row.name,
    ...(row.namespace === undefined ? {} : { namespace: row.namespace }),
    labels: new Map(row.joins?.map((name) => [`${AGGREGATE}${name}`, 'true'])),
    rules: row.rules.map(parseRule),
    ...(row.collects === undefined
      ? {}
      : { collects: [{ matchLabels: new Map([[`${AGGREGATE}${row.collects}`, 'true']]), matchExpressions: [] }] }),
    source,
  };
}

function parseRule(text: string): PolicyRule {
  const [verbs = [], second = [], resources, resourceNames = []] = text.split(' | ').map((part) => part.split(' '));
  const rule = { verbs, apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };
  if (resources === undefined) return { ...rule, nonResourceURLs: second };
  return { ...rule, apiGroups: second.map((group) => (group === 'core' ? '' : group)), resources, resourceNames };
}
