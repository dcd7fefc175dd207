import { accountName, subjectOf } from '../subjects.ts';
import type { IamIdentity, Role, Subject } from '../types.ts';

/** Somebody, or something that somebody can have. Without a namespace: in all of them. */
export type Node =
  | { readonly kind: 'iam'; readonly identity: IamIdentity }
  | { readonly kind: 'account'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'user' | 'group'; readonly name: string }
  /** To run code in the pods of one workload. */
  | { readonly kind: 'workload'; readonly type: string; readonly namespace: string; readonly name: string }
  /** To hold a role: somebody who may bind it. */
  | { readonly kind: 'holder'; readonly role: Role; readonly namespace?: string }
  /** To run any pod there. */
  | { readonly kind: 'pods'; readonly namespace?: string }
  /** To run code in the pods that are there. */
  | { readonly kind: 'processes'; readonly namespace?: string }
  /** To connect to the ports of pods there, past network policies. */
  | { readonly kind: 'ports'; readonly namespace?: string }
  /** To be any service account there. */
  | { readonly kind: 'accounts'; readonly namespace?: string }
  /** To read every secret there. */
  | { readonly kind: 'secrets'; readonly namespace?: string }
  | { readonly kind: 'secret'; readonly namespace: string; readonly name: string }
  /** Everything in one namespace. */
  | { readonly kind: 'namespace'; readonly namespace: string }
  /** To be any user and group but system:masters. */
  | { readonly kind: 'certificates' }
  /** To be any user that is no service account, without its groups. */
  | { readonly kind: 'users' }
  /** To switch off or go round what admits objects. */
  | { readonly kind: 'admission'; readonly namespace?: string }
  /** To evict pods, or to move them to other nodes. */
  | { readonly kind: 'scheduling'; readonly namespace?: string }
  /** A node, with what its pods hold. */
  | { readonly kind: 'node' }
  /** Everything in the cluster. */
  | { readonly kind: 'cluster-admin' }
  /** To act as an IAM role. */
  | { readonly kind: 'iam-role'; readonly role: string };

/** What tells one node from the others. */
export function nodeKey(node: Node): string {
  switch (node.kind) {
    case 'iam':
      return `iam ${node.identity.by} ${node.identity.principal} ${node.identity.user}`;
    case 'workload':
      return `workload ${node.namespace}/${node.type}/${node.name}`;
    case 'account':
    case 'secret':
      return `${node.kind} ${node.namespace}/${node.name}`;
    case 'user':
    case 'group':
      return `${node.kind} ${node.name}`;
    case 'iam-role':
      return `iam-role ${node.role}`;
    case 'holder':
      return `holder ${node.namespace ?? '*'} ${node.role.kind} ${node.role.namespace ?? ''}/${node.role.name}`;
    case 'certificates':
    case 'users':
    case 'node':
    case 'cluster-admin':
      return node.kind;
    default:
      return `${node.kind} ${node.namespace ?? '*'}`;
  }
}

/** Who asks when a node asks the API server; undefined for what is nobody. */
export function subjectOfNode(node: Node): Subject | undefined {
  switch (node.kind) {
    case 'iam':
      return node.identity;
    case 'account':
      return subjectOf(accountName(node.namespace, node.name));
    case 'user':
      return subjectOf(node.name);
    case 'group':
      // Some member: what it has beside this group is not known.
      return node.name === 'system:unauthenticated'
        ? { user: '', groups: [node.name] }
        : { user: '', groups: [...new Set([node.name, 'system:authenticated'])] };
    default:
      return undefined;
  }
}

/** A node in words, as a path prints it. */
export function describeNode(node: Node): string {
  const where = 'namespace' in node ? ` in ${node.namespace}` : ' in every namespace';
  switch (node.kind) {
    case 'iam':
      return node.identity.principal;
    case 'account':
      return `ServiceAccount ${node.namespace}/${node.name}`;
    case 'workload':
      return `${node.type} ${node.namespace}/${node.name}`;
    case 'user':
      return `User ${node.name}`;
    case 'group':
      return `Group ${node.name}`;
    case 'secret':
      return `Secret ${node.namespace}/${node.name}`;
    case 'namespace':
      return `everything in ${node.namespace}`;
    case 'holder':
      return `${node.role.kind} ${node.role.name}${where}`;
    case 'certificates':
      return 'certificates of any user';
    case 'users':
      return 'any user';
    case 'node':
      return 'a node, with what its pods hold';
    case 'cluster-admin':
      return 'everything in the cluster';
    case 'iam-role':
      return `IAM role ${node.role}`;
    case 'pods':
      return `any pod${where}`;
    case 'processes':
      return `code in the pods${where}`;
    case 'ports':
      return `ports of the pods${where}`;
    case 'accounts':
      return `any service account${where}`;
    case 'secrets':
      return `every secret${where}`;
    case 'admission':
      return `admission${where}`;
    case 'scheduling':
      return `moving pods${where}`;
  }
}
