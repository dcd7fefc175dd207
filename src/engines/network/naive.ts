/**
 * The second evaluator: one pair, one protocol and one port at a time, read off the specifications, with nothing shared
 * but the policies as they were read. It replays the answers of the relation.
 */

import { FAMILIES, isWithin, normalise, without } from './addresses.ts';
import type {
  Direction,
  Doubt,
  End,
  LabelTest,
  Labels,
  NetworkModel,
  Peer,
  PodEndpoint,
  Policy,
  PortMatch,
  Rule,
  Selector,
  Tier,
} from './types.ts';

/** A connection that somebody tries to make. */
export interface Attempt {
  readonly from: End;
  readonly to: End;
  /** Number of the protocol. */
  readonly protocol: number;
  /** Destination port; absent for protocols without ports. */
  readonly port?: number;
}

/** Yes, no, or why it is not known. */
export type Ternary = boolean | readonly Doubt[];

/** Whether a connection can be made: both ends must allow it. A node reaches its own pods whatever policies say. */
export function isAllowed(model: NetworkModel, attempt: Attempt): Ternary {
  const { from, to } = attempt;
  const out = 'pod' in from ? allows(model, 'egress', from.pod, to, attempt) : true;
  const into = 'pod' in to ? allows(model, 'ingress', to.pod, from, attempt) : true;
  const answer = and(out, into);
  if (answer === true || !('pod' in from) || from.pod.hostNetwork === false) return answer;
  return [...(answer === false ? [] : answer), hostDoubt(from.pod)];
}

function hostDoubt({ id, at, hostNetwork }: PodEndpoint): Doubt {
  if (typeof hostNetwork === 'object') return hostNetwork;
  return {
    why: `${id} is on the network of its node: plugins treat such pods differently, and a node reaches its own pods`,
    at,
  };
}

type Verdict = 'allow' | 'deny' | readonly Doubt[];

function allows(model: NetworkModel, direction: Direction, own: PodEndpoint, other: End, attempt: Attempt): Ternary {
  const verdict = askTiers(model, model.tiers, direction, own, other, attempt);
  return verdict === 'allow' ? true : verdict === 'deny' ? false : verdict;
}

function askTiers(
  model: NetworkModel,
  tiers: readonly Tier[],
  direction: Direction,
  own: PodEndpoint,
  other: End,
  attempt: Attempt,
): Verdict {
  const [tier, ...behind] = tiers;
  if (tier === undefined) return 'allow';
  const next = (): Verdict => askTiers(model, behind, direction, own, other, attempt);
  let applies: Ternary = false;
  const steps: Step[] = [];
  for (const group of tier.groups) {
    const selecting = group.filter(
      (policy) => policy[direction] !== undefined && selectsSubject(policy, own) !== false,
    );
    for (const policy of selecting) applies = or(applies, selectsSubject(policy, own));
    const question = { model, direction, own, other, attempt };
    if (selecting.length > 1) steps.push((rest) => askAnyFirst(question, selecting, rest, next));
    else for (const policy of selecting) for (const step of stepsOf(question, policy, next)) steps.push(step);
  }
  if (applies === false) return next();
  return askInOrder(steps, 0, () =>
    tier.endsWith === 'pass' ? next() : applies === true ? 'deny' : mixed('deny', next(), applies),
  );
}

/** One question to a rule or a group of policies: its decision, or undefined where it leaves the rest to decide. */
type Step = (rest: () => Verdict) => Verdict | undefined;

interface Question {
  readonly model: NetworkModel;
  readonly direction: Direction;
  readonly own: PodEndpoint;
  readonly other: End;
  readonly attempt: Attempt;
}

/** The first rule that matches decides; where one may match, both ways are followed. */
function askInOrder(steps: readonly Step[], from: number, end: () => Verdict, depth = 0): Verdict {
  if (depth > MOST_DOUBTS * 10) return [{ why: 'too many rules are in doubt' }];
  for (let at = from; at < steps.length; at++) {
    const decided = steps[at]?.(() => askInOrder(steps, at + 1, end, depth + 1));
    if (decided !== undefined) return decided;
  }
  return end();
}

/** `passed` is what comes behind the tier. */
function stepsOf({ model, direction, own, other, attempt }: Question, policy: Policy, passed: () => Verdict): Step[] {
  return (policy[direction] ?? []).map((rule) => (rest) => {
    const match = and(selectsSubject(policy, own), matchesRule(model, policy, rule, direction, own, other, attempt));
    if (match === false) return undefined;
    const decided = rule.action === 'pass' ? passed() : rule.action;
    return match === true ? decided : mixed(decided, rest(), match);
  });
}

/** Policies of equal priority: any of those that match may be the one that decides. */
function askAnyFirst(
  question: Question,
  group: readonly Policy[],
  rest: () => Verdict,
  passed: () => Verdict,
): Verdict {
  const doubts: Doubt[] = [];
  let [mayAllow, mayDeny, allMayStayOut] = [false, false, true];
  for (const policy of group) {
    // Two questions tell what it decides itself: with everything behind it denied, and with everything allowed.
    const steps = stepsOf(question, policy, passed);
    const low = askInOrder(steps, 0, () => 'deny');
    const high = askInOrder(steps, 0, () => 'allow');
    if (low !== 'deny') mayAllow = true;
    if (high !== 'allow') mayDeny = true;
    if (low === 'allow' || high === 'deny') allMayStayOut = false;
    for (const one of [low, high]) if (typeof one === 'object') doubts.push(...one);
  }
  const next = rest();
  if (allMayStayOut && next !== 'deny') mayAllow = true;
  if (allMayStayOut && next !== 'allow') mayDeny = true;
  if (!mayDeny) return 'allow';
  if (!mayAllow) return 'deny';
  const names = group.map(({ kind, name }) => `${kind} ${name}`).join(' and ');
  const [first] = group;
  const tie = {
    why: `${names} have the same priority, and nothing says which is asked first`,
    ...(first === undefined ? {} : { at: first.at }),
  };
  return [...doubts, ...(typeof next === 'object' ? next : []), tie];
}

function mixed(a: Verdict, b: Verdict, doubts: readonly Doubt[]): Verdict {
  if (a === b && typeof a === 'string') return a;
  return [...doubts, ...(typeof a === 'object' ? a : []), ...(typeof b === 'object' ? b : [])];
}

function selectsSubject(policy: Policy, own: PodEndpoint): Ternary {
  return asHost(selects(policy.subject, own.labels, own.namespaceLabels, own.accountLabels), policy, own);
}

function matchesRule(
  model: NetworkModel,
  policy: Policy,
  rule: Rule,
  direction: Direction,
  own: PodEndpoint,
  other: End,
  attempt: Attempt,
): Ternary {
  const destination: End = direction === 'ingress' ? { pod: own } : other;
  const peers = rule.peers.map((peer) => matchesPeer(model, policy, peer, other)).reduce(or, false);
  const self = rule.own === undefined ? true : matchesPeer(model, policy, rule.own, { pod: own });
  return and(and(peers, self), matchesPorts(rule, destination, attempt));
}

function matchesPeer(model: NetworkModel, policy: Policy, peer: Peer, end: End): Ternary {
  const { selector, notSelector, nets, notNets, doubt } = peer;
  const labelled = (one: Selector): Ternary =>
    'pod' in end
      ? asHost(selects(one, end.pod.labels, end.pod.namespaceLabels, end.pod.accountLabels), policy, end.pod)
      : peer.sets === true && isInSet(model, one, end.address);
  let answer: Ternary = true;
  if (selector !== undefined) answer = and(answer, labelled(selector));
  if (notSelector !== undefined) answer = and(answer, not(labelled(notSelector)));
  if (nets !== undefined || notNets !== undefined)
    answer = and(answer, 'pod' in end ? podIsAt(model, peer, end.pod) : isAt(peer, end.address));
  return doubt === undefined ? answer : and(answer, [doubt]);
}

function isAt({ nets, notNets }: Peer, address: bigint): boolean {
  const holds = (range: { first: bigint; last: bigint }): boolean => range.first <= address && address <= range.last;
  return (nets === undefined || nets.some(holds)) && notNets?.some(holds) !== true;
}

/** Nobody knows the address of a pod before it runs; where all that it can get lie on one side, that decides. */
function podIsAt({ podNetworks }: NetworkModel, { nets, notNets, at }: Peer, pod: PodEndpoint): Ternary {
  const unclear = [
    { why: `whether the block of addresses holds ${pod.id} is not known: its address is not, and plugins differ`, at },
  ];
  const held = without(nets ?? FAMILIES, notNets ?? []);
  if (held.length === 0) return false;
  const isEverything = FAMILIES.every((family) => held.some((range) => isWithin(family, range)));
  const neverHoldsPods = podNetworks?.length === 0 && nets !== undefined;
  if (isEverything && !neverHoldsPods) return true;
  if (pod.hostNetwork !== false) return unclear;
  if (neverHoldsPods) return false;
  if (podNetworks === undefined || podNetworks.length === 0) return unclear;
  const inside = without(podNetworks, without(podNetworks, held));
  if (inside.length === 0) return false;
  const whole = normalise(podNetworks);
  return without(whole, inside).length === 0 ? true : unclear;
}

function isInSet(model: NetworkModel, selector: Selector, address: bigint): Ternary {
  const nobody: Labels = { known: new Map() };
  return model.sets
    .map((set): Ternary => {
      const isIn: Ternary = set.open === undefined ? isAt({ at: set.at, nets: set.nets }, address) : [set.open];
      return and(selects(selector, set.labels, set.namespaceLabels, nobody), isIn);
    })
    .reduce(or, false);
}

function asHost(answer: Ternary, { hosts }: Policy, pod: PodEndpoint): Ternary {
  if (pod.hostNetwork === false || answer === false) return answer;
  return pod.hostNetwork === true && hosts === 'never' ? false : and(answer, [hostDoubt(pod)]);
}

function selects(selector: Selector, own: Labels, namespace: Labels, account: Labels): Ternary {
  switch (selector.kind) {
    case 'all':
      return true;
    case 'unknown':
      return [selector.doubt];
    case 'not':
      return not(selects(selector.item, own, namespace, account));
    case 'and':
      return selector.items.map((item) => selects(item, own, namespace, account)).reduce(and, true);
    case 'or':
      return selector.items.map((item) => selects(item, own, namespace, account)).reduce(or, false);
    case 'label': {
      const labels = { own, namespace, account }[selector.of];
      const value = labels.known.get(selector.key);
      if (value === undefined) return labels.open === undefined ? false : [labels.open];
      return typeof value === 'string' ? fulfils(value, selector.test) : [value];
    }
  }
}

function fulfils(value: string, test: LabelTest): boolean {
  if (test.is === 'present') return true;
  if (test.is === 'in') return test.values.some((one) => one === value);
  const at = value.indexOf(test.text);
  return test.is === 'contains'
    ? at !== -1
    : test.is === 'starts'
      ? at === 0
      : value.lastIndexOf(test.text) !== -1 && value.lastIndexOf(test.text) === value.length - test.text.length;
}

function matchesPorts({ ports, notPorts }: Rule, destination: End, attempt: Attempt): Ternary {
  const wanted =
    ports === undefined ? true : ports.map((port) => matchesPort(port, destination, attempt)).reduce(or, false);
  const unwanted = (notPorts ?? []).map((port) => matchesPort(port, destination, attempt)).reduce(or, false);
  return and(wanted, not(unwanted));
}

function matchesPort({ protocol, range, name, doubt }: PortMatch, destination: End, attempt: Attempt): Ternary {
  if (protocol !== undefined && protocol !== attempt.protocol) return false;
  let answer: Ternary = true;
  if (range !== undefined) answer = attempt.port !== undefined && range[0] <= attempt.port && attempt.port <= range[1];
  if (name !== undefined) answer = isCalled(name, destination, attempt);
  return doubt === undefined ? answer : and(answer, [doubt]);
}

/** A named port means what the destination pod calls so; nothing else has names. */
function isCalled(name: string, destination: End, attempt: Attempt): Ternary {
  if (!('pod' in destination) || attempt.port === undefined) return false;
  const { ports, portsOpen } = destination.pod;
  const isKnown = ports.some(
    (port) => port.name === name && port.protocol === attempt.protocol && port.port === attempt.port,
  );
  return isKnown || portsOpen === undefined ? isKnown : [portsOpen];
}

function and(a: Ternary, b: Ternary): Ternary {
  if (a === false || b === false) return false;
  if (a === true) return b;
  return b === true ? a : [...a, ...b].slice(0, MOST_DOUBTS);
}

function or(a: Ternary, b: Ternary): Ternary {
  if (a === true || b === true) return true;
  if (a === false) return b;
  return b === false ? a : [...a, ...b].slice(0, MOST_DOUBTS);
}

function not(a: Ternary): Ternary {
  return typeof a === 'boolean' ? !a : a;
}

const MOST_DOUBTS = 20;
