import { child, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import { hasPorts, LAST_PORT, protocolNumber } from '../protocols.ts';
import type { PortMatch } from '../types.ts';
import { doubtOf, present, refuse, type ObjectReading } from './reading.ts';

/** A port by number, first to last, or by name (NetworkPolicyPort, and those of the policies of the cluster). */
export function readPort(
  reading: ObjectReading,
  at: YamlNode,
  protocol: number | undefined,
  port: YamlNode | undefined,
  end?: YamlNode,
): PortMatch {
  const of = protocol === undefined ? {} : { protocol };
  const doubt = doubtOf(reading, port) ?? doubtOf(reading, end);
  if (doubt !== undefined) return { ...of, doubt };
  const first = present(port);
  const last = present(end);
  const bad = (message: string): PortMatch => ({ ...of, doubt: refuse(reading, message, (first ?? last ?? at).at) });
  if (first === undefined) return last === undefined ? of : bad('endPort without port');
  const value = first.kind === 'scalar' ? first.value : undefined;
  if (typeof value === 'string') {
    if (last !== undefined) return bad('endPort with a port by name');
    return isPortName(value) ? { ...of, name: value } : bad(`${value} is no name of a port`);
  }
  if (!isPort(value)) return bad(`${textOf(first) ?? 'a collection'} is no port`);
  const to = last === undefined ? value : last.kind === 'scalar' ? last.value : undefined;
  if (!isPort(to)) return bad(`${textOf(last) ?? 'a collection'} is no port`);
  return to < value ? bad(`endPort ${to} is below port ${value}`) : { ...of, range: [value, to] };
}

/** TCP, UDP or SCTP, as written; TCP where there is none. */
export function readProtocol(
  reading: ObjectReading,
  node: YamlNode | undefined,
): number | { readonly doubt: NonNullable<PortMatch['doubt']> } {
  const doubt = doubtOf(reading, node);
  if (doubt !== undefined) return { doubt };
  const text = textOf(present(node)) ?? 'TCP';
  const number = /^[A-Z]+$/.test(text) ? protocolNumber(text) : undefined;
  if (number === undefined || !hasPorts(number))
    return {
      doubt: refuse(
        reading,
        `${text} is none of TCP, UDP and SCTP`,
        node?.at ?? { path: '', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
      ),
    };
  return number;
}

/** Ports of `spec.ingress[].ports` and `spec.egress[].ports` of a NetworkPolicy. */
export function readPolicyPort(reading: ObjectReading, node: YamlNode): PortMatch {
  const unknown = doubtOf(reading, node);
  if (unknown !== undefined) return { doubt: unknown };
  if (node.kind !== 'map') return { doubt: refuse(reading, 'a port is no map', node.at) };
  const protocol = readProtocol(reading, child(node, 'protocol'));
  if (typeof protocol !== 'number') return protocol;
  return readPort(reading, node, protocol, child(node, 'port'), child(node, 'endPort'));
}

export function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LAST_PORT;
}

/** IANA_SVC_NAME: up to 15 lower-case letters, digits and single hyphens, with a letter. */
function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && /[a-z]/.test(text);
}
