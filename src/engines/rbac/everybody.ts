import { bootstrapBindings } from './bootstrap/index.ts';
import { nodeKey, type Node } from './closure/nodes.ts';
import type { BoundSubject, RbacModel } from './types.ts';

/** IAM principals, service accounts, and the users and groups that bindings name. */
export function everybody({ iamIdentities, serviceAccounts, bindings }: RbacModel): Node[] {
  const found = new Map<string, Node>();
  const add = (node: Node): void => {
    found.set(nodeKey(node), node);
  };
  for (const identity of iamIdentities) add({ kind: 'iam', identity });
  for (const { namespace, name } of serviceAccounts) add({ kind: 'account', namespace, name });
  for (const { subjects, source } of bindings) {
    for (const { kind, name } of source === 'eks' ? [] : subjects) {
      if (kind === 'Group') add({ kind: 'group', name });
      else if (kind === 'User' && !name.startsWith('system:serviceaccount:')) add({ kind: 'user', name });
    }
  }
  return [...found.values()];
}

/** Groups that people and workloads are in, although their names look like the system's. */
const OPEN_GROUPS = /^system:(?:authenticated|unauthenticated|serviceaccounts(?::.*)?)$/;

const OWN_ACCOUNTS: ReadonlySet<string> = new Set(
  bootstrapBindings().flatMap(({ subjects }) =>
    subjects.flatMap(({ kind, namespace = '', name }: BoundSubject) =>
      kind === 'ServiceAccount' ? [`${namespace}/${name}`] : [],
    ),
  ),
);

/** Whether somebody is a part of Kubernetes itself: its controllers, its components, its administrators' group. */
export function isOfKubernetes(node: Node): boolean {
  switch (node.kind) {
    case 'account':
      return OWN_ACCOUNTS.has(`${node.namespace}/${node.name}`);
    case 'user':
      return node.name.startsWith('system:') && node.name !== 'system:anonymous';
    case 'group':
      return node.name.startsWith('system:') && !OPEN_GROUPS.test(node.name);
    case 'iam':
      return node.identity.groups.includes('system:nodes');
    default:
      return false;
  }
}
