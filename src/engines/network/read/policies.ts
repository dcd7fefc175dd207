import { child } from '../../../lib/yaml/index.ts';
import { readCalicoPolicy } from '../calico/policy.ts';
import type { Policy, Selector } from '../types.ts';
import { readClusterPolicy } from './cluster-policy.ts';
import { NAMESPACE_NAME } from './namespaces.ts';
import { and, opaque, readNetworkPolicy, type PolicyBody } from './network-policy.ts';
import type { ClusterObject } from './objects.ts';
import { refuse, undecided, type ObjectReading, type Reading } from './reading.ts';

/** A policy, and which of the tiers it belongs to. */
export interface PlacedPolicy {
  readonly policy: Policy;
  readonly place:
    | { readonly of: 'kubernetes' }
    | { readonly of: 'cluster'; readonly tier: 'Admin' | 'Baseline' }
    | { readonly of: 'calico'; readonly tier: string }
    /** It may do anything, wherever it stands. */
    | { readonly of: 'nowhere' };
}

/** Kinds that are policies: group, kind, versions whose meaning is known. Others of these groups are not evaluated. */
const CALICO_GROUPS: readonly string[] = ['crd.projectcalico.org', 'projectcalico.org'];

/** The policy that an object is; undefined where it is none, or one that is not in force. */
export function policyOf(object: ClusterObject, shared: Reading): PlacedPolicy | undefined {
  const { fact, name } = object;
  const isGlobal = /^(?:Global|Cluster|Admin|Baseline|CiliumClusterwide)/.test(fact.kind);
  const inNamespace = isGlobal ? { kind: 'all' as const } : namespaceSelector(object.namespace);
  const title = `${fact.kind} ${isGlobal || typeof object.namespace !== 'string' ? '' : `${object.namespace}/`}${name}`;
  const reading: ObjectReading = { ...shared, title, refused: [] };
  const read = readBody(object, reading, inNamespace, isGlobal);
  if (read === undefined) return undefined;
  const { body, place, order } = read;
  const doubt = object.contested ?? reading.refused[0];
  const policy = (from: PolicyBody, at: number): Policy => ({
    kind: fact.kind,
    name,
    ...(isGlobal ? {} : { namespace: typeof object.namespace === 'string' ? object.namespace : '(unknown)' }),
    at: fact.at,
    order: at,
    subject: doubt === undefined ? from.subject : and(from.subject, { kind: 'unknown', doubt }),
    hosts: place.of === 'cluster' ? 'never' : 'unclear',
    ...(from.ingress === undefined ? {} : { ingress: from.ingress }),
    ...(from.egress === undefined ? {} : { egress: from.egress }),
  });
  if (body.unplaced === undefined) return { policy: policy(body, order), place };
  return { policy: policy(opaque(body.unplaced, fact.root, body.subject), 0), place: { of: 'nowhere' } };
}

interface ReadBody {
  readonly body: PolicyBody;
  readonly place: PlacedPolicy['place'];
  readonly order: number;
}

function readBody(
  object: ClusterObject,
  reading: ObjectReading,
  inNamespace: Selector,
  isGlobal: boolean,
): ReadBody | undefined {
  const { fact, group, version } = object;
  const { kind, root } = fact;
  if (group === 'networking.k8s.io' || (group === 'extensions' && kind === 'NetworkPolicy')) {
    if (kind !== 'NetworkPolicy') return undefined;
    if (group !== 'networking.k8s.io' || version !== 'v1') unserved(reading, object);
    return { body: readNetworkPolicy(reading, root, inNamespace), place: { of: 'kubernetes' }, order: 0 };
  }
  if (group === 'policy.networking.k8s.io' && /NetworkPolicy$/.test(kind)) {
    if (version !== (kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1')) unserved(reading, object);
    const body = readClusterPolicy(reading, kind, root);
    return { body, place: { of: 'cluster', tier: body.tier }, order: body.order };
  }
  if (CALICO_GROUPS.includes(group) && /NetworkPolicy$/.test(kind))
    return readCalico(object, reading, inNamespace, isGlobal);
  if (!/(?:NetworkPolicy|EgressFirewall|EgressNetworkPolicy)$/.test(kind)) return undefined;
  const doubt = undecided(
    reading,
    `policies of ${group === '' ? 'the core API' : group} are recognised, and not evaluated`,
    fact.at,
  );
  return { body: opaque(doubt, root, inNamespace), place: { of: 'nowhere' }, order: 0 };
}

function readCalico(
  object: ClusterObject,
  reading: ObjectReading,
  inNamespace: Selector,
  isGlobal: boolean,
): ReadBody | undefined {
  const { fact, group, version } = object;
  const spec = child(fact.root, 'spec');
  if (fact.kind.startsWith('Staged')) {
    notice(reading, object, 'it is staged, and not enforced');
    return undefined;
  }
  if (['doNotTrack', 'preDNAT'].some((key) => isTrue(child(spec, key)))) {
    notice(reading, object, 'it applies to hosts, not to pods');
    return undefined;
  }
  if (version !== (group === 'projectcalico.org' ? 'v3' : 'v1')) unserved(reading, object);
  const { tier, ...body } = readCalicoPolicy(reading, fact.root, isGlobal ? undefined : inNamespace);
  return { body, place: { of: 'calico', tier }, order: body.order };
}

function isTrue(node: ReturnType<typeof child>): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

function unserved(reading: ObjectReading, { fact }: ClusterObject): void {
  refuse(reading, `${fact.apiVersion} is no version that is known`, fact.at);
}

function notice(reading: ObjectReading, { fact }: ClusterObject, what: string): void {
  reading.problems.push({ kind: 'notice', reason: 'not-in-sight', message: `${reading.title}: ${what}`, at: fact.at });
}

function namespaceSelector(namespace: ClusterObject['namespace']): Selector {
  if (typeof namespace !== 'string') return { kind: 'unknown', doubt: namespace };
  return { kind: 'label', of: 'namespace', key: NAMESPACE_NAME, test: { is: 'in', values: [namespace] } };
}
