import { describe, expect, it } from 'vitest';
import { factsOfText } from '../../../conformance/network/facts.ts';
import { addressOrBlock } from './addresses.ts';
import { networkOf, type Network } from './network.ts';
import { protocolNumber } from './protocols.ts';
import type { End } from './types.ts';

/** `pod ns/name key=value ...` for each line. */
function pods(...lines: readonly string[]): string {
  return lines
    .map((line) => {
      const [id = '', ...pairs] = line.split(' ');
      const [namespace = '', name = ''] = id.split('/');
      const labels = pairs.map((pair) => pair.replace('=', ': ')).join(', ');
      const ports = '[{name: http, containerPort: 8080}]';
      return `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {${labels}}}\nspec: {containers: [{name: c, image: i, ports: ${ports}}]}\n`;
    })
    .join('');
}

async function networkOfText(...texts: readonly string[]): Promise<Network> {
  return networkOf(await factsOfText(texts.join('\n---\n')));
}

function policy(name: string, namespace: string, spec: string): string {
  return `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}\n`;
}

function ask(network: Network, from: string, to: string, port = '80'): string {
  const end = (text: string): End => {
    const pod = network.pods.find(({ namespace, name }) => `${namespace}/${name}` === text);
    return pod === undefined ? { address: addressOrBlock(text)?.first ?? 0n } : { pod };
  };
  const [protocol = 'TCP', number = port] = port.includes('/') ? port.split('/') : ['TCP', port];
  return network.why({ from: end(from), to: end(to), protocol: protocolNumber(protocol) ?? 6, port: Number(number) })
    .answer;
}

const TWO = pods('a/web app=web', 'a/db app=db', 'b/other app=web');

describe('NetworkPolicy v1', () => {
  it('allows everything where no policy applies', async () => {
    const network = await networkOfText(TWO);
    expect([ask(network, 'a/web', 'b/other'), ask(network, '8.8.8.8', 'a/db')]).toEqual(['allowed', 'allowed']);
  });

  it('adds up: what one policy allows, another does not take away', async () => {
    const deny = policy('deny', 'a', '{podSelector: {}}');
    const allow = policy(
      'web',
      'a',
      '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]}',
    );
    const network = await networkOfText(TWO, deny, allow);
    expect(ask(network, 'a/web', 'a/db', '5432')).toBe('allowed');
    expect(ask(network, 'a/web', 'a/db', '5433')).toBe('denied');
    expect(ask(network, 'a/web', 'a/db', 'UDP/5432')).toBe('denied');
    // The selector alone means pods of the policy's own namespace.
    expect(ask(network, 'b/other', 'a/db', '5432')).toBe('denied');
    // Nobody said anything of egress, and b is not isolated.
    expect(ask(network, 'a/db', 'b/other')).toBe('allowed');
  });

  it('isolates egress only where it is named, or has rules', async () => {
    const none = await networkOfText(TWO, policy('p', 'a', '{podSelector: {}, egress: []}'));
    expect(ask(none, 'a/web', 'b/other')).toBe('allowed');
    const named = await networkOfText(TWO, policy('p', 'a', '{podSelector: {}, policyTypes: [Egress]}'));
    expect([ask(named, 'a/web', 'b/other'), ask(named, 'b/other', 'a/web')]).toEqual(['denied', 'allowed']);
    const ruled = await networkOfText(TWO, policy('p', 'a', '{podSelector: {}, egress: [{to: [{podSelector: {}}]}]}'));
    expect([ask(ruled, 'a/web', 'b/other'), ask(ruled, 'b/other', 'a/web')]).toEqual(['denied', 'denied']);
  });

  it('resolves named ports at the destination, and ranges', async () => {
    const ports = await networkOfText(
      TWO,
      policy('p', 'a', '{podSelector: {}, ingress: [{ports: [{port: http}, {port: 9000, endPort: 9010}]}]}'),
    );
    expect(['8080', '80', '9000', '9010', '9011'].map((port) => ask(ports, 'b/other', 'a/db', port))).toEqual([
      'allowed',
      'denied',
      'allowed',
      'allowed',
      'denied',
    ]);
  });

  it('leaves exceptions out of blocks, and does not know the addresses of pods', async () => {
    const network = await networkOfText(
      TWO,
      policy('p', 'a', '{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]}'),
    );
    expect(['8.8.8.8', '10.1.1.1', '2001:db8::1', 'b/other'].map((to) => ask(network, 'a/web', to))).toEqual([
      'allowed',
      'denied',
      'denied',
      'unknown',
    ]);
    const facts = await factsOfText(
      `${TWO}${policy('p', 'a', '{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}')}`,
    );
    expect(ask(networkOf(facts, { podNetworks: ['10.4.0.0/16'] }), 'a/web', 'b/other')).toBe('allowed');
    expect(ask(networkOf(facts, { podNetworks: ['172.16.0.0/12'] }), 'a/web', 'b/other')).toBe('denied');
    expect(ask(networkOf(facts, { podNetworks: [] }), 'a/web', 'b/other')).toBe('denied');
  });

  it('does not know how pods on the host network are treated, and says so', async () => {
    const host =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: agent, namespace: a}\nspec: {hostNetwork: true, containers: []}\n';
    const network = await networkOfText(TWO, host, policy('deny', 'a', '{podSelector: {}}'));
    expect(ask(network, 'a/agent', 'a/db')).toBe('unknown');
    expect(ask(network, 'a/web', 'a/agent')).toBe('unknown');
    expect(ask(network, 'a/web', 'a/db')).toBe('denied');
  });

  it('names the rules that allow, and the policies that isolate', async () => {
    const network = await networkOfText(
      TWO,
      policy('deny', 'a', '{podSelector: {}}'),
      policy('db', 'a', '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {}}]}]}'),
    );
    const [web, db] = network.pods;
    if (web === undefined || db === undefined) throw new Error('no pods');
    const allowed = network.why({ from: { pod: web }, to: { pod: db }, protocol: 6, port: 80 });
    expect(allowed.egress).toEqual([]);
    expect(allowed.ingress).toMatchObject([
      { effect: 'allows', policy: 'NetworkPolicy a/db', isSure: true, at: { route: 'spec.ingress[0]' } },
    ]);
    const denied = network.why({ from: { pod: db }, to: { pod: web }, protocol: 6, port: 80 });
    expect(denied).toMatchObject({
      answer: 'denied',
      ingress: [{ effect: 'isolates', policy: 'NetworkPolicy a/deny' }],
    });
  });
});

function cluster(kind: string, version: string, name: string, spec: string): string {
  return `---\napiVersion: policy.networking.k8s.io/${version}\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
}

const EVERYONE = 'namespaces: {}';

describe('policies of the cluster', () => {
  it('come before and behind those of namespaces', async () => {
    const admin = cluster(
      'ClusterNetworkPolicy',
      'v1alpha2',
      'a',
      `{tier: Admin, priority: 1, subject: {${EVERYONE}}, ingress: [{action: Deny, from: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}}], protocols: [{tcp: {destinationPort: {number: 22}}}]}]}`,
    );
    const base = cluster(
      'ClusterNetworkPolicy',
      'v1alpha2',
      'b',
      `{tier: Baseline, priority: 1, subject: {${EVERYONE}}, ingress: [{action: Deny, from: [{${EVERYONE}}]}]}`,
    );
    const allow = policy('all', 'a', '{podSelector: {matchLabels: {app: db}}, ingress: [{}]}');
    const network = await networkOfText(TWO, admin, base, allow);
    expect(ask(network, 'a/web', 'a/db', '22')).toBe('denied');
    expect(ask(network, 'a/web', 'a/db', '80')).toBe('allowed');
    expect(ask(network, 'a/db', 'a/web', '80')).toBe('denied');
    expect(ask(network, '8.8.8.8', 'a/web', '80')).toBe('allowed');
  });

  it('pass to what stands behind them', async () => {
    const rules =
      'ingress: [{action: Pass, from: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}}]}, {action: Deny, from: [{namespaces: {}}]}]';
    const admin = cluster('AdminNetworkPolicy', 'v1alpha1', 'a', `{priority: 5, subject: {${EVERYONE}}, ${rules}}`);
    const network = await networkOfText(TWO, admin);
    expect([ask(network, 'a/web', 'a/db'), ask(network, 'a/db', 'a/web')]).toEqual(['allowed', 'denied']);
  });

  it('of the same priority decide nothing where they differ', async () => {
    const rule = (action: string, port: number): string =>
      `ingress: [{action: ${action}, from: [{${EVERYONE}}], ports: [{portNumber: {protocol: TCP, port: ${port}}}]}]`;
    const one = cluster(
      'AdminNetworkPolicy',
      'v1alpha1',
      'one',
      `{priority: 5, subject: {${EVERYONE}}, ${rule('Allow', 80)}}`,
    );
    const two = cluster(
      'AdminNetworkPolicy',
      'v1alpha1',
      'two',
      `{priority: 5, subject: {${EVERYONE}}, ${rule('Deny', 80)}}`,
    );
    const three = cluster(
      'AdminNetworkPolicy',
      'v1alpha1',
      'three',
      `{priority: 5, subject: {${EVERYONE}}, ${rule('Deny', 81)}}`,
    );
    const network = await networkOfText(TWO, one, two, three);
    expect(['80', '81', '82'].map((port) => ask(network, 'a/web', 'a/db', port))).toEqual([
      'unknown',
      'denied',
      'allowed',
    ]);
  });
});

function calico(kind: string, name: string, spec: string, namespace?: string): string {
  const where = namespace === undefined ? '' : `, namespace: ${namespace}`;
  return `---\napiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata: {name: ${name}${where}}\nspec: ${spec}\n`;
}

describe('Calico', () => {
  it('asks policies in order, then by name, and the first rule that matches decides', async () => {
    const late = calico('GlobalNetworkPolicy', 'a', '{order: 20, selector: all(), ingress: [{action: Deny}]}');
    const early = calico(
      'GlobalNetworkPolicy',
      'z',
      '{order: 10, selector: all(), ingress: [{action: Log}, {action: Allow, protocol: TCP, destination: {ports: [80, "90:99"]}}]}',
    );
    const network = await networkOfText(TWO, late, early);
    expect(['80', '95', '100'].map((port) => ask(network, 'a/web', 'a/db', port))).toEqual([
      'allowed',
      'allowed',
      'denied',
    ]);
  });

  it('ends a tier with a denial only where a policy of it applies', async () => {
    const tier = calico('Tier', 'platform', '{order: 10}');
    const some = calico(
      'GlobalNetworkPolicy',
      'platform.some',
      "{tier: platform, selector: app == 'db', types: [Ingress]}",
    );
    const network = await networkOfText(TWO, tier, some);
    expect([ask(network, 'a/web', 'a/db'), ask(network, 'a/db', 'a/web')]).toEqual(['denied', 'allowed']);
    const staged = await networkOfText(TWO, tier, some.replace('GlobalNetworkPolicy', 'StagedGlobalNetworkPolicy'));
    expect(ask(staged, 'a/web', 'a/db')).toBe('allowed');
    expect(staged.problems).toMatchObject([{ kind: 'notice' }]);
  });

  it('passes to the next tier, and ends with Pass where a tier says so', async () => {
    const tiers = calico('Tier', 'first', '{order: 1}') + calico('Tier', 'second', '{order: 2, defaultAction: Pass}');
    const first = calico(
      'GlobalNetworkPolicy',
      'f',
      "{tier: first, selector: all(), ingress: [{action: Pass, source: {selector: app == 'web'}}]}",
    );
    const second = calico(
      'GlobalNetworkPolicy',
      's',
      "{tier: second, selector: all(), ingress: [{action: Deny, source: {namespaceSelector: projectcalico.org/name == 'b'}}]}",
    );
    const network = await networkOfText(TWO, tiers, first, second);
    expect([ask(network, 'a/web', 'a/db'), ask(network, 'b/other', 'a/db'), ask(network, 'a/db', 'a/web')]).toEqual([
      'allowed',
      'denied',
      'denied',
    ]);
  });

  it('puts policies of Kubernetes at order 1000 of its default tier', async () => {
    const np = policy('deny', 'a', '{podSelector: {}}');
    const rule = (order: number): string =>
      calico('NetworkPolicy', 'allow', `{order: ${order}, selector: all(), ingress: [{action: Allow}]}`, 'a');
    // Whatever the order, allowing is allowing; a denial counts only before what allows.
    expect(ask(await networkOfText(TWO, np, rule(2000)), 'a/web', 'a/db')).toBe('allowed');
    const open = policy('open', 'a', '{podSelector: {}, ingress: [{}]}');
    const deny = (order: number): string => rule(order).replace('action: Allow', 'action: Deny');
    expect(ask(await networkOfText(TWO, open, deny(500)), 'a/web', 'a/db')).toBe('denied');
    expect(ask(await networkOfText(TWO, open, deny(2000)), 'a/web', 'a/db')).toBe('allowed');
  });

  it('finds addresses of network sets by labels, and endpoints by what they are not', async () => {
    const sets = calico('GlobalNetworkSet', 'bad', '{nets: [198.51.100.0/24]}').replace(
      'name: bad',
      'name: bad, labels: {threat: feed}',
    );
    const deny = calico(
      'GlobalNetworkPolicy',
      'p',
      "{order: 1, selector: all(), ingress: [{action: Deny, source: {selector: has(threat)}}, {action: Allow, source: {notSelector: app == 'web'}}]}",
    );
    const network = await networkOfText(TWO, sets, deny);
    expect(['198.51.100.7', '198.51.101.7', 'a/web', 'a/db'].map((from) => ask(network, from, 'b/other'))).toEqual([
      'denied',
      'allowed',
      'denied',
      'allowed',
    ]);
  });

  it('knows nothing of policies in a tier that is not in sight', async () => {
    const network = await networkOfText(
      TWO,
      calico('NetworkPolicy', 'p', '{tier: elsewhere, selector: all(), ingress: [{action: Allow}]}', 'a'),
    );
    expect([ask(network, 'b/other', 'a/db'), ask(network, 'a/db', 'b/other')]).toEqual(['unknown', 'unknown']);
    expect(ask(network, 'b/other', '8.8.8.8')).toBe('allowed');
    expect(network.problems).toMatchObject([{ kind: 'undecided', reason: 'not-in-sight' }]);
  });
});
