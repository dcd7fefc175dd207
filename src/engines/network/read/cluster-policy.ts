import { child, itemsOf, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import type { AddressRange } from '../addresses.ts';
import type { Direction, Doubt, Peer, PortMatch, Rule, Selector } from '../types.ts';
import { readLabelSelector } from './labels.ts';
import { and, opaque, readCidr, type PolicyBody } from './network-policy.ts';
import { isPort, readPort, readProtocol } from './ports.ts';
import { doubtOf, present, refuse, take, undecided, type ObjectReading } from './reading.ts';

/** Its place among the others: Admin comes before NetworkPolicy, Baseline behind it. */
export interface ClusterPolicyBody extends PolicyBody {
  readonly tier: 'Admin' | 'Baseline';
  readonly order: number;
}

/**
 * `spec` of an AdminNetworkPolicy or BaselineAdminNetworkPolicy (policy.networking.k8s.io/v1alpha1) or of a
 * ClusterNetworkPolicy (v1alpha2).
 */
export function readClusterPolicy(reading: ObjectReading, kind: string, root: YamlNode): ClusterPolicyBody {
  const spec = child(root, 'spec');
  const place = readPlace(reading, kind, spec ?? root);
  const doubt = doubtOf(reading, spec);
  if (doubt !== undefined) return { ...place, ...opaque(doubt, root, { kind: 'all' }) };
  const subject = readPods(reading, child(spec, 'subject')) ?? {
    kind: 'unknown' as const,
    doubt: refuse(reading, 'no subject', (spec ?? root).at),
  };
  const [ingress, egress] = (['ingress', 'egress'] as const).map((direction) =>
    itemsOf(present(child(spec, direction))).map((rule) => readRule(reading, rule, direction)),
  );
  return {
    ...place,
    subject,
    ...(ingress === undefined || ingress.length === 0 ? {} : { ingress }),
    ...(egress === undefined || egress.length === 0 ? {} : { egress }),
  };
}

function readPlace(
  reading: ObjectReading,
  kind: string,
  spec: YamlNode,
): Pick<ClusterPolicyBody, 'tier' | 'order' | 'unplaced'> {
  if (kind === 'BaselineAdminNetworkPolicy') return { tier: 'Baseline', order: 0 };
  const priority = child(spec, 'priority');
  const value = priority?.kind === 'scalar' ? priority.value : undefined;
  const isGood = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1000;
  const tier = kind === 'AdminNetworkPolicy' ? undefined : child(spec, 'tier');
  const unknown = doubtOf(reading, priority) ?? doubtOf(reading, tier) ?? doubtOf(reading, spec);
  if (unknown !== undefined) return { tier: 'Admin', order: 0, unplaced: unknown };
  if (!isGood) refuse(reading, 'its priority is no number from 0 to 1000', (priority ?? spec).at);
  const order = isGood ? value : 0;
  if (kind === 'AdminNetworkPolicy') return { tier: 'Admin', order };
  const text = textOf(tier);
  if (text !== 'Admin' && text !== 'Baseline')
    refuse(reading, 'its tier is neither Admin nor Baseline', (tier ?? spec).at);
  return { tier: text === 'Baseline' ? 'Baseline' : 'Admin', order };
}

/** `namespaces`, or `pods` with `namespaceSelector` and `podSelector`; undefined where neither is there. */
function readPods(reading: ObjectReading, node: YamlNode | undefined): Selector | undefined {
  const doubt = doubtOf(reading, node);
  if (doubt !== undefined) return { kind: 'unknown', doubt };
  const namespaces = readLabelSelector(reading, child(node, 'namespaces'), 'namespace');
  if (namespaces !== undefined) return namespaces;
  const pods = present(child(node, 'pods'));
  if (pods === undefined) return undefined;
  const unknown = doubtOf(reading, pods);
  if (unknown !== undefined) return { kind: 'unknown', doubt: unknown };
  return and(
    readLabelSelector(reading, child(pods, 'namespaceSelector'), 'namespace') ?? { kind: 'all' },
    readLabelSelector(reading, child(pods, 'podSelector'), 'own') ?? { kind: 'all' },
  );
}

const ACTIONS: ReadonlyMap<string, Rule['action']> = new Map([
  ['Allow', 'allow'],
  ['Accept', 'allow'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
]);

function readRule(reading: ObjectReading, node: YamlNode, direction: Direction): Rule {
  const { at } = node;
  const unknown = doubtOf(reading, node) ?? doubtOf(reading, child(node, 'action'));
  const action = ACTIONS.get(textOf(child(node, 'action')) ?? '');
  if (unknown !== undefined || action === undefined) {
    reading.refused.push(unknown ?? refuse(reading, 'a rule has no action of Allow, Deny and Pass', at));
    return { at, action: 'pass', peers: [{ at, ...(unknown === undefined ? {} : { doubt: unknown }) }] };
  }
  const list = present(child(node, direction === 'ingress' ? 'from' : 'to'));
  const listDoubt = doubtOf(reading, list);
  const peers =
    listDoubt === undefined ? itemsOf(list).map((peer) => readPeer(reading, peer)) : [{ at, doubt: listDoubt }];
  if (peers.length === 0) peers.push({ at, doubt: refuse(reading, 'a rule without peers', at) });
  const ports = [
    ...itemsOf(present(child(node, 'ports'))).map((port) => readAdminPort(reading, port)),
    ...itemsOf(present(child(node, 'protocols'))).map((port) => readClusterPort(reading, port)),
  ];
  return { at, action, peers, ...(ports.length === 0 ? {} : { ports }) };
}

function readPeer(reading: ObjectReading, node: YamlNode): Peer {
  const { at } = node;
  const doubt = take(reading, 'parts', at) ?? doubtOf(reading, node);
  if (doubt !== undefined) return { at, doubt };
  const selector = readPods(reading, node);
  if (selector !== undefined) return { at, selector };
  const networks = present(child(node, 'networks'));
  if (networks !== undefined) {
    const nets: AddressRange[] = [];
    let open: Doubt | undefined = doubtOf(reading, networks);
    if (open !== undefined) return { at, doubt: open };
    for (const item of itemsOf(networks)) {
      const block = doubtOf(reading, item) ?? readCidr(reading, item, node);
      if ('why' in block) open = block;
      else nets.push(block);
    }
    return open === undefined ? { at, nets } : { at, doubt: open };
  }
  const named = ['nodes', 'domainNames'].find((key) => present(child(node, key)) !== undefined);
  if (named !== undefined)
    return { at, doubt: undecided(reading, `${named} are not in sight, so that a peer is not known`, at) };
  return { at, doubt: refuse(reading, 'a peer that names nothing known', at) };
}

/** AdminNetworkPolicyPort. */
function readAdminPort(reading: ObjectReading, node: YamlNode): PortMatch {
  const doubt = take(reading, 'parts', node.at) ?? doubtOf(reading, node);
  if (doubt !== undefined) return { doubt };
  const name = present(child(node, 'namedPort'));
  if (name !== undefined) return readPort(reading, node, undefined, name);
  const number = present(child(node, 'portNumber'));
  const range = present(child(node, 'portRange'));
  const parent = number ?? range;
  if (parent === undefined) return { doubt: refuse(reading, 'a port that names nothing known', node.at) };
  const protocol = readProtocol(reading, child(parent, 'protocol'));
  if (typeof protocol !== 'number') return protocol;
  return number === undefined
    ? readPort(reading, node, protocol, child(parent, 'start'), child(parent, 'end'))
    : readNumber(reading, node, protocol, child(parent, 'port'));
}

/** ClusterNetworkPolicyProtocol. */
function readClusterPort(reading: ObjectReading, node: YamlNode): PortMatch {
  const doubt = take(reading, 'parts', node.at) ?? doubtOf(reading, node);
  if (doubt !== undefined) return { doubt };
  const name = present(child(node, 'destinationNamedPort'));
  if (name !== undefined) return readPort(reading, node, undefined, name);
  for (const [key, protocol] of [
    ['tcp', 6],
    ['udp', 17],
    ['sctp', 132],
  ] as const) {
    const part = present(child(node, key));
    if (part === undefined) continue;
    const port = present(child(part, 'destinationPort'));
    const unknown = doubtOf(reading, part) ?? doubtOf(reading, port);
    if (unknown !== undefined) return { protocol, doubt: unknown };
    if (port === undefined) return { protocol };
    const range = present(child(port, 'range'));
    return range === undefined
      ? readNumber(reading, node, protocol, child(port, 'number'))
      : readPort(reading, node, protocol, child(range, 'start'), child(range, 'end'));
  }
  return { doubt: refuse(reading, 'a protocol that names nothing known', node.at) };
}

function readNumber(reading: ObjectReading, parent: YamlNode, protocol: number, node: YamlNode | undefined): PortMatch {
  const doubt = doubtOf(reading, node);
  if (doubt !== undefined) return { protocol, doubt };
  const value = node?.kind === 'scalar' ? node.value : undefined;
  if (isPort(value)) return { protocol, range: [value, value] };
  return { protocol, doubt: refuse(reading, `${textOf(node) ?? 'nothing'} is no port`, (node ?? parent).at) };
}
