// Compares what a server created by itself with our tables: names, labels, rules, aggregation, roles and subjects.
import type { Binding, PolicyRule, Role } from '../src/engines/rbac/index.ts';
import type { Manifest } from './rbac-random.ts';

/** One line for each role or binding that differs, or that only one side has. */
export function differences(dump: readonly Manifest[], roles: readonly Role[], bindings: readonly Binding[]): string[] {
  const theirs = new Map(dump.map((object) => [keyOf(object.kind, object.metadata), form(object)]));
  const ours = new Map<string, string>();
  for (const role of roles) ours.set(keyOf(role.kind, role), roleForm(role));
  for (const binding of bindings) {
    const { scope } = binding;
    const kind = scope.kind === 'cluster' ? 'ClusterRoleBinding' : 'RoleBinding';
    const where = scope.kind === 'namespace' ? { namespace: scope.namespace } : {};
    ours.set(keyOf(kind, { name: binding.name, ...where }), bindingForm(binding));
  }
  return [...new Set([...theirs.keys(), ...ours.keys()])].sort().flatMap((key) => {
    const [server, table] = [theirs.get(key), ours.get(key)];
    if (server === table) return [];
    if (server === undefined) return [`${key} is only in our tables`];
    return [table === undefined ? `${key} is only on the server` : `${key} differs: server ${server}, ours ${table}`];
  });
}

function keyOf(kind: string, { name, namespace }: { readonly name: string; readonly namespace?: string }): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

function form(object: Manifest): string {
  if (object.kind.endsWith('Binding')) {
    const { kind, name } = object['roleRef'] as { readonly kind: string; readonly name: string };
    const subjects = (object['subjects'] ?? []) as readonly {
      readonly kind: string;
      readonly name: string;
      readonly namespace?: string;
    }[];
    return JSON.stringify([kind, name, subjects.map((one) => `${one.kind} ${one.namespace ?? ''}/${one.name}`)]);
  }
  const rules = (object['rules'] ?? []) as readonly Partial<PolicyRule>[];
  const aggregation = object['aggregationRule'] as
    { readonly clusterRoleSelectors: readonly { readonly matchLabels: object }[] } | undefined;
  const labels = Object.entries(object.metadata.labels ?? {}).filter(([key]) => key !== 'kubernetes.io/bootstrapping');
  const collects = aggregation?.clusterRoleSelectors.map(({ matchLabels }) => Object.entries(matchLabels));
  return JSON.stringify([labels, collects ?? null, rules.map(ruleForm)]);
}

function roleForm({ labels, collects, rules }: Role): string {
  return JSON.stringify([
    [...labels],
    collects?.map(({ matchLabels }) => [...matchLabels]) ?? null,
    rules.map(ruleForm),
  ]);
}

function bindingForm({ role, subjects }: Binding): string {
  return JSON.stringify([
    role.kind,
    role.name,
    subjects.map((one) => `${one.kind} ${one.namespace ?? ''}/${one.name}`),
  ]);
}

function ruleForm({
  verbs = [],
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
}: Partial<PolicyRule>): unknown {
  return [verbs, apiGroups, resources, resourceNames, nonResourceURLs];
}
