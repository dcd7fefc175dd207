import type { SourceLocation } from '../../../model/index.ts';
import type { RbacModel, Workload } from '../types.ts';
import type { Node } from './nodes.ts';

/** What having something gives, whoever has it. */
export interface Consequence {
  readonly from: Node;
  readonly to: Node;
  readonly how: string;
  readonly at?: SourceLocation;
  /** It only names a part of what is had. */
  readonly isPart?: true;
}

const SYSTEM = 'kube-system';

/** What pods, nodes, secrets and whole namespaces give to whoever has them. */
export function consequences(model: RbacModel): Consequence[] {
  const { namespaces, serviceAccounts, workloads, secrets, workloadRoles, nodeRoles } = model;
  const all: Consequence[] = [];
  const add = (from: Node, to: Node, how: string, at?: SourceLocation): void => {
    all.push({ from, to, how, ...(at === undefined ? {} : { at }) });
  };
  const part = (from: Node, to: Node, how: string, at?: SourceLocation): void => {
    all.push({ from, to, how, isPart: true, ...(at === undefined ? {} : { at }) });
  };

  for (const namespace of namespaces) {
    const everything: Node = { kind: 'namespace', namespace };
    for (const kind of ['pods', 'processes', 'accounts', 'secrets', 'ports', 'admission', 'scheduling'] as const) {
      part({ kind }, { kind, namespace }, 'in every namespace');
      if (kind !== 'admission') part(everything, { kind, namespace }, 'within everything there');
    }
    part({ kind: 'cluster-admin' }, everything, 'within everything');
    add({ kind: 'pods', namespace }, { kind: 'secrets', namespace }, 'mount them in a pod');
    add({ kind: 'pods', namespace }, { kind: 'node' }, 'run a privileged pod, or one with the file system of its host');
  }
  part({ kind: 'cluster-admin' }, { kind: 'node' }, 'within everything');
  part({ kind: 'cluster-admin' }, { kind: 'admission' }, 'within everything');
  part({ kind: 'cluster-admin' }, { kind: 'scheduling' }, 'within everything');

  for (const { namespace, name, at } of serviceAccounts) {
    const account: Node = { kind: 'account', namespace, name };
    part({ kind: 'accounts', namespace }, account, 'one of them', at);
    add({ kind: 'pods', namespace }, account, 'run a pod as it', at);
  }
  // Every node runs it, whoever installs it; which other pods run there is not in sight.
  add({ kind: 'processes', namespace: SYSTEM }, { kind: 'node' }, 'exec into kube-proxy, which is privileged');
  const accounts = new Map(serviceAccounts.map((account) => [`${account.namespace}/${account.name}`, account]));
  for (const one of workloads) {
    const { namespace, serviceAccount: name, secrets: held, escapes, at } = one;
    const workload = workloadNode(one);
    part({ kind: 'processes', namespace }, workload, 'one of them', at);
    const account = accounts.get(`${namespace}/${name}`);
    if (one.mountsToken ?? account?.mountsToken ?? true) {
      add(workload, { kind: 'account', namespace, name }, 'read the token in its pod', at);
    } else {
      // EKS gives the pod what it needs for the role, whether or not the token is mounted.
      for (const { role, serviceAccount, namespace: home, at: place } of workloadRoles) {
        if (serviceAccount === name && home === namespace)
          add(workload, { kind: 'iam-role', role }, 'act as the role', place);
      }
    }
    for (const secret of held) {
      if (secret.held) add(workload, { kind: 'secret', namespace, name: secret.name }, 'read it in its pod', secret.at);
    }
    if (escapes !== undefined) add(workload, { kind: 'node' }, `its pod ${escapes.how}`, escapes.at);
  }
  for (const { namespace, name, tokenOf, at } of secrets) {
    const secret: Node = { kind: 'secret', namespace, name };
    part({ kind: 'secrets', namespace }, secret, 'one of them', at);
    if (tokenOf !== undefined) add(secret, { kind: 'account', namespace, name: tokenOf }, 'it holds a token', at);
  }
  add({ kind: 'node' }, { kind: 'processes' }, 'read what the pods of the node hold');
  for (const { role, at } of nodeRoles)
    add({ kind: 'node' }, { kind: 'iam-role', role }, 'ask the metadata service', at);
  for (const { namespace, serviceAccount: name, role, by, at } of workloadRoles) {
    const how = by === 'irsa' ? 'exchange its token for the role' : 'ask the pod identity agent';
    add({ kind: 'account', namespace, name }, { kind: 'iam-role', role }, how, at);
  }
  return all;
}

/** A workload as a node. */
export function workloadNode({ kind: type, namespace, name }: Workload): Node {
  return { kind: 'workload', type, namespace, name };
}
