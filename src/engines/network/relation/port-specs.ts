import { EVERYTHING, NOTHING, type PortSetId, type PortSets } from '../port-sets.ts';
import { everyProtocolWithPorts, hasPorts, placesOf } from '../protocols.ts';
import type { NamedPort, PodEndpoint, PortMatch, Rule } from '../types.ts';

/** Ports that surely match, and those that may. */
export interface PortSpan {
  readonly must: PortSetId;
  readonly may: PortSetId;
}

/** What a destination calls its ports. */
export type PortNames = Pick<PodEndpoint, 'ports' | 'portsOpen'>;

/** The ports of rules, for each destination that calls its ports otherwise. */
export class PortSpecs {
  readonly #sets: PortSets;
  readonly #specs: Pick<Rule, 'ports' | 'notPorts'>[] = [];
  readonly #ids = new Map<string, number>();
  readonly #destinations: readonly PortNames[];
  readonly #answers: (PortSpan | undefined)[][] = [];

  constructor(sets: PortSets, destinations: readonly PortNames[]) {
    this.#sets = sets;
    this.#destinations = destinations;
  }

  /** A name for the ports of a rule. */
  add({ ports, notPorts }: Pick<Rule, 'ports' | 'notPorts'>): number {
    const key = JSON.stringify([ports?.map(keyOf), notPorts?.map(keyOf)]);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#specs.length;
    this.#specs.push({ ...(ports === undefined ? {} : { ports }), ...(notPorts === undefined ? {} : { notPorts }) });
    this.#ids.set(key, id);
    this.#answers.push([]);
    return id;
  }

  /** The ports of a rule at a destination, by its place in the list of destinations. */
  at(spec: number, destination: number): PortSpan {
    const answers = this.#answers[spec] ?? [];
    return (answers[destination] ??= this.#resolve(this.#specs[spec] ?? {}, this.#destinations[destination]));
  }

  #resolve({ ports, notPorts }: Pick<Rule, 'ports' | 'notPorts'>, names: PortNames = { ports: [] }): PortSpan {
    const wanted = ports === undefined ? { must: EVERYTHING, may: EVERYTHING } : this.#any(ports, names);
    const unwanted = this.#any(notPorts ?? [], names);
    return {
      must: this.#sets.subtract(wanted.must, unwanted.may),
      may: this.#sets.subtract(wanted.may, unwanted.must),
    };
  }

  #any(matches: readonly PortMatch[], names: PortNames): PortSpan {
    const must: (readonly [number, number])[] = [];
    const may: (readonly [number, number])[] = [];
    let isAny = { must: false, may: false };
    for (const match of matches) {
      if (match.protocol === undefined && match.name === undefined && match.range === undefined)
        isAny = { must: isAny.must || match.doubt === undefined, may: true };
      const sure = placesOfMatch(match, names.ports);
      may.push(...sure);
      if (match.doubt === undefined) must.push(...sure);
      if (match.name !== undefined && names.portsOpen !== undefined)
        may.push(...protocolsOf(match).map((protocol) => placesOf(protocol)));
    }
    return {
      must: isAny.must ? EVERYTHING : must.length === 0 ? NOTHING : this.#sets.of(must),
      may: isAny.may ? EVERYTHING : may.length === 0 ? NOTHING : this.#sets.of(may),
    };
  }
}

function placesOfMatch(match: PortMatch, named: readonly NamedPort[]): (readonly [number, number])[] {
  const { protocol, range, name } = match;
  if (name !== undefined) {
    return named
      .filter((port) => port.name === name && (protocol === undefined || protocol === port.protocol))
      .map((port) => placesOf(port.protocol, port.port, port.port));
  }
  if (protocol === undefined && range === undefined) return [];
  return protocolsOf(match).map((one) => (hasPorts(one) ? placesOf(one, range?.[0], range?.[1]) : placesOf(one)));
}

function protocolsOf({ protocol }: PortMatch): readonly number[] {
  return protocol === undefined ? everyProtocolWithPorts() : [protocol];
}

function keyOf({ protocol, range, name, doubt }: PortMatch): unknown {
  return [protocol ?? 0, range ?? 0, name ?? 0, doubt === undefined];
}
