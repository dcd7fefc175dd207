import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import type { Gap } from '../../model/index.ts';
import type { ResourceInstance } from '../terraform/index.ts';
import { aggregatedRules, collectsFrom } from './aggregate.ts';
import { bootstrapBindings, bootstrapRoles } from './bootstrap/index.ts';
import { readEks } from './eks/read-eks.ts';
import { readFacts } from './read-facts.ts';
import { accountOfUser, subjectKey } from './subjects.ts';
import type { Binding, PolicyRule, RbacModel, Role, ServiceAccount, Subject } from './types.ts';

/** Where the model comes from. */
export interface RbacSources {
  readonly kubernetes: readonly KubernetesFact[];
  /** Resources of evaluated Terraform. */
  readonly terraform?: readonly ResourceInstance[];
  /** True for a dump of a whole cluster: a role that is not in it does not exist. */
  readonly complete?: boolean;
}

const SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * Puts together everything that decides rights: the product's objects, what Kubernetes brings, and what EKS adds. An
 * object that stands twice counts twice: rights are the union.
 */
export function buildRbac({ kubernetes, terraform = [], complete = false }: RbacSources): RbacModel {
  const read = readFacts(kubernetes);
  const eks = readEks(terraform);
  const gaps: Gap[] = [...read.gaps, ...eks.gaps];
  const isAsked = eks.configMap?.isRead ?? true;
  const [configMap] = read.awsAuth;
  const awsAuth = isAsked ? (configMap?.at ?? eks.configMap?.at) : undefined;

  const roles = mergeRoles([...(complete ? [] : bootstrapRoles()), ...read.roles, ...eks.roles]);
  const byName = new Map(roles.map((role) => [roleKey(role.kind, role.name, role.namespace), role]));
  const aggregated = aggregatedRules(roles);
  const bindings = [...(complete ? [] : bootstrapBindings()), ...read.bindings, ...eks.bindings].map((binding) => {
    if (complete || binding.maybe !== undefined || find(binding) !== undefined) return binding;
    const why = `the ${binding.role.kind || 'role'} ${binding.role.name}, which ${binding.name} binds, is not in sight`;
    gaps.push({
      reason: 'not-in-sight',
      message: why,
      ...(binding.role.at === undefined ? {} : { at: binding.role.at }),
      closes: 'put the manifest of the role beside its binding, or remove the binding',
    });
    return { ...binding, maybe: why };
  });
  gaps.push(...roles.flatMap((role) => gapsOf(role, rulesOf(role))), ...bindings.flatMap(gapOfBinding));
  const index = indexBindings(bindings);
  const anybody = bindings.filter((binding) => binding.anybody === true);

  function find({ role, scope }: Binding): Role | undefined {
    const namespace = role.kind === 'Role' && scope.kind === 'namespace' ? scope.namespace : undefined;
    return byName.get(roleKey(role.kind, role.name, namespace));
  }
  function rulesOf(role: Role): readonly PolicyRule[] {
    return aggregated.get(role) ?? role.rules;
  }

  const workloadRoles = [...read.workloadRoles, ...eks.workloadRoles];
  const serviceAccounts = accountsOf(read, bindings, workloadRoles);
  return {
    roles,
    bindings,
    serviceAccounts,
    workloads: read.workloads,
    secrets: secretsOf(read),
    iamIdentities: [...eks.identities, ...(isAsked ? read.iamIdentities : [])],
    workloadRoles,
    nodeRoles: eks.nodeRoles,
    namespaces: [
      ...new Set([...serviceAccounts.map(({ namespace }) => namespace), ...read.namespaces, ...spaces(read)]),
    ].sort(),
    ...(awsAuth === undefined ? {} : { awsAuth }),
    gaps,
    rulesOf,
    roleOf: find,
    bindingsOf: ({ user, groups }: Subject) => {
      const keys = [`user ${user}`, ...groups.map((group) => `group ${group}`)];
      return [...new Set([...keys.flatMap((key) => index.get(key) ?? []), ...anybody])];
    },
  };
}

/** Roles of one name are one: the API server adds to its own what a manifest of the same name lacks. */
function mergeRoles(roles: readonly Role[]): Role[] {
  const merged = new Map<string, Role>();
  for (const role of roles) {
    const key = roleKey(role.kind, role.name, role.namespace);
    const before = merged.get(key);
    if (before === undefined) merged.set(key, role);
    else {
      merged.set(key, {
        ...before,
        ...role,
        labels: new Map([...before.labels, ...role.labels]),
        rules: [...before.rules, ...role.rules],
        ...(before.collects === undefined && role.collects === undefined
          ? {}
          : { collects: [...(before.collects ?? []), ...(role.collects ?? [])] }),
      });
    }
  }
  return [...merged.values()];
}

function roleKey(kind: string, name: string, namespace: string | undefined): string {
  return `${kind} ${kind === 'Role' ? (namespace ?? '') : ''}/${name}`;
}

function gapsOf(role: Role, rules: readonly PolicyRule[]): Gap[] {
  const where = role.at === undefined ? {} : { at: role.at };
  const holes = [...new Set(rules.flatMap(({ maybe }) => (maybe === undefined ? [] : [maybe])))];
  const gaps = holes.slice(0, 5).map((why): Gap => {
    const isBound = /^(?:only|more than|there are more)/.test(why);
    return {
      reason: isBound ? 'out-of-budget' : 'unresolved-value',
      message: `${role.kind} ${role.name}: ${why}`,
      ...where,
    };
  });
  if (role.source === 'product' && collectsFrom(role, role)) {
    const message = `the ClusterRole ${role.name} aggregates itself: what stands in it is overwritten, and it collects nothing from that`;
    gaps.push({
      reason: 'unresolved-value',
      message,
      ...where,
      closes: 'take the label off, or narrow clusterRoleSelectors',
    });
  }
  return gaps;
}

function gapOfBinding({ maybe, at, role }: Binding): Gap[] {
  if (maybe === undefined || maybe.endsWith('is not in sight')) return [];
  const place = role.at ?? at;
  return [{ reason: 'unresolved-value', message: maybe, ...(place === undefined ? {} : { at: place }) }];
}

function indexBindings(bindings: readonly Binding[]): ReadonlyMap<string, readonly Binding[]> {
  const index = new Map<string, Binding[]>();
  for (const binding of bindings) {
    const namespace = binding.scope.kind === 'namespace' ? binding.scope.namespace : undefined;
    for (const key of new Set(binding.subjects.map((subject) => subjectKey(subject, namespace)))) {
      if (key === undefined) continue;
      const list = index.get(key);
      if (list === undefined) index.set(key, [binding]);
      else list.push(binding);
    }
  }
  return index;
}

/** Declared accounts, and those that something names; every namespace has its `default`. */
function accountsOf(
  read: ReturnType<typeof readFacts>,
  bindings: readonly Binding[],
  roles: RbacModel['workloadRoles'],
): ServiceAccount[] {
  const accounts = new Map<string, ServiceAccount>();
  const add = (account: ServiceAccount): void => {
    const key = `${account.namespace}/${account.name}`;
    if (account.namespace !== '' && accounts.get(key)?.at === undefined) accounts.set(key, account);
  };
  read.serviceAccounts.forEach(add);
  for (const { namespace, serviceAccount: name } of [...read.workloads, ...roles]) add({ namespace, name });
  for (const { subjects } of bindings) {
    for (const { kind, name, namespace = '' } of subjects) {
      const account =
        kind === 'User' ? accountOfUser(name) : kind === 'ServiceAccount' ? { namespace, name } : undefined;
      if (account !== undefined) add(account);
    }
  }
  for (const namespace of [
    ...SYSTEM_NAMESPACES,
    ...read.namespaces,
    ...[...accounts.values()].map((one) => one.namespace),
  ]) {
    add({ namespace, name: 'default' });
  }
  return [...accounts.values()];
}

/** Declared secrets, and those that pods name. */
function secretsOf(read: ReturnType<typeof readFacts>): RbacModel['secrets'] {
  const secrets = new Map<string, RbacModel['secrets'][number]>();
  const named = read.workloads.flatMap(({ namespace, secrets: held }) =>
    held.map(({ name, at }) => ({ namespace, name, declared: false, at })),
  );
  for (const secret of [...read.secrets, ...named]) {
    const key = `${secret.namespace}/${secret.name}`;
    const before = secrets.get(key);
    if (before === undefined || (!before.declared && secret.declared)) secrets.set(key, secret);
  }
  return [...secrets.values()].sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

function spaces({ workloads, secrets, bindings }: ReturnType<typeof readFacts>): string[] {
  return [
    ...workloads.map(({ namespace }) => namespace),
    ...secrets.map(({ namespace }) => namespace),
    ...bindings.flatMap(({ scope }) => (scope.kind === 'namespace' ? [scope.namespace] : [])),
  ];
}
