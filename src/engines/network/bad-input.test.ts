import { describe, expect, it } from 'vitest';
import { factsOf, factsOfText } from '../../../conformance/network/facts.ts';
import { networkOf, type Network } from './network.ts';
import { MOST_PARTS } from './read/reading.ts';

const PODS = ['web', 'db'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'a', labels: { app: name } },
  spec: { containers: [] },
}));

async function withPolicy(
  spec: unknown,
  apiVersion = 'networking.k8s.io/v1',
  kind = 'NetworkPolicy',
): Promise<Network> {
  return networkOf(await factsOf([...PODS, { apiVersion, kind, metadata: { name: 'p', namespace: 'a' }, spec }]));
}

function answer(network: Network): string {
  const [web, db] = network.pods;
  if (web === undefined || db === undefined) throw new Error('no pods');
  return network.why({ from: { pod: web }, to: { pod: db }, protocol: 6, port: 80 }).answer;
}

const DB = { matchLabels: { app: 'db' } };

describe('policies that the API server refuses', () => {
  it.each([
    ['a port out of range', { podSelector: DB, ingress: [{ ports: [{ port: 70_000 }] }] }, '70000 is no port'],
    ['a range that goes down', { podSelector: DB, ingress: [{ ports: [{ port: 80, endPort: 79 }] }] }, 'below port 80'],
    ['an end without a start', { podSelector: DB, ingress: [{ ports: [{ endPort: 79 }] }] }, 'endPort without port'],
    ['a number as a name', { podSelector: DB, ingress: [{ ports: [{ port: '80' }] }] }, 'no name of a port'],
    [
      'a protocol of its own',
      { podSelector: DB, ingress: [{ ports: [{ protocol: 'tcp', port: 80 }] }] },
      'none of TCP',
    ],
    [
      'a block that is none',
      { podSelector: DB, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] },
      'no block',
    ],
    [
      'an exception outside',
      { podSelector: DB, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/8'] } }] }] },
      'strictly within',
    ],
    ['a peer of nothing', { podSelector: DB, ingress: [{ from: [{}] }] }, 'names nothing'],
    [
      'a block and a selector',
      { podSelector: DB, ingress: [{ from: [{ ipBlock: { cidr: '::/0' }, podSelector: {} }] }] },
      'beside a selector',
    ],
    [
      'an operator of its own',
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'Like', values: ['x'] }] } },
      'operator Like',
    ],
    ['a set of no values', { podSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }, 'In without values'],
    ['a type of its own', { podSelector: DB, policyTypes: ['Both'] }, 'Both is no type'],
  ])('%s: named, and the answer is open', async (_, spec, message) => {
    const network = await withPolicy(spec);
    expect(network.problems[0]).toMatchObject({ kind: 'undecided', at: { path: 'all.yaml' } });
    expect(network.problems[0]?.message).toContain(message);
    if (_ !== 'a type of its own') expect(answer(network)).toBe('unknown');
  });

  it.each([
    ['networking.k8s.io/v2', 'NetworkPolicy'],
    ['extensions/v1beta1', 'NetworkPolicy'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    ['crd.antrea.io/v1beta1', 'NetworkPolicy'],
  ])('of %s %s', async (apiVersion, kind) => {
    const network = await withPolicy({ podSelector: {}, policyTypes: ['Ingress'] }, apiVersion, kind);
    expect(network.problems).toHaveLength(1);
    expect(answer(network)).toBe('unknown');
  });

  it('a selector that contradicts itself selects nothing, and is named', async () => {
    const network = await withPolicy({
      podSelector: {
        matchLabels: { app: 'db' },
        matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }],
      },
    });
    expect(answer(network)).toBe('allowed');
    expect(network.problems).toMatchObject([
      { kind: 'notice', message: expect.stringContaining('contradicts itself') as string },
    ]);
  });

  it('declared twice, and differently: only one is there, and nobody knows which', async () => {
    const text = (port: number): string =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: a}\nspec: {podSelector: {}, ingress: [{ports: [{port: ${port}}]}]}\n`;
    const pods = await factsOf(PODS);
    const same = networkOf([...pods, ...(await factsOfText(`${text(80)}---\n${text(80)}`))]);
    expect([answer(same), same.problems]).toEqual(['allowed', []]);
    const other = networkOf([...pods, ...(await factsOfText(`${text(80)}---\n${text(81)}`))]);
    expect([answer(other), other.problems.length]).toEqual(['unknown', 1]);
  });

  it('asks for labels of a namespace that is not declared', async () => {
    const network = await withPolicy({
      podSelector: DB,
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'x' } } }] }],
    });
    expect(answer(network)).toBe('denied');
    expect(network.problems[0]?.message).toContain('the namespace a is not declared');
  });
});

describe('too much of everything', () => {
  it('stops at its limit, says so, and knows nothing of the rest', async () => {
    const [facts] = [
      await factsOf([
        ...PODS,
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: 'p', namespace: 'a' },
          spec: {},
        },
      ]),
    ];
    const fact = facts.at(-1);
    if (fact === undefined) throw new Error('no policy');
    // A million rules, as one rule that is shared: nodes of this size do not come out of one file.
    const at = fact.at;
    const rule = { kind: 'map' as const, at, entries: [] };
    const rules = {
      kind: 'list' as const,
      at,
      items: Array.from({ length: 1_000_000 }, () => ({
        kind: 'map' as const,
        at,
        entries: [{ key: 'ports', keyAt: at, value: { kind: 'list' as const, at, items: [rule] } }],
      })),
    };
    const root = {
      kind: 'map' as const,
      at,
      entries: [
        {
          key: 'spec',
          keyAt: at,
          value: { kind: 'map' as const, at, entries: [{ key: 'ingress', keyAt: at, value: rules }] },
        },
      ],
    };
    const network = networkOf([...facts.slice(0, -1), { ...fact, root }]);
    expect(network.problems).toMatchObject([
      { reason: 'out-of-budget', message: expect.stringContaining(String(MOST_PARTS)) as string },
    ]);
    expect(answer(network)).toBe('allowed');
  });

  it('keeps to its memory where every rule has ports of its own', async () => {
    const rules = Array.from({ length: 2500 }, (_, at) => ({ ports: [{ port: at * 2 + 1 }] }));
    const policies = Array.from({ length: 1 }, (_, at) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `p${at}`, namespace: 'a' },
      spec: { podSelector: {}, ingress: rules },
    }));
    const network = networkOf(await factsOf([...PODS, ...policies]));
    expect(answer(network)).toBe('unknown');
    expect([...network.relation()].every(({ connections }) => connections.unclearText === 'all')).toBe(true);
  });
});
