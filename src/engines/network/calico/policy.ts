import { child, itemsOf, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import { and, opaque, type PolicyBody } from '../read/network-policy.ts';
import { doubtOf, present, refuse, type ObjectReading } from '../read/reading.ts';
import type { Direction, Rule, Selector } from '../types.ts';
import { readSelector } from './read-selector.ts';
import { readCalicoRule } from './rule.ts';

/** A policy of Calico, and where it stands. */
export interface CalicoPolicyBody extends PolicyBody {
  readonly tier: string;
  readonly order: number;
}

/** `spec` of a NetworkPolicy or GlobalNetworkPolicy of Calico; `namespace` is absent for the latter. */
export function readCalicoPolicy(
  reading: ObjectReading,
  root: YamlNode,
  namespace: Selector | undefined,
): CalicoPolicyBody {
  const spec = child(root, 'spec');
  const doubt = doubtOf(reading, spec);
  const everywhere: Selector = namespace ?? { kind: 'all' };
  if (doubt !== undefined) return { tier: 'default', order: 0, unplaced: doubt, ...opaque(doubt, root, everywhere) };
  const subject = and(
    everywhere,
    readSelector(reading, child(spec, 'selector'), 'own') ?? { kind: 'all' },
    (namespace === undefined ? readSelector(reading, child(spec, 'namespaceSelector'), 'namespace') : undefined) ?? {
      kind: 'all',
    },
    readSelector(reading, child(spec, 'serviceAccountSelector'), 'account') ?? { kind: 'all' },
  );
  const [ingress, egress] = (['ingress', 'egress'] as const).map((direction) =>
    readRules(reading, spec, direction, namespace),
  );
  const types = readTypes(
    reading,
    spec,
    itemsOf(present(child(spec, 'egress'))).length > 0,
    itemsOf(present(child(spec, 'ingress'))).length > 0,
  );
  return {
    ...readPlace(reading, spec),
    subject,
    ...(types.has('Ingress') ? { ingress: ingress ?? [] } : {}),
    ...(types.has('Egress') ? { egress: egress ?? [] } : {}),
  };
}

function readRules(
  reading: ObjectReading,
  spec: YamlNode | undefined,
  direction: Direction,
  namespace: Selector | undefined,
): Rule[] {
  return itemsOf(present(child(spec, direction))).flatMap(
    (rule) => readCalicoRule(reading, rule, direction, namespace) ?? [],
  );
}

/** Without types: those that have rules, ingress where there are none at all. */
function readTypes(
  reading: ObjectReading,
  spec: YamlNode | undefined,
  egress: boolean,
  ingress: boolean,
): ReadonlySet<string> {
  const types = itemsOf(present(child(spec, 'types')));
  if (types.length === 0) return new Set([...(ingress || !egress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])]);
  const names = new Set<string>();
  for (const type of types) {
    const text = textOf(type);
    const unknown = doubtOf(reading, type);
    if (unknown !== undefined) {
      reading.refused.push(unknown);
      names.add('Ingress').add('Egress');
    } else if (text !== 'Ingress' && text !== 'Egress')
      refuse(reading, `${text ?? 'a collection'} is no type of policy`, type.at);
    else names.add(text);
  }
  return names;
}

function readPlace(
  reading: ObjectReading,
  spec: YamlNode | undefined,
): Pick<CalicoPolicyBody, 'tier' | 'order' | 'unplaced'> {
  const unplaced = doubtOf(reading, child(spec, 'tier')) ?? doubtOf(reading, child(spec, 'order'));
  const tier = textOf(present(child(spec, 'tier'))) ?? 'default';
  const order = readOrder(reading, child(spec, 'order'));
  return { tier, order, ...(unplaced === undefined ? {} : { unplaced }) };
}

/** The order of a policy or tier: Infinity where there is none. */
export function readOrder(reading: ObjectReading, node: YamlNode | undefined): number {
  const found = present(node);
  if (found === undefined || (found.kind === 'scalar' && found.unknown !== undefined)) return Infinity;
  if (found.kind === 'scalar' && typeof found.value === 'number') return found.value;
  refuse(reading, `its order ${textOf(found) ?? ''} is no number`, found.at);
  return Infinity;
}
