import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import { child, entriesOf, textOf, whyUnknown } from '../../lib/yaml/index.ts';
import type { Gap } from '../../model/index.ts';
import { readAwsAuth } from './eks/aws-auth.ts';
import { namespaceFinder } from './namespaces.ts';
import { readBinding } from './read-binding.ts';
import { readRole } from './read-role.ts';
import { flagOf } from './read-values.ts';
import { readWorkload } from './read-workload.ts';
import type { Binding, IamIdentity, Role, Secret, ServiceAccount, Workload, WorkloadRole } from './types.ts';

/** What Kubernetes objects say of rights: everything that is in `RbacModel`, before it is put together. */
export interface ReadFacts {
  readonly roles: Role[];
  readonly bindings: Binding[];
  readonly serviceAccounts: ServiceAccount[];
  readonly workloads: Workload[];
  readonly secrets: Secret[];
  readonly workloadRoles: WorkloadRole[];
  readonly iamIdentities: IamIdentity[];
  readonly namespaces: string[];
  /** The ConfigMap aws-auth, where it stands here. */
  readonly awsAuth: KubernetesFact[];
  readonly gaps: Gap[];
}

const RBAC = 'rbac.authorization.k8s.io/';
const RBAC_KINDS = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);

/** Reads what Kubernetes objects say of rights. An object that is not understood becomes a gap. */
export function readFacts(facts: readonly KubernetesFact[]): ReadFacts {
  const read: ReadFacts = {
    roles: [],
    bindings: [],
    serviceAccounts: [],
    workloads: [],
    secrets: [],
    workloadRoles: [],
    iamIdentities: [],
    namespaces: [],
    awsAuth: [],
    gaps: [],
  };
  const namespaceOf = namespaceFinder(facts);
  for (const fact of facts) readObject(fact, namespaceOf(fact), read);
  return read;
}

function readObject(fact: KubernetesFact, namespace: string, read: ReadFacts): void {
  const { kind, name, at, root } = fact;
  if (RBAC_KINDS.has(kind) && isOurs(fact, read)) {
    if (name === undefined) {
      read.gaps.push({ reason: 'unresolved-value', message: `a ${kind} without a name that is known is not read`, at });
    } else if (kind === 'Role' || kind === 'ClusterRole') read.roles.push(readRole(fact, name, namespace));
    else read.bindings.push(readBinding(fact, name, namespace));
    return;
  }
  if (fact.apiVersion === 'v1' && name !== undefined) {
    if (kind === 'Namespace') read.namespaces.push(name);
    else if (kind === 'ServiceAccount') readAccount(fact, name, namespace, read);
    else if (kind === 'ConfigMap' && name === 'aws-auth') {
      read.awsAuth.push(fact);
      const { identities, gaps } = readAwsAuth(fact);
      read.iamIdentities.push(...identities);
      read.gaps.push(...gaps);
    } else if (kind === 'Secret') {
      const tokenOf = isToken(fact) ? annotation(fact, 'kubernetes.io/service-account.name') : undefined;
      read.secrets.push({ namespace, name, declared: true, at, ...(tokenOf === undefined ? {} : { tokenOf }) });
    }
  }
  const workload = readWorkload(fact, name ?? '', namespace);
  if (workload !== undefined) read.workloads.push(workload);
  else if (kind === 'ExternalSecret' || kind === 'SealedSecret') {
    const target = child(child(child(root, 'spec'), kind === 'ExternalSecret' ? 'target' : 'template'), 'name');
    const made = textOf(target) ?? name;
    if (made !== undefined) read.secrets.push({ namespace, name: made, declared: false, at });
  }
}

/** Whether the object is one of the version that the API server takes; older ones have the same shape and are read all the same. */
function isOurs({ apiVersion, kind, at, name = '' }: KubernetesFact, { gaps }: ReadFacts): boolean {
  const isRbac = apiVersion.startsWith(RBAC);
  if (isRbac && /^v1(?:(?:alpha|beta)1)?$/.test(apiVersion.slice(RBAC.length))) return true;
  const reason = 'engine-missing' as const;
  if (isRbac || apiVersion.startsWith('authorization.openshift.io/')) {
    gaps.push({ reason, message: `the ${kind} ${name} of ${apiVersion} is of a version that is not read`, at });
  }
  return false;
}

function readAccount(fact: KubernetesFact, name: string, namespace: string, read: ReadFacts): void {
  const mountsToken = flagOf(child(fact.root, 'automountServiceAccountToken'));
  read.serviceAccounts.push({ namespace, name, at: fact.at, ...(mountsToken === undefined ? {} : { mountsToken }) });
  const annotations = child(child(fact.root, 'metadata'), 'annotations');
  const hole = whyUnknown(annotations);
  const entry = entriesOf(annotations).find(({ key }) => key === 'eks.amazonaws.com/role-arn');
  if (entry === undefined && hole === undefined) return;
  const why = hole ?? whyUnknown(entry?.value);
  const role = why === undefined ? textOf(entry?.value) : `(${why})`;
  const at = entry?.value.at ?? fact.at;
  if (role !== undefined && role !== '')
    read.workloadRoles.push({ namespace, serviceAccount: name, role, by: 'irsa', at });
}

function isToken({ root }: KubernetesFact): boolean {
  return textOf(child(root, 'type')) === 'kubernetes.io/service-account-token';
}

function annotation({ root }: KubernetesFact, key: string): string | undefined {
  return textOf(child(child(child(root, 'metadata'), 'annotations'), key));
}
