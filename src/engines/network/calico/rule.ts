import { child, itemsOf, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import { addressOrBlock, FAMILIES, without, type AddressRange } from '../addresses.ts';
import { doubtOf, present, refuse, take, undecided, type ObjectReading } from '../read/reading.ts';
import { and } from '../read/network-policy.ts';
import type { Direction, Doubt, Peer, Rule, Selector } from '../types.ts';
import { readCalicoPorts } from './ports.ts';
import { readSelector } from './read-selector.ts';

const ACTIONS: ReadonlyMap<string, Rule['action'] | 'log'> = new Map([
  ['Allow', 'allow'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
  ['Log', 'log'],
]);

/** A rule of a policy of Calico (v3 Rule); undefined for rules that only log. `namespace` is the policy's. */
export function readCalicoRule(
  reading: ObjectReading,
  node: YamlNode,
  direction: Direction,
  namespace: Selector | undefined,
): Rule | undefined {
  const { at } = node;
  const unknown = doubtOf(reading, node) ?? doubtOf(reading, child(node, 'action'));
  const action = ACTIONS.get(textOf(child(node, 'action')) ?? '');
  if (unknown !== undefined || action === undefined) {
    reading.refused.push(unknown ?? refuse(reading, 'a rule has no action of Allow, Deny, Log and Pass', at));
    return { at, action: 'pass', peers: [{ at }] };
  }
  if (action === 'log') return undefined;
  const source = readEntity(reading, child(node, 'source'), node, namespace);
  const destination = readEntity(reading, child(node, 'destination'), node, namespace);
  const family = readFamily(reading, node);
  const doubt = doubtOfRule(reading, node);
  const [own, peer] = direction === 'ingress' ? [destination, source] : [source, destination];
  const restrictsOwn = own.selector ?? own.notSelector ?? own.nets ?? own.notNets ?? own.doubt;
  const { ports, notPorts } = readCalicoPorts(reading, node);
  return {
    at,
    action,
    peers: [{ ...ofFamily(peer, family), ...(doubt === undefined ? {} : { doubt }) }],
    ...(restrictsOwn === undefined ? {} : { own }),
    ...(ports === undefined ? {} : { ports }),
    ...(notPorts.length === 0 ? {} : { notPorts }),
  };
}

/** An EntityRule. Any selector limits a namespaced policy to its namespace, unless `namespaceSelector` says where. */
function readEntity(
  reading: ObjectReading,
  node: YamlNode | undefined,
  rule: YamlNode,
  namespace: Selector | undefined,
): Peer {
  const at = node?.at ?? rule.at;
  const doubt = take(reading, 'parts', at) ?? doubtOf(reading, node);
  if (doubt !== undefined) return { at, doubt };
  const accounts = present(child(node, 'serviceAccounts'));
  const own = readSelector(reading, child(node, 'selector'), 'own');
  const notSelector = readSelector(reading, child(node, 'notSelector'), 'own');
  const namespaces = readSelector(reading, child(node, 'namespaceSelector'), 'namespace');
  const account = accounts === undefined ? undefined : readAccounts(reading, accounts);
  const where = namespaces ?? namespace;
  const parts = [own, account].filter((part) => part !== undefined);
  const needsPlace = parts.length > 0 || notSelector !== undefined || namespaces !== undefined;
  const selector =
    where !== undefined && needsPlace ? and(where, ...parts) : parts.length > 0 ? and(...parts) : undefined;
  const nets = readNets(reading, child(node, 'nets'), rule);
  const notNets = readNets(reading, child(node, 'notNets'), rule);
  const services =
    present(child(node, 'services')) === undefined
      ? undefined
      : undecided(reading, 'the endpoints of a Service are not evaluated in a rule', at);
  const open = services ?? nets?.doubt ?? notNets?.doubt;
  return {
    at,
    sets: true,
    ...(selector === undefined ? {} : { selector }),
    ...(notSelector === undefined ? {} : { notSelector }),
    // A block that is not known may hold more than the others.
    ...(nets === undefined || nets.doubt !== undefined ? {} : { nets: nets.ranges }),
    ...(notNets === undefined ? {} : { notNets: notNets.ranges }),
    ...(open === undefined ? {} : { doubt: open }),
  };
}

function readAccounts(reading: ObjectReading, node: YamlNode): Selector {
  const doubt = doubtOf(reading, node);
  if (doubt !== undefined) return { kind: 'unknown', doubt };
  const selector = readSelector(reading, child(node, 'selector'), 'account');
  const names = itemsOf(present(child(node, 'names')));
  const values = names.flatMap((name) => textOf(name) ?? []);
  const unknown = names.map((name) => doubtOf(reading, name)).find((one) => one !== undefined);
  const named: Selector =
    unknown !== undefined
      ? { kind: 'unknown', doubt: unknown }
      : { kind: 'label', of: 'account', key: 'projectcalico.org/name', test: { is: 'in', values } };
  return and(selector ?? { kind: 'all' }, names.length === 0 ? { kind: 'all' } : named);
}

function readNets(
  reading: ObjectReading,
  node: YamlNode | undefined,
  rule: YamlNode,
): { readonly ranges: readonly AddressRange[]; readonly doubt?: Doubt } | undefined {
  const items = itemsOf(present(node));
  if (items.length === 0) return undefined;
  const ranges: AddressRange[] = [];
  let doubt: Doubt | undefined;
  for (const item of items) {
    const text = textOf(item);
    const range = text === undefined ? undefined : addressOrBlock(text);
    const open = doubtOf(reading, item) ?? take(reading, 'blocks', item.at);
    if (open !== undefined) doubt = open;
    else if (range === undefined)
      doubt = refuse(reading, `${text ?? 'a collection'} is no block of addresses`, rule.at);
    else ranges.push(range);
  }
  return { ranges, ...(doubt === undefined ? {} : { doubt }) };
}

function readFamily(reading: ObjectReading, node: YamlNode): AddressRange | undefined {
  const version = present(child(node, 'ipVersion'));
  if (version === undefined) return undefined;
  const text = textOf(version);
  if (text === '4' || text === '6') return FAMILIES[text === '4' ? 0 : 1];
  reading.refused.push(doubtOf(reading, version) ?? refuse(reading, 'ipVersion is neither 4 nor 6', version.at));
  return undefined;
}

function ofFamily(peer: Peer, family: AddressRange | undefined): Peer {
  if (family === undefined) return peer;
  const others = FAMILIES.filter((one) => one !== family);
  return { ...peer, nets: without(peer.nets ?? [family], others) };
}

/** What this version does not decide: fields of HTTP, ports of the source. */
function doubtOfRule(reading: ObjectReading, node: YamlNode): Doubt | undefined {
  const source = child(node, 'source');
  const http = present(child(node, 'http'));
  if (http !== undefined) return undecided(reading, 'what a request of HTTP asks for is not evaluated', http.at);
  const ports = present(child(source, 'ports')) ?? present(child(source, 'notPorts'));
  if (ports === undefined || itemsOf(ports).length === 0) return undefined;
  return undecided(reading, 'the port that a connection comes from is not evaluated', ports.at);
}
