import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import { FAMILIES, normalise, type AddressRange } from './addresses.ts';
import { isAllowed, type Attempt } from './naive.ts';
import { OutOfBudget } from './port-sets.ts';
import { ALL_PLACES, hasPorts, placesOf, printPlaces, rangesOf, type PortRange } from './protocols.ts';
import { readModel, type NetworkOptions } from './read/model.ts';
import { partsOf, type Alike } from './relation/parts.ts';
import { Connectivity } from './relation/connectivity.ts';
import type { CellId } from './relation/cell-table.ts';
import type { Doubt, End, NetworkModel, PodEndpoint, Problem } from './types.ts';
import { reasonsOf, type Reason } from './why.ts';

/** What may go from one end to another. */
export interface Connections {
  /** Protocols and ports that are allowed. */
  readonly allowed: readonly PortRange[];
  /** Those that may be allowed: whether they are is not known. */
  readonly unclear: readonly PortRange[];
  /** `TCP 80,443; UDP 53`, `all`, `none` */
  readonly allowedText: string;
  readonly unclearText: string;
}

/** One end of a part of the relation: pods that no policy tells apart, or addresses that are no pod's. */
export type Group = { readonly pods: readonly PodEndpoint[] } | { readonly ranges: readonly AddressRange[] };

/** A part of the relation: from any of a group to any of another the same is allowed. */
export interface Flow {
  readonly from: Group;
  readonly to: Group;
  readonly connections: Connections;
}

/** An answer about one connection, with everything that decides it. */
export interface Why {
  readonly answer: 'allowed' | 'denied' | 'unknown';
  /** What decides at the end that it starts from, and at the one that it goes to; empty where no policy applies. */
  readonly egress: readonly Reason[];
  readonly ingress: readonly Reason[];
  readonly doubts: readonly Doubt[];
}

/** Who reaches whom, by the policies of a cluster. */
export interface Network {
  readonly pods: readonly PodEndpoint[];
  readonly problems: readonly Problem[];
  readonly model: NetworkModel;
  connections(from: End, to: End): Connections;
  /** The whole relation; parts in which nothing is allowed are left out. Too large to compute, everything is unclear. */
  relation(): Iterable<Flow>;
  /** Asks both evaluators; where they disagree, which is a bug of ours, the answer is unknown. */
  why(attempt: Attempt): Why;
}

/** The network that Kubernetes objects describe. Relations are computed when they are asked for. */
export function networkOf(facts: readonly KubernetesFact[], options: NetworkOptions = {}): Network {
  const model = readModel(facts, options);
  let made: Connectivity | undefined;
  const connectivity = (): Connectivity => (made ??= new Connectivity(model));
  return {
    pods: model.pods,
    problems: model.problems,
    model,
    connections(from, to) {
      if (isSelf(from, to)) return SELF;
      return within(() => describe(connectivity(), cellOf(connectivity(), from, to))) ?? UNKNOWN;
    },
    relation: () => flowsOf(model, connectivity),
    why: (attempt) => whyOf(model, connectivity, attempt),
  };
}

const SELF: Connections = { allowed: rangesOf(ALL_PLACES), unclear: [], allowedText: 'all', unclearText: 'none' };
const UNKNOWN: Connections = { allowed: [], unclear: rangesOf(ALL_PLACES), allowedText: 'none', unclearText: 'all' };

function whyOf(model: NetworkModel, connectivity: () => Connectivity, attempt: Attempt): Why {
  const { from, to, protocol, port } = attempt;
  if (isSelf(from, to)) return { answer: 'allowed', egress: [], ingress: [], doubts: [] };
  if (hasPorts(protocol) && port === undefined) return undecided('a protocol with ports needs a port');
  const replayed = isAllowed(model, attempt);
  const found = within(() => {
    const network = connectivity();
    const [source, target] = [network.elementOf(from), network.elementOf(to)];
    const { surely, possibly } = network.cells.cell(network.cell(source, target));
    const place = { protocol, ...(port === undefined ? {} : { port }) };
    return {
      answer: has(network, surely, place)
        ? ('allowed' as const)
        : has(network, possibly, place)
          ? ('unknown' as const)
          : ('denied' as const),
      egress: 'pod' in from ? reasonsOf(network, 'egress', source, target, protocol, port) : [],
      ingress: 'pod' in to ? reasonsOf(network, 'ingress', target, source, protocol, port) : [],
    };
  });
  if (found === undefined) return undecided('the policies are too many to compute the relation');
  const expected = replayed === true ? 'allowed' : replayed === false ? 'denied' : 'unknown';
  if (found.answer !== expected)
    return { ...found, ...undecided(`two evaluators disagree: ${found.answer} and ${expected}`) };
  return { ...found, doubts: typeof replayed === 'boolean' ? [] : unique(replayed) };
}

function undecided(why: string): Why {
  return { answer: 'unknown', egress: [], ingress: [], doubts: [{ why }] };
}

function unique(doubts: readonly Doubt[]): Doubt[] {
  return [...new Map(doubts.map((doubt) => [doubt.why, doubt])).values()];
}

function has(
  { sets }: Connectivity,
  id: number,
  { protocol, port }: { readonly protocol: number; readonly port?: number },
): boolean {
  return sets.has(id, placesOf(protocol, port, port)[0]);
}

function* flowsOf(model: NetworkModel, connectivity: () => Connectivity): Generator<Flow> {
  try {
    yield* computedFlows(connectivity());
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error;
    const [pods, ranges] = [{ pods: model.pods }, { ranges: FAMILIES }];
    yield { from: pods, to: pods, connections: UNKNOWN };
    yield { from: pods, to: ranges, connections: UNKNOWN };
    yield { from: ranges, to: pods, connections: UNKNOWN };
  }
}

function* computedFlows(network: Connectivity): Generator<Flow> {
  const groups = new Map<Alike, Group>();
  const described = new Map<CellId, Connections>();
  const groupFor = (elements: Alike): Group => {
    const known = groups.get(elements) ?? groupOf(network, elements);
    groups.set(elements, known);
    return known;
  };
  for (const { from, to, cell } of partsOf(network)) {
    const connections = described.get(cell) ?? describe(network, cell);
    described.set(cell, connections);
    yield { from: groupFor(from), to: groupFor(to), connections };
  }
}

function groupOf(network: Connectivity, elements: Alike): Group {
  const { index, profiles } = network.compiled;
  const [first = 0] = elements;
  if (network.isPods(first)) return { pods: elements.flatMap((element) => profiles[element]?.pods ?? []) };
  return { ranges: normalise(elements.map((element) => index.line.piece(element - index.firstPiece))) };
}

function describe({ sets, cells }: Connectivity, cell: CellId): Connections {
  const { surely, possibly } = cells.cell(cell);
  const allowed = sets.places(surely);
  const unclear = sets.places(sets.subtract(possibly, surely));
  return {
    allowed: rangesOf(allowed),
    unclear: rangesOf(unclear),
    allowedText: printPlaces(allowed),
    unclearText: printPlaces(unclear),
  };
}

/** A pod always reaches itself. Of a workload, one pod reaching another is meant. */
function isSelf(from: End, to: End): boolean {
  return 'pod' in from && 'pod' in to && from.pod === to.pod && from.pod.kind === 'Pod';
}

function cellOf(network: Connectivity, from: End, to: End): CellId {
  return network.cell(network.elementOf(from), network.elementOf(to));
}

function within<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof OutOfBudget) return undefined;
    throw error;
  }
}
