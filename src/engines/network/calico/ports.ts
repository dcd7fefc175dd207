import { child, itemsOf, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import { hasPorts, LAST_PORT, protocolNumber } from '../protocols.ts';
import { doubtOf, present, refuse, take, undecided, type ObjectReading } from '../read/reading.ts';
import type { Doubt, PortMatch } from '../types.ts';

/** Protocol, destination ports and their negations of a rule; `ports` is absent where it takes any. */
export function readCalicoPorts(
  reading: ObjectReading,
  rule: YamlNode,
): { readonly ports?: readonly PortMatch[]; readonly notPorts: readonly PortMatch[] } {
  const protocol = readProtocol(reading, child(rule, 'protocol'));
  const notProtocol = readProtocol(reading, child(rule, 'notProtocol'));
  const destination = child(rule, 'destination');
  const wanted = itemsOf(present(child(destination, 'ports')));
  const unwanted = itemsOf(present(child(destination, 'notPorts')));
  if (
    wanted.length + unwanted.length > 0 &&
    (typeof protocol !== 'number' || !hasPorts(protocol)) &&
    !isDoubt(protocol)
  )
    refuse(reading, 'ports without a protocol that has ports', rule.at);
  const of = typeof protocol === 'number' ? { protocol } : isDoubt(protocol) ? { doubt: protocol } : {};
  const icmp = present(child(rule, 'icmp')) ?? present(child(rule, 'notICMP'));
  const doubt = icmp === undefined ? undefined : undecided(reading, 'types of ICMP are not evaluated', icmp.at);
  const any = wanted.length === 0 && protocol === undefined && doubt === undefined;
  const matches = wanted.length === 0 ? [of] : wanted.map((port) => ({ ...of, ...readPort(reading, port) }));
  return {
    ...(any ? {} : { ports: matches.map((match) => ({ ...match, ...(doubt === undefined ? {} : { doubt }) })) }),
    notPorts: [
      ...(notProtocol === undefined ? [] : [isDoubt(notProtocol) ? { doubt: notProtocol } : { protocol: notProtocol }]),
      ...unwanted.map((port) => ({ ...of, ...readPort(reading, port) })),
    ],
  };
}

function isDoubt(value: number | Doubt | undefined): value is Doubt {
  return typeof value === 'object';
}

function readProtocol(reading: ObjectReading, node: YamlNode | undefined): number | Doubt | undefined {
  const found = present(node);
  if (found === undefined) return undefined;
  const text = textOf(found);
  const number = text === undefined ? undefined : protocolNumber(text);
  return number ?? doubtOf(reading, found) ?? refuse(reading, `${text ?? 'a collection'} is no protocol`, found.at);
}

/** A number, `first:last`, or a name. */
function readPort(reading: ObjectReading, node: YamlNode): Pick<PortMatch, 'range' | 'name' | 'doubt'> {
  const doubt = take(reading, 'parts', node.at) ?? doubtOf(reading, node);
  if (doubt !== undefined) return { doubt };
  const text = textOf(node) ?? '';
  const [, first, last = first] = /^(\d{1,6})(?::(\d{1,6}))?$/.exec(text) ?? [];
  if (first !== undefined) {
    const [from, to] = [Number(first), Number(last)];
    if (from > to || to > LAST_PORT || to === 0)
      return { doubt: refuse(reading, `${text} is no range of ports`, node.at) };
    return { range: [Math.max(1, from), to] };
  }
  if (/^[\w.-]{1,128}$/.test(text)) return { name: text };
  return { doubt: refuse(reading, `${text} is no port`, node.at) };
}
