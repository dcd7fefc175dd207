import type { Gap, SourceLocation } from '../../../model/index.ts';
import type { ResourceInstance } from '../../terraform/index.ts';
import type { Binding, IamIdentity, RbacModel, Role, WorkloadRole } from '../types.ts';
import { readAccessEntries } from './access-entries.ts';
import { argument, textOrWhy } from './values.ts';

/** What Terraform says of an EKS cluster's identities. */
export interface EksFacts {
  readonly identities: readonly IamIdentity[];
  readonly roles: readonly Role[];
  readonly bindings: readonly Binding[];
  readonly workloadRoles: readonly WorkloadRole[];
  readonly nodeRoles: RbacModel['nodeRoles'];
  /** Whether the ConfigMap aws-auth is asked: false with the mode API; undefined where no cluster is in sight. */
  readonly configMap?: { readonly isRead: boolean; readonly at: SourceLocation };
  readonly gaps: readonly Gap[];
}

/** Reads the clusters, access entries, pod identities and node groups of evaluated Terraform. */
export function readEks(all: readonly ResourceInstance[]): EksFacts {
  const resources = all.filter(({ mode, type }) => mode === 'managed' && type.startsWith('aws_eks_'));
  const clusters = resources.filter(({ type }) => type === 'aws_eks_cluster');
  const modes = clusters.map((cluster) => ({ cluster, mode: modeOf(cluster) }));
  const [first] = modes;
  const reading = modes.find(({ mode }) => mode !== 'API');
  const entriesCount = modes.length === 0 || modes.some(({ mode }) => mode !== 'CONFIG_MAP');
  const entries = readAccessEntries(entriesCount ? resources : []);
  const at = (reading ?? first)?.cluster.headAt;
  return {
    ...entries,
    identities: [...clusters.flatMap(creatorOf), ...entries.identities],
    workloadRoles: resources.filter(({ type }) => type === 'aws_eks_pod_identity_association').map(podIdentity),
    nodeRoles: resources.flatMap(nodeRole),
    ...(at === undefined ? {} : { configMap: { isRead: reading !== undefined, at } }),
  };
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster#access_config; the default is the ConfigMap alone. */
function modeOf(cluster: ResourceInstance): string {
  return textOrWhy(argument(cluster, 'access_config', 'authentication_mode')) ?? 'CONFIG_MAP';
}

/** Who creates the cluster administers it, unless the cluster says otherwise. */
function creatorOf(cluster: ResourceInstance): IamIdentity[] {
  const bootstrap = argument(cluster, 'access_config', 'bootstrap_cluster_creator_admin_permissions');
  if (bootstrap?.kind === 'bool' && !bootstrap.value) return [];
  const { address, headAt: at } = cluster;
  const user = `creator of ${address}`;
  return [{ principal: user, user, groups: ['system:masters', 'system:authenticated'], by: 'cluster-creator', at }];
}

function podIdentity(association: ResourceInstance): WorkloadRole {
  return {
    namespace: textOrWhy(argument(association, 'namespace')) ?? '',
    serviceAccount: textOrWhy(argument(association, 'service_account')) ?? '',
    role: textOrWhy(argument(association, 'role_arn')) ?? `(${association.address})`,
    by: 'pod-identity',
    at: association.headAt,
  };
}

function nodeRole(group: ResourceInstance): RbacModel['nodeRoles'] {
  if (group.type !== 'aws_eks_node_group') return [];
  const role = textOrWhy(argument(group, 'node_role_arn')) ?? `(${group.address})`;
  return [{ role, at: group.headAt }];
}
