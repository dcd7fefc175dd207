import type { LabelSelector, PolicyRule, Role } from './types.ts';

/** Bounds on what aggregation may cost: rules in one role, rules in all, pairs of roles that are compared, and steps from one to another. */
const MOST_RULES = 50_000;
const MOST_RULES_IN_ALL = 1_000_000;
const MOST_PAIRS = 4_000_000;
const MOST_STEPS = 5_000_000;

/**
 * What each aggregated ClusterRole grants: the union of the roles that it selects and of those that they select, as the
 * controller brings about. Rules that stand in an aggregated role itself are overwritten by it; a role that selects
 * itself collects nothing from that. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function aggregatedRules(roles: readonly Role[]): ReadonlyMap<Role, readonly PolicyRule[]> {
  const cluster = roles.filter(({ kind }) => kind === 'ClusterRole');
  const collecting = cluster.filter(({ collects }) => collects !== undefined);
  const unknown = [unknownRule('there are more aggregated roles than are followed')];
  if (collecting.length * cluster.length > MOST_PAIRS) return new Map(collecting.map((role) => [role, unknown]));
  const selected = new Map(collecting.map((role) => [role, cluster.filter((other) => collectsFrom(role, other))]));
  const rules = new Map<Role, readonly PolicyRule[]>();
  const left = { rules: MOST_RULES_IN_ALL, steps: MOST_STEPS };
  for (const role of collecting) {
    rules.set(role, left.rules > 0 && left.steps > 0 ? unionOf(role, selected, left) : unknown);
  }
  return rules;
}

/** Whether a role is aggregated from another one, or selects itself. */
export function collectsFrom({ collects = [] }: Role, { labels }: Role): boolean {
  return collects.some((selector) => matches(selector, labels));
}

/** A rule of which nothing is known: it may grant everything. */
export function unknownRule(why: string): PolicyRule {
  return { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [], nonResourceURLs: ['*'], maybe: why };
}

function unionOf(
  role: Role,
  selected: ReadonlyMap<Role, readonly Role[]>,
  left: { rules: number; steps: number },
): readonly PolicyRule[] {
  const all: PolicyRule[] = [];
  const reached = new Set<Role>([role]);
  const queue = [role];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const other of selected.get(next) ?? []) {
      left.steps--;
      if (reached.has(other)) continue;
      reached.add(other);
      queue.push(other);
      if (other.collects !== undefined) continue;
      for (const rule of other.rules) {
        left.rules--;
        if (all.length >= MOST_RULES) return [...all, unknownRule(`more than ${MOST_RULES} rules are collected`)];
        all.push(rule);
      }
    }
  }
  return all;
}

function matches({ matchLabels, matchExpressions }: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  return (
    [...matchLabels].every(([key, value]) => labels.get(key) === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      const value = labels.get(key);
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}
