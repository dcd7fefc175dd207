import { hasBit, type Bits, type Span } from '../bits.ts';
import type { PortSets } from '../port-sets.ts';
import type { Direction, NetworkModel, Policy, Rule, Tier } from '../types.ts';
import { ClassConverter } from './class-converter.ts';
import { partition, type Partition } from './partition.ts';
import { blocksOf, PeerIndex } from './peer-index.ts';
import { PortSpecs, type PortNames } from './port-specs.ts';
import { profilesOf, type Profile } from './profiles.ts';

/** A set of classes that may belong, as a list, and of these the ones that surely do. */
export interface ClassSpan {
  readonly list: readonly number[];
  readonly may: Bits;
  readonly must: Bits;
}

export interface CompiledRule {
  readonly rule: Rule;
  readonly peers: ClassSpan;
  /** Absent: whatever the policy selects. */
  readonly own?: ClassSpan;
  readonly spec: number;
}

export interface CompiledPolicy {
  readonly policy: Policy;
  readonly ingress?: readonly CompiledRule[];
  readonly egress?: readonly CompiledRule[];
}

/** A policy that selects a class, surely or not. */
export interface Selecting {
  readonly compiled: CompiledPolicy;
  readonly isSure: boolean;
}

/** By class of subjects, then by group: the policies that select it and say something of the direction. */
type SelectingBySubject = ReadonlyMap<number, ReadonlyMap<number, readonly Selecting[]>>;

export interface CompiledTier {
  readonly tier: Tier;
  readonly ingress: SelectingBySubject;
  readonly egress: SelectingBySubject;
}

/** Classes of elements that no policy tells apart as those that it selects, and as the other end of its rules. */
export interface Roles {
  readonly subject: Partition;
  readonly peer: Partition;
}

/** A model in terms of classes of endpoints that it cannot tell apart. */
export interface Compiled {
  readonly profiles: readonly Profile[];
  readonly index: PeerIndex;
  readonly roles: Readonly<Record<Direction, Roles>>;
  readonly tiers: readonly CompiledTier[];
  readonly specs: PortSpecs;
  /** By class of destinations (subjects of ingress, peers of egress): their place in the list of names of `specs`. */
  readonly portNames: Readonly<Record<Direction, readonly number[]>>;
}

const DIRECTIONS = ['ingress', 'egress'] as const;

/** Compiles a model: who is alike, and whom each policy and rule means. */
export function compile(model: NetworkModel, sets: PortSets): Compiled {
  const profiles = profilesOf(model.pods);
  const policies = model.tiers.flatMap(({ groups }) => groups.flat());
  const rules = policies.flatMap((policy) => [...(policy.ingress ?? []), ...(policy.egress ?? [])]);
  const blocks = rules.flatMap(({ peers, own }) => blocksOf(own === undefined ? peers : [...peers, own]));
  const index = new PeerIndex(model, profiles, blocks);
  const { destinations, nameOf } = destinationsOf(rules, profiles);
  const specs = new PortSpecs(sets, destinations);
  const roles = {
    ingress: rolesOf('ingress', policies, index, profiles, nameOf),
    egress: rolesOf('egress', policies, index, profiles, nameOf),
  };
  const compilers = {
    ingress: new PolicyCompiler('ingress', roles.ingress, index, specs),
    egress: new PolicyCompiler('egress', roles.egress, index, specs),
  };
  const tiers = model.tiers.map((tier) => {
    const selecting = {
      ingress: new Map<number, Map<number, Selecting[]>>(),
      egress: new Map<number, Map<number, Selecting[]>>(),
    };
    for (const [group, members] of tier.groups.entries()) {
      for (const policy of members) {
        for (const direction of DIRECTIONS) {
          const compiler = compilers[direction];
          if (policy[direction] === undefined) continue;
          const compiled = { policy, [direction]: compiler.rules(policy) };
          const subject = compiler.subject(policy);
          for (const name of subject.list)
            push(selecting[direction], name, group, { compiled, isSure: hasBit(subject.must, name) });
        }
      }
    }
    return { tier, ...selecting };
  });
  const namesOf = ({ members }: Partition): number[] =>
    members.map(([first]) => (first === undefined ? 0 : (nameOf[first] ?? 0)));
  const portNames = { ingress: namesOf(roles.ingress.subject), egress: namesOf(roles.egress.peer) };
  return { profiles, index, roles, tiers, specs, portNames };
}

/** Destinations differ also in the names of their ports; sources on the host network are not asked like others. */
function rolesOf(
  direction: Direction,
  policies: readonly Policy[],
  index: PeerIndex,
  profiles: readonly Profile[],
  nameOf: readonly number[],
): Roles {
  const subjects = new Set<Bits>();
  const peers = new Set<Bits>();
  for (const policy of policies) {
    const rules = policy[direction];
    if (rules === undefined) continue;
    use(subjects, index.subject(policy.subject, policy.hosts));
    for (const rule of rules) {
      for (const peer of rule.peers) use(peers, index.span(peer, policy.hosts));
      if (rule.own !== undefined) use(subjects, index.span(rule.own, policy.hosts));
    }
  }
  const split = (isDestination: boolean, bits: ReadonlySet<Bits>): Partition =>
    partition(
      index.size,
      (element) => {
        if (element >= index.firstPiece) return 'address';
        if (element >= profiles.length) return undefined;
        return isDestination ? `pod ${nameOf[element] ?? 0}` : index.mayBeHost(element) ? 'host' : 'pod';
      },
      bits,
    );
  return { subject: split(direction === 'ingress', subjects), peer: split(direction === 'egress', peers) };
}

function use(bits: Set<Bits>, { may, must }: Span): void {
  bits.add(may).add(must);
}

/** Policies of one direction in terms of its classes. */
class PolicyCompiler {
  readonly #direction: Direction;
  readonly #index: PeerIndex;
  readonly #specs: PortSpecs;
  readonly #subjects: ClassConverter;
  readonly #peers: ClassConverter;

  constructor(direction: Direction, { subject, peer }: Roles, index: PeerIndex, specs: PortSpecs) {
    this.#direction = direction;
    this.#index = index;
    this.#specs = specs;
    this.#subjects = new ClassConverter(subject);
    this.#peers = new ClassConverter(peer);
  }

  subject({ subject, hosts }: Policy): ClassSpan {
    return this.#subjects.any([this.#index.subject(subject, hosts)]);
  }

  rules(policy: Policy): CompiledRule[] {
    const { hosts } = policy;
    return (policy[this.#direction] ?? []).map((rule) => ({
      rule,
      peers: this.#peers.any(rule.peers.map((peer) => this.#index.span(peer, hosts))),
      ...(rule.own === undefined ? {} : { own: this.#subjects.any([this.#index.span(rule.own, hosts)]) }),
      spec: this.#specs.add(rule),
    }));
  }
}

function push(selecting: Map<number, Map<number, Selecting[]>>, name: number, group: number, one: Selecting): void {
  let groups = selecting.get(name);
  if (groups === undefined) selecting.set(name, (groups = new Map<number, Selecting[]>()));
  const list = groups.get(group);
  if (list === undefined) groups.set(group, [one]);
  else list.push(one);
}

/** Pods differ as destinations only in the names of ports that a rule uses; place 0 is for addresses, which name none. */
function destinationsOf(
  rules: readonly Rule[],
  profiles: readonly Profile[],
): { readonly destinations: readonly PortNames[]; readonly nameOf: readonly number[] } {
  const used = new Set(
    rules.flatMap(({ ports, notPorts }) => [...(ports ?? []), ...(notPorts ?? [])].map(({ name }) => name)),
  );
  const destinations: PortNames[] = [{ ports: [] }];
  const places = new Map<string, number>();
  const nameOf = profiles.map(({ pod }) => {
    const ports = pod.ports.filter(({ name }) => used.has(name));
    const key = JSON.stringify([
      ports.map(({ name, protocol, port }) => [name, protocol, port]).sort(),
      pod.portsOpen === undefined,
    ]);
    let place = places.get(key);
    if (place === undefined) {
      places.set(key, (place = destinations.length));
      destinations.push({ ports, ...(pod.portsOpen === undefined ? {} : { portsOpen: pod.portsOpen }) });
    }
    return place;
  });
  return { destinations, nameOf };
}
