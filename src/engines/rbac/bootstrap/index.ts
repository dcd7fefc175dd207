import type { Binding, BoundSubject, Role, Scope } from '../types.ts';
import { CLUSTER_ROLES } from './cluster-roles.ts';
import { CONTROLLER_ROLES } from './controller-roles.ts';
import { NAMESPACE_ROLES } from './namespace-roles.ts';
import { parseRole } from './parse.ts';

/** The version whose roles and bindings stand here. */
export const BOOTSTRAP_VERSION = '1.36';

const SYSTEM = 'kube-system';
const CONTROLLER = 'system:controller:';

type Row = readonly [name: string, role: string, ...subjects: readonly (readonly [BoundSubject['kind'], string])[]];

/** Cluster-wide; service accounts are those of kube-system. */
const CLUSTER_BINDINGS: readonly Row[] = [
  ['cluster-admin', 'cluster-admin', ['Group', 'system:masters']],
  ['system:basic-user', 'system:basic-user', ['Group', 'system:authenticated']],
  ['system:discovery', 'system:discovery', ['Group', 'system:authenticated']],
  ['system:kube-controller-manager', 'system:kube-controller-manager', ['User', 'system:kube-controller-manager']],
  ['system:kube-dns', 'system:kube-dns', ['ServiceAccount', 'kube-dns']],
  ['system:kube-scheduler', 'system:kube-scheduler', ['User', 'system:kube-scheduler']],
  ['system:monitoring', 'system:monitoring', ['Group', 'system:monitoring']],
  // Nodes are authorised by the Node authorizer; the binding is created without subjects.
  ['system:node', 'system:node'],
  ['system:node-proxier', 'system:node-proxier', ['User', 'system:kube-proxy']],
  [
    'system:public-info-viewer',
    'system:public-info-viewer',
    ['Group', 'system:authenticated'],
    ['Group', 'system:unauthenticated'],
  ],
  [
    'system:service-account-issuer-discovery',
    'system:service-account-issuer-discovery',
    ['Group', 'system:serviceaccounts'],
  ],
  ['system:volume-scheduler', 'system:volume-scheduler', ['User', 'system:kube-scheduler']],
];

/** Of roles in one namespace, with that namespace. */
const NAMESPACE_BINDINGS: readonly (readonly [namespace: string, ...Row])[] = [
  [
    'kube-public',
    'system:controller:bootstrap-signer',
    'system:controller:bootstrap-signer',
    ['ServiceAccount', 'bootstrap-signer'],
  ],
  [
    SYSTEM,
    'system::extension-apiserver-authentication-reader',
    'extension-apiserver-authentication-reader',
    ['User', 'system:kube-controller-manager'],
    ['User', 'system:kube-scheduler'],
  ],
  [
    SYSTEM,
    'system::leader-locking-kube-controller-manager',
    'system::leader-locking-kube-controller-manager',
    ['User', 'system:kube-controller-manager'],
    ['ServiceAccount', 'kube-controller-manager'],
    ['ServiceAccount', 'leader-election-controller'],
  ],
  [
    SYSTEM,
    'system::leader-locking-kube-scheduler',
    'system::leader-locking-kube-scheduler',
    ['User', 'system:kube-scheduler'],
    ['ServiceAccount', 'kube-scheduler'],
  ],
  [
    SYSTEM,
    'system:controller:bootstrap-signer',
    'system:controller:bootstrap-signer',
    ['ServiceAccount', 'bootstrap-signer'],
  ],
  [
    SYSTEM,
    'system:controller:cloud-provider',
    'system:controller:cloud-provider',
    ['ServiceAccount', 'cloud-provider'],
  ],
  [SYSTEM, 'system:controller:token-cleaner', 'system:controller:token-cleaner', ['ServiceAccount', 'token-cleaner']],
];

/** Every role that the API server brings. */
export function bootstrapRoles(): Role[] {
  return [...CLUSTER_ROLES, ...CONTROLLER_ROLES, ...NAMESPACE_ROLES].map((row) => parseRole(row));
}

/** Every binding that the API server brings. */
export function bootstrapBindings(): Binding[] {
  return [
    ...CLUSTER_BINDINGS.map((row) => binding({ kind: 'cluster' }, 'ClusterRole', row)),
    ...CONTROLLER_ROLES.map(({ name }) =>
      binding({ kind: 'cluster' }, 'ClusterRole', [
        name,
        name,
        ['ServiceAccount', name.slice(CONTROLLER.length)] as const,
      ]),
    ),
    ...NAMESPACE_BINDINGS.map(([namespace, ...row]) => binding({ kind: 'namespace', namespace }, 'Role', row)),
  ];
}

function binding(scope: Scope, kind: Role['kind'], [name, role, ...subjects]: Row): Binding {
  return {
    name,
    scope,
    role: { kind, name: role },
    subjects: subjects.map(([subject, called]) => ({
      kind: subject,
      name: called,
      ...(subject === 'ServiceAccount' ? { namespace: SYSTEM } : {}),
    })),
    source: 'kubernetes',
  };
}
