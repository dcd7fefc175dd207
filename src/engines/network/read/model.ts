import type { KubernetesFact } from '../../../facts/kubernetes/types.ts';
import { child, itemsOf, textOf } from '../../../lib/yaml/index.ts';
import { blockOf, addressOrBlock, type AddressRange } from '../addresses.ts';
import { readOrder } from '../calico/policy.ts';
import { isTierKnown, tiersOf, type DeclaredTier } from '../tiers.ts';
import type { NetworkModel, NetworkSet, PodEndpoint, Problem, Selector } from '../types.ts';
import { profilesOf } from '../relation/profiles.ts';
import { readLabels } from './labels.ts';
import { NAMESPACE_NAME, namespaceLabels, surroundingsOf, type Surroundings } from './namespaces.ts';
import { opaque } from './network-policy.ts';
import { objectsOf, type ClusterObject } from './objects.ts';
import { podOf } from './pods.ts';
import { policyOf, type PlacedPolicy } from './policies.ts';
import { doubtOf, present, refuse, startReading, take, type ObjectReading, type Reading } from './reading.ts';

/** Namespaces that nobody declares: every cluster has them, labelled with their names. */
const ALWAYS_THERE: readonly string[] = ['default', 'kube-system', 'kube-public', 'kube-node-lease', '(unknown)'];

export interface NetworkOptions {
  /**
   * Networks that pods get their addresses from, in CIDR notation: they decide which blocks of addresses hold pods. An
   * empty list says that blocks never hold pods, as with Cilium. Absent: not known.
   */
  readonly podNetworks?: readonly string[];
}

/** Reads everything that decides who reaches whom. */
export function readModel(facts: readonly KubernetesFact[], options: NetworkOptions = {}): NetworkModel {
  const reading = startReading();
  const objects = objectsOf(facts, reading.problems);
  const around = surroundingsOf(objects);
  const pods = distinct(
    objects.flatMap((object) => podOf(object, around) ?? []),
    reading.problems,
  );
  const declared = objects.flatMap((object) => tierOf(object, reading) ?? []);
  const policies = objects.flatMap((object) => policyOf(object, reading) ?? []);
  const sets = objects.flatMap((object) => setOf(object, around, reading) ?? []);
  for (const object of objects) nameOthers(object, reading.problems);
  const placed = policies.map((policy) => inKnownTier(policy, declared, reading.problems));
  nameUndeclared(placed, pods, around, reading.problems);
  const podNetworks = options.podNetworks?.flatMap((text) => blockOf(text) ?? []);
  return {
    pods,
    sets,
    tiers: tiersOf(placed, declared),
    problems: reading.problems,
    ...(podNetworks === undefined ? {} : { podNetworks }),
  };
}

/** Variants of a workload that no policy can tell apart are one; others are told apart by a number, and named. */
function distinct(pods: readonly PodEndpoint[], problems: Problem[]): PodEndpoint[] {
  const byId = new Map<string, PodEndpoint[]>();
  for (const { pod } of profilesOf(pods, ({ id }) => id)) {
    const same = byId.get(pod.id);
    if (same === undefined) byId.set(pod.id, [pod]);
    else same.push(pod);
  }
  return [...byId].flatMap(([id, [first, ...others]]) => {
    if (first === undefined) return [];
    if (others.length > 0) {
      const message = `${id} is declared ${others.length + 1} times with different labels or ports: each is taken for itself`;
      problems.push({ kind: 'notice', reason: 'unresolved-value', message, at: first.at });
    }
    return [first, ...others.map((pod, at) => ({ ...pod, id: `${id}#${at + 2}` }))];
  });
}

function isCalico({ group }: ClusterObject): boolean {
  return group === 'crd.projectcalico.org' || group === 'projectcalico.org';
}

function readingOf({ fact, name }: ClusterObject, shared: Reading): ObjectReading {
  return { ...shared, title: `${fact.kind} ${name}`, refused: [] };
}

function tierOf(object: ClusterObject, shared: Reading): DeclaredTier | undefined {
  if (!isCalico(object) || object.fact.kind !== 'Tier') return undefined;
  const reading = readingOf(object, shared);
  const spec = child(object.fact.root, 'spec');
  const order = readOrder(reading, child(spec, 'order'));
  const action = textOf(present(child(spec, 'defaultAction'))) ?? 'Deny';
  const doubt =
    doubtOf(reading, spec) ?? doubtOf(reading, child(spec, 'order')) ?? doubtOf(reading, child(spec, 'defaultAction'));
  const isBad = action !== 'Deny' && action !== 'Pass';
  if (isBad) refuse(reading, `its default action is ${action}`, object.fact.at);
  // A tier whose place is not known is as good as not declared.
  if (doubt !== undefined || isBad || object.contested !== undefined) return undefined;
  return { name: object.name, order, endsWith: action === 'Pass' ? 'pass' : 'deny' };
}

function inKnownTier(placed: PlacedPolicy, declared: readonly DeclaredTier[], problems: Problem[]): PlacedPolicy {
  const { policy, place } = placed;
  if (place.of !== 'calico' || isTierKnown(place.tier, declared)) return placed;
  const why = `${policy.kind} ${policy.name}: its tier ${place.tier} is not in sight, so that its place is not known`;
  problems.push({
    kind: 'undecided',
    reason: 'not-in-sight',
    message: why,
    at: policy.at,
    closes: `add the Tier ${place.tier}`,
  });
  const root = { kind: 'scalar' as const, at: policy.at, value: null };
  const { ingress, egress, ...rest } = policy;
  return {
    policy: { ...rest, ...opaque({ why, at: policy.at }, root, policy.subject) },
    place: { of: 'nowhere' },
  };
}

function setOf(object: ClusterObject, around: Surroundings, shared: Reading): NetworkSet | undefined {
  const { fact, name, namespace } = object;
  if (!isCalico(object) || (fact.kind !== 'NetworkSet' && fact.kind !== 'GlobalNetworkSet')) return undefined;
  const reading = readingOf(object, shared);
  const nets: AddressRange[] = [];
  const spec = child(fact.root, 'spec');
  let open = object.contested ?? doubtOf(reading, spec);
  for (const item of itemsOf(present(child(spec, 'nets')))) {
    const range = addressOrBlock(textOf(item) ?? '');
    const doubt = doubtOf(reading, item) ?? take(reading, 'blocks', item.at);
    if (doubt !== undefined) open = doubt;
    else if (range === undefined)
      open = refuse(reading, `${textOf(item) ?? 'a collection'} is no block of addresses`, item.at);
    else nets.push(range);
  }
  return {
    name,
    at: fact.at,
    labels: readLabels(child(fact.root, 'metadata')),
    namespaceLabels: fact.kind === 'NetworkSet' ? namespaceLabels(around, namespace) : { known: new Map() },
    nets,
    ...(open === undefined ? {} : { open }),
  };
}

/** What Calico knows beside policies, tiers and sets, and this version does not take into account. */
function nameOthers(object: ClusterObject, problems: Problem[]): void {
  const { fact, name } = object;
  if (!isCalico(object)) return;
  if (fact.kind === 'HostEndpoint') {
    const message = `HostEndpoint ${name}: policies of hosts are not evaluated`;
    problems.push({ kind: 'undecided', reason: 'engine-missing', message, at: fact.at });
  } else if (fact.kind === 'Profile') {
    const message = `Profile ${name}: pods have the profiles of their namespace and service account, which allow what no policy decides`;
    problems.push({ kind: 'notice', reason: 'not-in-sight', message, at: fact.at });
  }
}

/** Namespaces that hold pods, are not declared, and are asked for labels: only their names are known. */
function nameUndeclared(
  policies: readonly PlacedPolicy[],
  pods: readonly PodEndpoint[],
  around: Surroundings,
  problems: Problem[],
): void {
  const keys = new Set<string>();
  for (const { policy } of policies) {
    collectKeys(policy.subject, keys);
    for (const { peers, own } of [...(policy.ingress ?? []), ...(policy.egress ?? [])])
      for (const peer of own === undefined ? peers : [...peers, own])
        for (const selector of [peer.selector, peer.notSelector])
          if (selector !== undefined) collectKeys(selector, keys);
  }
  keys.delete(NAMESPACE_NAME);
  if (keys.size === 0) return;
  const undeclared = new Map(
    pods
      .filter(({ namespace }) => !around.namespaces.has(namespace) && !ALWAYS_THERE.includes(namespace))
      .map(({ namespace, at }) => [namespace, at] as const),
  );
  for (const [namespace, at] of undeclared) {
    problems.push({
      kind: 'undecided',
      reason: 'not-in-sight',
      message: `the namespace ${namespace} is not declared, and selectors ask for its labels (${[...keys].slice(0, 3).join(', ')}): only its name is known`,
      at,
      closes: `add the Namespace ${namespace} with its labels`,
    });
  }
}

function collectKeys(selector: Selector, keys: Set<string>): void {
  if (selector.kind === 'label' && selector.of === 'namespace') keys.add(selector.key);
  else if (selector.kind === 'not') collectKeys(selector.item, keys);
  else if (selector.kind === 'and' || selector.kind === 'or')
    for (const item of selector.items) collectKeys(item, keys);
}
