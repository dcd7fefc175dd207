import type { KubernetesObject } from './facts.ts';

/** Numbers from 0 to 1 that a seed determines. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Which APIs a random cluster uses. */
export type Flavour = 'kubernetes' | 'cluster' | 'calico';

const KEYS = ['app', 'tier', 'team'] as const;
const VALUES = ['a', 'b', 'ab'] as const;
const NAMESPACES = ['red', 'green', 'blue'] as const;
const BLOCKS = [
  '10.0.0.0/8',
  '10.1.0.0/16',
  '192.168.0.0/24',
  '0.0.0.0/0',
  '2001:db8::/32',
  '10.1.2.3/32',
  '::/0',
] as const;
export const NUMBERS = [80, 81, 443, 5432, 8080] as const;
const NAMES = ['http', 'db'] as const;

/** A small cluster in which selectors, blocks and ports meet often. */
export function clusterOf(seed: number, flavour: Flavour): KubernetesObject[] {
  return new Maker(randomOf(seed)).cluster(flavour);
}

class Maker {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  cluster(flavour: Flavour): KubernetesObject[] {
    const objects: KubernetesObject[] = [];
    // One namespace stays undeclared.
    for (const name of NAMESPACES.slice(0, 2))
      objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: this.#labels() } });
    for (let at = 0; at < 5 + this.#below(5); at++) objects.push(this.#workload(at));
    for (let at = 0; at < this.#below(6); at++) objects.push(this.#networkPolicy(at));
    if (flavour === 'cluster') for (let at = 0; at < 1 + this.#below(5); at++) objects.push(this.#clusterPolicy(at));
    if (flavour === 'calico') objects.push(...this.#calico());
    return objects;
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #pick<T>(list: readonly T[]): T {
    const item = list[this.#below(list.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  #maybe(chance = 0.5): boolean {
    return this.#random() < chance;
  }

  #some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: 1 + this.#below(most) }, make);
  }

  #labels(): Record<string, string> {
    return Object.fromEntries(KEYS.filter(() => this.#maybe()).map((key) => [key, this.#pick(VALUES)]));
  }

  #workload(at: number): KubernetesObject {
    const kind = this.#pick(['Pod', 'Deployment', 'StatefulSet', 'Job'] as const);
    const ports = NAMES.filter(() => this.#maybe()).map((name) => ({
      name,
      containerPort: this.#pick(NUMBERS),
      ...(this.#maybe(0.2) ? { protocol: 'UDP' } : {}),
    }));
    const spec = {
      ...(this.#maybe(0.1) ? { hostNetwork: true } : {}),
      ...(this.#maybe() ? { serviceAccountName: this.#pick(['one', 'two']) } : {}),
      containers: [{ name: 'c', image: 'i', ports }],
    };
    const metadata = { name: `w${at}`, namespace: this.#pick(NAMESPACES) };
    const labels = this.#labels();
    if (kind === 'Pod') return { apiVersion: 'v1', kind, metadata: { ...metadata, labels }, spec };
    return { apiVersion: 'apps/v1', kind, metadata, spec: { template: { metadata: { labels }, spec } } };
  }

  #selector(): object {
    const matchExpressions = this.#some(2, () => {
      const operator = this.#pick(['In', 'NotIn', 'Exists', 'DoesNotExist']);
      const key = this.#pick([...KEYS, 'pod-template-hash']);
      return operator.endsWith('In')
        ? { key, operator, values: this.#some(2, () => this.#pick(VALUES)) }
        : { key, operator };
    });
    return { matchLabels: this.#maybe(0.6) ? this.#labels() : {}, ...(this.#maybe(0.3) ? { matchExpressions } : {}) };
  }

  #namespaceSelector(): object {
    return this.#maybe(0.4)
      ? { matchLabels: { 'kubernetes.io/metadata.name': this.#pick(NAMESPACES) } }
      : this.#selector();
  }

  #port(): object {
    const protocol = this.#maybe(0.3) ? { protocol: this.#pick(['TCP', 'UDP', 'SCTP']) } : {};
    if (this.#maybe(0.3)) return { ...protocol, port: this.#pick(NAMES) };
    if (this.#maybe(0.2)) return protocol;
    const port = this.#pick(NUMBERS);
    return { ...protocol, port, ...(this.#maybe(0.3) ? { endPort: port + this.#below(400) } : {}) };
  }

  #networkPolicy(at: number): KubernetesObject {
    const peer = (): object => {
      if (this.#maybe(0.25)) {
        const cidr = this.#pick(BLOCKS);
        return {
          ipBlock: {
            cidr,
            ...(cidr === '0.0.0.0/0' ? { except: this.#some(2, () => this.#pick(BLOCKS.slice(0, 3))) } : {}),
          },
        };
      }
      if (this.#maybe(0.3)) return { namespaceSelector: this.#namespaceSelector(), podSelector: this.#selector() };
      return this.#maybe() ? { podSelector: this.#selector() } : { namespaceSelector: this.#namespaceSelector() };
    };
    const rules = (end: 'from' | 'to'): object[] =>
      this.#some(3, () => ({
        ...(this.#maybe(0.9) ? { [end]: this.#some(2, peer) } : {}),
        ...(this.#maybe(0.6) ? { ports: this.#some(2, () => this.#port()) } : {}),
      }));
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `np${at}`, namespace: this.#pick(NAMESPACES) },
      spec: {
        podSelector: this.#selector(),
        ...(this.#maybe(0.7) ? { ingress: rules('from') } : {}),
        ...(this.#maybe() ? { egress: rules('to') } : {}),
        ...(this.#maybe() ? { policyTypes: this.#pick([['Ingress'], ['Egress'], ['Ingress', 'Egress']]) } : {}),
      },
    };
  }

  #clusterPolicy(at: number): KubernetesObject {
    const kind = this.#pick(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'] as const);
    const isNew = kind === 'ClusterNetworkPolicy';
    const pods = (): object =>
      this.#maybe()
        ? { namespaces: this.#namespaceSelector() }
        : { pods: { namespaceSelector: this.#namespaceSelector(), podSelector: this.#selector() } };
    const peer = (end: string): object => {
      if (end === 'to' && this.#maybe(0.3)) return { networks: this.#some(2, () => this.#pick(BLOCKS)) };
      return end === 'to' && this.#maybe(0.1) ? { nodes: {} } : pods();
    };
    const actions = [isNew ? 'Accept' : 'Allow', 'Deny', ...(kind === 'BaselineAdminNetworkPolicy' ? [] : ['Pass'])];
    const rule = (end: string): object => ({
      action: this.#pick(actions),
      [end]: this.#some(2, () => peer(end)),
      ...(this.#maybe(0.4) ? { [isNew ? 'protocols' : 'ports']: this.#some(2, () => this.#clusterPort(isNew)) } : {}),
    });
    return {
      apiVersion: `policy.networking.k8s.io/${isNew ? 'v1alpha2' : 'v1alpha1'}`,
      kind,
      metadata: { name: `cp${at}` },
      spec: {
        ...(isNew ? { tier: this.#pick(['Admin', 'Baseline']) } : {}),
        ...(kind === 'BaselineAdminNetworkPolicy' ? {} : { priority: this.#below(4) }),
        subject: pods(),
        ...(this.#maybe(0.7) ? { ingress: this.#some(3, () => rule('from')) } : {}),
        ...(this.#maybe(0.7) ? { egress: this.#some(3, () => rule('to')) } : {}),
      },
    };
  }

  #clusterPort(isNew: boolean): object {
    const port = this.#pick(NUMBERS);
    const range = { start: port, end: port + 1 + this.#below(300) };
    if (isNew) {
      if (this.#maybe(0.2)) return { destinationNamedPort: this.#pick(NAMES) };
      const destinationPort = this.#maybe() ? { number: port } : { range };
      return { [this.#pick(['tcp', 'udp', 'sctp'])]: this.#maybe(0.8) ? { destinationPort } : {} };
    }
    if (this.#maybe(0.2)) return { namedPort: this.#pick(NAMES) };
    const protocol = this.#pick(['TCP', 'UDP']);
    return this.#maybe() ? { portNumber: { protocol, port } } : { portRange: { protocol, ...range } };
  }

  #calicoSelector(depth = 0): string {
    const key = this.#pick([...KEYS, 'projectcalico.org/namespace', 'projectcalico.org/serviceaccount', 'pcns.app']);
    const value = this.#pick([...VALUES, ...NAMESPACES, 'one']);
    if (depth < 2 && this.#maybe(0.3))
      return `(${this.#calicoSelector(depth + 1)}) ${this.#pick(['&&', '||'])} ${this.#calicoSelector(depth + 1)}`;
    return this.#pick([
      'all()',
      `has(${key})`,
      `!has(${key})`,
      `${key} == '${value}'`,
      `${key} != "${value}"`,
      `${key} in {'${value}', 'a'}`,
      `${key} not in {'${value}'}`,
      `${key} contains 'b'`,
      `${key} starts with 'a'`,
      `! ${key} ends with "b"`,
    ]);
  }

  #entity(isDestination: boolean, hasPorts: boolean): object {
    const fields: Record<string, unknown> = {};
    if (this.#maybe(0.4)) fields['selector'] = this.#calicoSelector();
    if (this.#maybe(0.2)) fields['notSelector'] = this.#calicoSelector();
    if (this.#maybe(0.2))
      fields['namespaceSelector'] = this.#maybe(0.2)
        ? 'global()'
        : this.#maybe(0.3)
          ? 'all()'
          : `app == '${this.#pick(VALUES)}'`;
    if (this.#maybe(0.2)) fields['nets'] = this.#some(2, () => this.#pick(BLOCKS));
    if (this.#maybe(0.1)) fields['notNets'] = this.#some(2, () => this.#pick(BLOCKS.slice(0, 3)));
    if (this.#maybe(0.1))
      fields['serviceAccounts'] = this.#maybe() ? { names: ['one'] } : { selector: "projectcalico.org/name == 'two'" };
    if (isDestination && hasPorts && this.#maybe())
      fields['ports'] = this.#some(2, () => this.#pick([80, '443:8080', 'http', 5432]));
    if (isDestination && hasPorts && this.#maybe(0.2)) fields['notPorts'] = [this.#pick(NUMBERS)];
    return fields;
  }

  #calico(): KubernetesObject[] {
    const apiVersion = 'projectcalico.org/v3';
    const rule = (): object => {
      const protocol = this.#maybe(0.6) ? this.#pick(['TCP', 'UDP', 'ICMP']) : undefined;
      const hasPorts = protocol === 'TCP' || protocol === 'UDP';
      return {
        action: this.#pick(['Allow', 'Deny', 'Pass', 'Log', 'Allow']),
        ...(protocol === undefined ? {} : { protocol }),
        ...(this.#maybe(0.1) ? { notProtocol: this.#pick(['SCTP', 'UDP']) } : {}),
        ...(this.#maybe(0.1) ? { ipVersion: this.#pick([4, 6]) } : {}),
        ...(this.#maybe(0.7) ? { source: this.#entity(false, hasPorts) } : {}),
        ...(this.#maybe(0.7) ? { destination: this.#entity(true, hasPorts) } : {}),
      };
    };
    const policies = this.#some(4, (): KubernetesObject => {
      const isGlobal = this.#maybe();
      return {
        apiVersion,
        kind: `${this.#maybe(0.1) ? 'Staged' : ''}${isGlobal ? 'Global' : ''}NetworkPolicy`,
        metadata: { name: `c${this.#below(100)}`, ...(isGlobal ? {} : { namespace: this.#pick(NAMESPACES) }) },
        spec: {
          tier: this.#pick(['default', 'default', 'platform', 'late', 'missing']),
          ...(this.#maybe(0.7) ? { order: this.#pick([1, 10, 1000, 2000]) } : {}),
          selector: this.#calicoSelector(),
          ...(this.#maybe(0.7) ? { ingress: this.#some(3, rule) } : {}),
          ...(this.#maybe(0.7) ? { egress: this.#some(3, rule) } : {}),
          ...(this.#maybe(0.3) ? { types: this.#pick([['Ingress'], ['Egress'], ['Ingress', 'Egress']]) } : {}),
        },
      };
    });
    return [
      { apiVersion, kind: 'Tier', metadata: { name: 'platform' }, spec: { order: 100 } },
      {
        apiVersion,
        kind: 'Tier',
        metadata: { name: 'late' },
        spec: { order: 2_000_000, defaultAction: this.#pick(['Pass', 'Deny']) },
      },
      {
        apiVersion,
        kind: 'NetworkSet',
        metadata: { name: 'n', namespace: 'red', labels: this.#labels() },
        spec: { nets: ['10.1.0.0/16'] },
      },
      {
        apiVersion,
        kind: 'GlobalNetworkSet',
        metadata: { name: 'g', labels: this.#labels() },
        spec: { nets: ['2001:db8::/32', '192.168.0.7/32'] },
      },
      ...policies,
    ];
  }
}
