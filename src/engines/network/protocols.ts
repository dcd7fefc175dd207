/**
 * Protocols and ports on one line: 65,536 places for each of TCP, UDP and SCTP (port 0 is never used), and behind them
 * one place for each other protocol of IP by its number.
 */

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['TCP', 6],
  ['UDP', 17],
  ['SCTP', 132],
  ['ICMP', 1],
  ['ICMPV6', 58],
  ['UDPLITE', 136],
]);

const WITH_PORTS: readonly (readonly [string, number])[] = [
  ['TCP', 6],
  ['UDP', 17],
  ['SCTP', 132],
];

const LINE = 65_536;
const OTHERS = WITH_PORTS.length * LINE;
export const LAST_PORT = 65_535;

/** The number of a protocol by its name in any case, or by the number itself, 1 to 255. */
export function protocolNumber(text: string): number | undefined {
  const named = NUMBERS.get(text.toUpperCase());
  if (named !== undefined) return named;
  return /^[1-9]\d{0,2}$/.test(text) && Number(text) <= 255 ? Number(text) : undefined;
}

/** Whether the protocol has ports. */
export function hasPorts(protocol: number): boolean {
  return WITH_PORTS.some(([, number]) => number === protocol);
}

/** The places of some ports of a protocol, first and last; all of it where no ports are given. */
export function placesOf(protocol: number, from = 1, to = LAST_PORT): readonly [number, number] {
  const index = WITH_PORTS.findIndex(([, number]) => number === protocol);
  return index === -1 ? [OTHERS + protocol, OTHERS + protocol] : [index * LINE + from, index * LINE + to];
}

/** All places, as pairs of first and last. */
export const ALL_PLACES: readonly number[] = [
  ...WITH_PORTS.flatMap(([, number]) => placesOf(number)),
  ...[OTHERS, OTHERS + 5, OTHERS + 7, OTHERS + 16, OTHERS + 18, OTHERS + 131, OTHERS + 133, OTHERS + 255],
];

/** All ports of a protocol's line by which a port of any protocol is named. */
export function everyProtocolWithPorts(): readonly number[] {
  return WITH_PORTS.map(([, number]) => number);
}

/** A part of an answer: a protocol, and its ports where it has some. */
export interface PortRange {
  /** `TCP`, `UDP`, `SCTP`, `ICMP`, or `protocol 47`. */
  readonly protocol: string;
  readonly from?: number;
  readonly to?: number;
}

/** Pairs of places as ranges for people; ranges that hold several other protocols become one for each. */
export function rangesOf(places: readonly number[]): PortRange[] {
  const ranges: PortRange[] = [];
  for (let at = 0; at < places.length; at += 2) {
    const first = places[at] ?? 0;
    const last = places[at + 1] ?? 0;
    if (first >= OTHERS) {
      for (let place = first; place <= last; place++) ranges.push({ protocol: nameOf(place - OTHERS) });
    } else {
      const [name] = WITH_PORTS[Math.floor(first / LINE)] ?? [''];
      ranges.push({ protocol: name, from: first % LINE, to: last % LINE });
    }
  }
  return ranges;
}

function nameOf(protocol: number): string {
  for (const [name, number] of NUMBERS) if (number === protocol) return name === 'ICMPV6' ? 'ICMPv6' : name;
  return `protocol ${protocol}`;
}

/** `TCP 80,443; UDP 53`, `all`, `none`; protocols without ports are counted where they are many. */
export function printPlaces(places: readonly number[]): string {
  if (places.length === 0) return 'none';
  if (places.length === ALL_PLACES.length && places.every((place, index) => place === ALL_PLACES[index])) return 'all';
  const ranges = rangesOf(places);
  const texts: string[] = [];
  for (const [name] of WITH_PORTS) {
    const own = ranges.filter(({ protocol, from }) => protocol === name && from !== undefined);
    if (own.length === 0) continue;
    const isAll = own.length === 1 && own[0]?.from === 1 && own[0].to === LAST_PORT;
    texts.push(isAll ? name : `${name} ${own.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(',')}`);
  }
  const others = ranges.filter(({ from }) => from === undefined).map(({ protocol }) => protocol);
  if (others.length > 5) texts.push(`${others.includes('ICMP') ? 'ICMP and ' : ''}other protocols`);
  else texts.push(...others);
  return texts.join('; ');
}
