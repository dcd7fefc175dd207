import { child, itemsOf, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import { blockOf, isWithin, type AddressRange } from '../addresses.ts';
import type { Direction, Doubt, Peer, Rule, Selector } from '../types.ts';
import { readLabelSelector } from './labels.ts';
import { readPolicyPort } from './ports.ts';
import { doubtOf, present, refuse, take, type ObjectReading } from './reading.ts';

/** What a policy says, without its name and place. */
export interface PolicyBody {
  readonly subject: Selector;
  /** Set where its place among the others is not known: why. */
  readonly unplaced?: Doubt;
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/** `spec` of a NetworkPolicy, networking.k8s.io/v1. */
export function readNetworkPolicy(reading: ObjectReading, root: YamlNode, inNamespace: Selector): PolicyBody {
  const spec = child(root, 'spec');
  const doubt = doubtOf(reading, spec);
  if (doubt !== undefined) return opaque(doubt, root, inNamespace);
  const podSelector = readLabelSelector(reading, child(spec, 'podSelector'), 'own') ?? { kind: 'all' };
  const types = readTypes(reading, spec);
  return {
    subject: and(inNamespace, podSelector),
    ...(types.has('Ingress') ? { ingress: readRules(reading, spec, 'ingress', inNamespace) } : {}),
    ...(types.has('Egress') ? { egress: readRules(reading, spec, 'egress', inNamespace) } : {}),
  };
}

/** A policy of which nothing is known but that it is there: it may deny or allow anything, in both directions. */
export function opaque(doubt: Doubt, root: YamlNode, subject: Selector): PolicyBody {
  const peers: readonly Peer[] = [{ at: root.at, doubt }];
  const rules: readonly Rule[] = [
    { at: root.at, action: 'deny', peers },
    { at: root.at, action: 'allow', peers },
  ];
  return { subject: and(subject, { kind: 'unknown', doubt }), ingress: rules, egress: rules };
}

export function and(...items: readonly Selector[]): Selector {
  const real = items.filter(({ kind }) => kind !== 'all');
  return real.length === 0
    ? { kind: 'all' }
    : real.length === 1 && real[0] !== undefined
      ? real[0]
      : { kind: 'and', items: real };
}

/** Without `policyTypes`: ingress always, egress where it has rules. A type that is not known leaves both in doubt. */
function readTypes(reading: ObjectReading, spec: YamlNode | undefined): ReadonlySet<string> {
  const types = itemsOf(present(child(spec, 'policyTypes')));
  if (types.length === 0)
    return new Set(itemsOf(present(child(spec, 'egress'))).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']);
  const names = new Set<string>();
  for (const type of types) {
    const text = textOf(type);
    const unknown = doubtOf(reading, type);
    if (unknown !== undefined) reading.refused.push(unknown);
    else if (text !== 'Ingress' && text !== 'Egress')
      refuse(reading, `${text ?? 'a collection'} is no type of policy`, type.at);
    if (unknown !== undefined) names.add('Ingress').add('Egress');
    else if (text !== undefined) names.add(text);
  }
  return names;
}

function readRules(
  reading: ObjectReading,
  spec: YamlNode | undefined,
  direction: Direction,
  inNamespace: Selector,
): Rule[] {
  const rules: Rule[] = [];
  for (const rule of itemsOf(present(child(spec, direction)))) {
    const beyond = reading.left.parts < 0 ? take(reading, 'parts', rule.at) : undefined;
    if (beyond !== undefined)
      return [...rules, { at: rule.at, action: 'allow', peers: [{ at: rule.at, doubt: beyond }] }];
    rules.push(readRule(reading, rule, direction, inNamespace));
  }
  return rules;
}

function readRule(reading: ObjectReading, rule: YamlNode, direction: Direction, inNamespace: Selector): Rule {
  const unknown = doubtOf(reading, rule);
  if (unknown !== undefined) return { at: rule.at, action: 'allow', peers: [{ at: rule.at, doubt: unknown }] };
  const peers = itemsOf(present(child(rule, direction === 'ingress' ? 'from' : 'to')));
  const ports = itemsOf(present(child(rule, 'ports')));
  if (rule.kind !== 'map' && present(rule) !== undefined) refuse(reading, 'a rule is no map', rule.at);
  return {
    at: rule.at,
    action: 'allow',
    peers: peers.length === 0 ? [{ at: rule.at }] : peers.map((peer) => readPeer(reading, peer, inNamespace)),
    ...(ports.length === 0
      ? {}
      : { ports: ports.map((port) => withBudget(reading, port) ?? readPolicyPort(reading, port)) }),
  };
}

function withBudget(reading: ObjectReading, node: YamlNode): { readonly doubt: Doubt } | undefined {
  const doubt = take(reading, 'parts', node.at);
  return doubt === undefined ? undefined : { doubt };
}

function readPeer(reading: ObjectReading, node: YamlNode, inNamespace: Selector): Peer {
  const doubt = take(reading, 'parts', node.at) ?? doubtOf(reading, node);
  if (doubt !== undefined) return { at: node.at, doubt };
  const block = present(child(node, 'ipBlock'));
  const pods = readLabelSelector(reading, child(node, 'podSelector'), 'own');
  const namespaces = readLabelSelector(reading, child(node, 'namespaceSelector'), 'namespace');
  if (block !== undefined) {
    if (pods !== undefined || namespaces !== undefined)
      return { at: node.at, doubt: refuse(reading, 'ipBlock beside a selector', node.at) };
    return readBlock(reading, block);
  }
  if (pods === undefined && namespaces === undefined)
    return { at: node.at, doubt: refuse(reading, 'a peer that names nothing', node.at) };
  return { at: node.at, selector: and(namespaces ?? inNamespace, pods ?? { kind: 'all' }) };
}

function readBlock(reading: ObjectReading, node: YamlNode): Peer {
  const { at } = node;
  const unknown = doubtOf(reading, node) ?? doubtOf(reading, child(node, 'cidr'));
  if (unknown !== undefined) return { at, doubt: unknown };
  const block = readCidr(reading, child(node, 'cidr'), node);
  if ('why' in block) return { at, doubt: block };
  const notNets: AddressRange[] = [];
  let doubt: Doubt | undefined;
  for (const item of itemsOf(present(child(node, 'except')))) {
    const except = doubtOf(reading, item) ?? readCidr(reading, item, node);
    if ('why' in except) doubt = except;
    else if (!isWithin(except, block) || (except.first === block.first && except.last === block.last))
      doubt = refuse(reading, `except ${textOf(item) ?? ''} is not strictly within the block`, item.at);
    else notNets.push(except);
  }
  return { at, nets: [block], notNets, ...(doubt === undefined ? {} : { doubt }) };
}

/** A block in CIDR notation; a doubt where it is none. */
export function readCidr(reading: ObjectReading, node: YamlNode | undefined, parent: YamlNode): AddressRange | Doubt {
  const at = node?.at ?? parent.at;
  const text = textOf(node);
  const block = text === undefined ? undefined : blockOf(text);
  if (block === undefined) return refuse(reading, `${text ?? 'nothing'} is no block of addresses`, at);
  return take(reading, 'blocks', at) ?? block;
}
