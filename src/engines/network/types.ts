import type { Gap, SourceLocation } from '../../model/index.ts';
import type { AddressRange } from './addresses.ts';

/** Why something is not known, and where it stands. */
export interface Doubt {
  readonly why: string;
  readonly at?: SourceLocation;
}

/** What is said of the reading: `undecided` leaves answers open, a `notice` changes none. */
export interface Problem extends Gap {
  readonly kind: 'undecided' | 'notice';
}

/** Labels of an object; a value may be unknown, and so may be whether there are others. */
export interface Labels {
  readonly known: ReadonlyMap<string, string | Doubt>;
  /** Set where keys that are missing may all the same be there: why. */
  readonly open?: Doubt;
}

/** Whose labels a requirement looks at: the endpoint's own, its namespace's, its service account's. */
export type LabelOwner = 'own' | 'namespace' | 'account';

export type LabelTest =
  | { readonly is: 'present' }
  | { readonly is: 'in'; readonly values: readonly string[] }
  | { readonly is: 'contains' | 'starts' | 'ends'; readonly text: string };

/**
 * A condition on labels. Label selectors of Kubernetes and selectors of Calico are both written in it; `unknown` stands
 * where a part of the condition is not known.
 */
export type Selector =
  | { readonly kind: 'all' }
  | { readonly kind: 'unknown'; readonly doubt: Doubt }
  | { readonly kind: 'label'; readonly of: LabelOwner; readonly key: string; readonly test: LabelTest }
  | { readonly kind: 'not'; readonly item: Selector }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Selector[] };

/** One end of a connection as a rule describes it: everything that is set must hold. */
export interface Peer {
  readonly at: SourceLocation;
  /** Pods with such labels; absent: any address, also one that is no pod's. */
  readonly selector?: Selector;
  /** Everything but pods with such labels (Calico). */
  readonly notSelector?: Selector;
  /** Whether selectors look at network sets, too (Calico). */
  readonly sets?: boolean;
  /** Addresses; absent: any. */
  readonly nets?: readonly AddressRange[];
  readonly notNets?: readonly AddressRange[];
  /** Set where more is asked than is known: it matches at most what the rest says. */
  readonly doubt?: Doubt;
}

/** Ports of one protocol, or of any where none is given. */
export interface PortMatch {
  /** Number of the protocol: 6 TCP, 17 UDP, 132 SCTP, 1 ICMP. */
  readonly protocol?: number;
  /** First and last port; absent with `name`: all of them. */
  readonly range?: readonly [number, number];
  /** Name of a port of the destination pod. */
  readonly name?: string;
  /** Set where more is asked than is known. */
  readonly doubt?: Doubt;
}

export interface Rule {
  readonly at: SourceLocation;
  readonly action: 'allow' | 'deny' | 'pass';
  /** The other end: any of these; none matches nothing. */
  readonly peers: readonly Peer[];
  /** What the selected end must be beside being selected (Calico). */
  readonly own?: Peer;
  /** Any of these; absent: all protocols and ports. */
  readonly ports?: readonly PortMatch[];
  /** None of these (Calico). */
  readonly notPorts?: readonly PortMatch[];
}

export type Direction = 'ingress' | 'egress';

/** A policy of any API, in the terms that they share. */
export interface Policy {
  readonly kind: string;
  readonly name: string;
  /** Absent for policies of the cluster. */
  readonly namespace?: string;
  readonly at: SourceLocation;
  /** Lower comes first; Infinity where none is given. */
  readonly order: number;
  /** Pods that it applies to. */
  readonly subject: Selector;
  /** Pods on the host network: never meant, or left to the plugin. */
  readonly hosts: 'never' | 'unclear';
  /** Rules by direction; absent: it does not apply to this direction. */
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/** Policies that are asked together, in order: the first rule that matches decides. */
export interface Tier {
  readonly name: string;
  /** What happens to a connection that a policy of the tier applies to and no rule decides. */
  readonly endsWith: 'deny' | 'pass';
  /** Groups in order; where a group holds several, the order among them is not defined. */
  readonly groups: readonly (readonly Policy[])[];
}

export interface NamedPort {
  readonly name: string;
  readonly protocol: number;
  readonly port: number;
}

/** The pods of a workload: any one of them. */
export interface PodEndpoint {
  /** `namespace/name[Kind]` */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  readonly at: SourceLocation;
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
  readonly accountLabels: Labels;
  readonly hostNetwork: boolean | Doubt;
  readonly ports: readonly NamedPort[];
  /** Set where it may have other named ports. */
  readonly portsOpen?: Doubt;
}

/** A NetworkSet or GlobalNetworkSet of Calico: addresses that selectors find by labels. */
export interface NetworkSet {
  readonly name: string;
  readonly at: SourceLocation;
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
  readonly nets: readonly AddressRange[];
  /** Set where it may hold others, or not be there. */
  readonly open?: Doubt;
}

/** Everything that decides who reaches whom. */
export interface NetworkModel {
  readonly pods: readonly PodEndpoint[];
  readonly sets: readonly NetworkSet[];
  /** In the order in which they are asked; what none decides is allowed. */
  readonly tiers: readonly Tier[];
  readonly problems: readonly Problem[];
  /** Networks that pods get addresses from; absent: not known. None: blocks of addresses hold no pod. */
  readonly podNetworks?: readonly AddressRange[];
}

/** One end of a connection: a pod, or an address that is no pod's (IPv6 behind IPv4, as in {@link AddressRange}). */
export type End = { readonly pod: PodEndpoint } | { readonly address: bigint };
