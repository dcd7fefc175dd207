import type { KubernetesFact } from '../../../facts/kubernetes/types.ts';
import { descend, plain, whyUnknown, type YamlNode } from '../../../lib/yaml/index.ts';
import type { Doubt, Problem } from '../types.ts';

/** An object of the cluster, once: equal declarations are one. */
export interface ClusterObject {
  readonly fact: KubernetesFact;
  readonly group: string;
  readonly version: string;
  readonly name: string;
  /** Objects that name none are in `default`; meaningless for objects of the cluster. */
  readonly namespace: string | Doubt;
  /** Set where other declarations of the same object differ: only one of them can be there. */
  readonly contested?: Doubt;
}

/** The objects that facts declare; those that are declared several times, and differently, are contested. */
export function objectsOf(facts: readonly KubernetesFact[], problems: Problem[]): ClusterObject[] {
  const byName = new Map<string, KubernetesFact[]>();
  const unnamed: ClusterObject[] = [];
  for (const fact of facts) {
    if (!matters(fact)) continue;
    const object = read(fact);
    if (fact.name === undefined || typeof object.namespace !== 'string') unnamed.push(object);
    else {
      const key = JSON.stringify([object.group, fact.kind, object.namespace, fact.name]);
      const same = byName.get(key);
      if (same === undefined) byName.set(key, [fact]);
      else same.push(fact);
    }
  }
  return [...[...byName.values()].flatMap((same) => unique(same, problems)), ...unnamed];
}

function unique(same: readonly KubernetesFact[], problems: Problem[]): ClusterObject[] {
  const [first] = same;
  if (first === undefined) return [];
  if (same.length === 1) return [read(first)];
  const byText = new Map(same.toReversed().map((fact) => [contentOf(fact), fact]));
  const different = [...byText.values()].toReversed();
  if (different.length === 1) return [read(first)];
  // Each variant of a workload is an endpoint of its own; of anything else, only one can count.
  if (first.pod !== undefined) return different.map(read);
  const places = different.map(({ at }) => `${at.path}:${at.startLine}`).slice(0, 3);
  const why = `${first.kind} ${first.name ?? ''} is declared ${different.length} times with different content (${places.join(', ')}), and only one of them can be there`;
  problems.push({ kind: 'undecided', reason: 'unresolved-value', message: why, at: first.at });
  return different.map((fact) => ({ ...read(fact), contested: { why, at: fact.at } }));
}

/** What counts of an object: of policies what they say, of others their labels, too; in which order does not matter. */
function contentOf({ apiVersion, kind, root, pod }: KubernetesFact): string {
  const isPolicy = pod === undefined && /Policy$/.test(kind);
  const labels = isPolicy ? undefined : plain(descend(root, 'metadata', 'labels'));
  return JSON.stringify([apiVersion, labels, plain(descend(root, 'spec')), unknownsOf(root)], sorted);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Values that are not known are not equal only because both are not. */
function unknownsOf(node: YamlNode): string[] {
  if (node.kind === 'scalar') return node.unknown === undefined ? [] : [`${node.at.route ?? ''} ${node.unknown}`];
  return (node.kind === 'list' ? node.items : node.entries.map(({ value }) => value)).flatMap(unknownsOf);
}

/** Whether the network may depend on an object. */
function matters({ apiVersion, kind, pod }: KubernetesFact): boolean {
  if (pod !== undefined || kind === 'Namespace' || kind === 'ServiceAccount') return true;
  return apiVersion.includes('projectcalico.org/') || /(?:NetworkPolicy|EgressFirewall)$/.test(kind);
}

function read(fact: KubernetesFact): ClusterObject {
  const slash = fact.apiVersion.indexOf('/');
  const node = descend(fact.root, 'metadata', 'namespace');
  const why = whyUnknown(node) ?? whyUnknown(descend(fact.root, 'metadata'));
  return {
    fact,
    group: slash === -1 ? '' : fact.apiVersion.slice(0, slash),
    version: fact.apiVersion.slice(slash + 1),
    name: fact.name ?? nameless(fact),
    namespace: why === undefined ? (fact.namespace ?? 'default') : { why, at: node?.at ?? fact.at },
  };
}

function nameless(fact: KubernetesFact): string {
  const prefix = plain(descend(fact.root, 'metadata', 'generateName'));
  return typeof prefix === 'string' ? `${prefix}*` : '(unnamed)';
}
