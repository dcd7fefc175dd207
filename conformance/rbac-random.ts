// Random RBAC and random questions about it: few enough words that rules and questions meet.
import type { Request } from '../src/engines/rbac/index.ts';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

export interface Asked {
  readonly user: string;
  readonly groups: readonly string[];
  readonly request: Request;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export type Random = () => number;

export function randomSource(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const NAMESPACES = ['alpha', 'beta', 'gamma', 'default'];
const API = 'rbac.authorization.k8s.io/v1';
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'delete', 'impersonate', 'bind', 'escalate', '*'];
const GROUPS = ['', 'apps', 'batch', 'rbac.authorization.k8s.io', 'example.com', '*'];
const RESOURCES = ['pods', 'secrets', 'deployments', 'roles', 'things'];
const SUBRESOURCES = ['exec', 'log', 'status', 'scale'];
const NAMES = ['one', 'two', 'three'];
const URLS = ['/healthz', '/healthz/etcd', '/metrics', '/api', '/api/v1', '/x*y', '/', '/logs/a'];
const USERS = [
  'ann',
  'bob',
  'eve',
  'system:serviceaccount:alpha:app',
  'system:serviceaccount:beta:app',
  'system:anonymous',
];
const MEMBERS = [
  'team',
  'ops',
  'system:authenticated',
  'system:serviceaccounts',
  'system:serviceaccounts:alpha',
  'system:unauthenticated',
];

/** Roles and bindings: some bind what is not there, some name accounts of other namespaces. */
export function randomObjects(random: Random): Manifest[] {
  const objects: Manifest[] = [];
  for (let index = 0; index < 40; index++) {
    objects.push({ apiVersion: API, kind: 'ClusterRole', metadata: { name: `c${index}` }, rules: rules(random, true) });
    const namespace = pick(random, NAMESPACES);
    objects.push({
      apiVersion: API,
      kind: 'Role',
      metadata: { name: `r${index}`, namespace },
      rules: rules(random, false),
    });
  }
  for (let index = 0; index < 60; index++) {
    const namespace = pick(random, NAMESPACES);
    const kind = random() < 0.5 ? 'Role' : 'ClusterRole';
    const name = random() < 0.05 ? 'missing' : `${kind === 'Role' ? 'r' : 'c'}${Math.floor(random() * 40)}`;
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name };
    objects.push({
      apiVersion: API,
      kind: 'RoleBinding',
      metadata: { name: `b${index}`, namespace },
      roleRef,
      subjects: subjects(random),
    });
  }
  for (let index = 0; index < 8; index++) {
    const name = random() < 0.05 ? 'missing' : `c${Math.floor(random() * 40)}`;
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
    objects.push({
      apiVersion: API,
      kind: 'ClusterRoleBinding',
      metadata: { name: `d${index}` },
      roleRef,
      subjects: subjects(random),
    });
  }
  return objects;
}

function rules(random: Random, isCluster: boolean): unknown[] {
  return several(random, 1, 4, () => {
    const verbs = several(random, 1, 3, () => pick(random, VERBS));
    if (isCluster && random() < 0.25) {
      const star = (url: string): string => (random() < 0.4 ? `${url}*` : url);
      return {
        verbs,
        nonResourceURLs: several(random, 1, 2, () => (random() < 0.05 ? '*' : star(pick(random, URLS)))),
      };
    }
    return {
      verbs,
      apiGroups: several(random, 1, 2, () => pick(random, GROUPS)),
      resources: several(random, 1, 3, () => resource(random)),
      ...(random() < 0.25 ? { resourceNames: several(random, 1, 2, () => pick(random, NAMES)) } : {}),
    };
  });
}

function resource(random: Random): string {
  const kind = random();
  if (kind < 0.06) return '*';
  if (kind < 0.16) return `*/${pick(random, SUBRESOURCES)}`;
  if (kind < 0.45) return `${pick(random, RESOURCES)}/${pick(random, SUBRESOURCES)}`;
  return pick(random, RESOURCES);
}

function subjects(random: Random): unknown[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  return several(random, 1, 2, () => {
    const kind = random();
    if (kind < 0.4) return { apiGroup, kind: 'User', name: pick(random, USERS) };
    if (kind < 0.65) return { apiGroup, kind: 'Group', name: pick(random, MEMBERS) };
    return { kind: 'ServiceAccount', name: pick(random, ['app', 'job']), namespace: pick(random, NAMESPACES) };
  });
}

/** A question; half of them are made of a rule that is there, so that they are often allowed. */
export function randomRequest(random: Random, objects: readonly Manifest[]): Asked {
  const user = random() < 0.02 ? 'system:kube-scheduler' : pick(random, USERS);
  const groups = random() < 0.01 ? ['system:masters'] : several(random, 0, 2, () => pick(random, MEMBERS));
  return { user, groups, request: random() < 0.12 ? urlRequest(random) : resourceRequest(random, objects) };
}

function urlRequest(random: Random): Request {
  const end = pick(random, ['', '', '/', '/deep', 'z']);
  return { verb: pick(random, VERBS), path: `${pick(random, URLS)}${end}` };
}

function resourceRequest(random: Random, objects: readonly Manifest[]): Request {
  const near =
    random() < 0.5
      ? (pick(random, objects)['rules'] as readonly Record<string, readonly string[]>[] | undefined)
      : undefined;
  const rule = near?.[0];
  const written = pick(random, rule?.['resources'] ?? RESOURCES).split('/');
  const [resource = 'pods', below] = written[0] === '*' ? [pick(random, RESOURCES), written[1]] : written;
  const subresource = random() < 0.15 ? pick(random, SUBRESOURCES) : below;
  const name = random() < 0.5 ? pick(random, rule?.['resourceNames'] ?? NAMES) : undefined;
  const namespace = random() < 0.8 ? pick(random, NAMESPACES) : undefined;
  return {
    verb: pick(random, rule?.['verbs'] ?? VERBS),
    group: pick(random, rule?.['apiGroups'] ?? GROUPS),
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}

function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

function several<T>(random: Random, least: number, most: number, make: () => T): T[] {
  return Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, make);
}
