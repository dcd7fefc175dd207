import type { Connectivity } from './connectivity.ts';
import type { Partition } from './partition.ts';
import { ALL_DENIED, type CellId } from './cell-table.ts';
import { cellAt } from './row.ts';

/** Elements that are alike as sources, or as destinations. */
export type Alike = readonly number[];

/** A pair of groups between which something may be allowed, and what. */
export interface Part {
  readonly from: Alike;
  readonly to: Alike;
  readonly cell: CellId;
}

/** Every pair of groups, once, between which anything is possibly allowed, and that holds a pod. */
export function* partsOf(network: Connectivity): Generator<Part> {
  const { ingress, egress } = network.compiled.roles;
  const sources = alike(egress.subject, ingress.peer);
  const destinations = alike(ingress.subject, egress.peer);
  const byPeer = new Map<number, { readonly group: Alike; readonly first: number }[]>();
  const hosts: { readonly group: Alike; readonly first: number }[] = [];
  for (const group of sources) {
    const [first = 0] = group;
    // Whatever policies say, a node may reach its own pods.
    if (network.isPods(first) && network.compiled.index.mayBeHost(first)) hosts.push({ group, first });
    else push(byPeer, ingress.peer.classOf[first] ?? 0, { group, first });
  }
  for (const to of destinations) {
    const [target = 0] = to;
    const into = network.rowOf('ingress', target);
    const peer = egress.peer.classOf[target] ?? 0;
    const isAddress = !network.isPods(target);
    // Where most are denied, only those that differ are asked.
    const asked = into.most === ALL_DENIED ? into.peers : byPeer.keys();
    for (const source of asked) {
      const allowed = cellAt(into, source);
      if (allowed === ALL_DENIED) continue;
      for (const { group, first } of byPeer.get(source) ?? []) {
        if (isAddress && !network.isPods(first)) continue;
        const cell = network.joined(first, cellAt(network.rowOf('egress', first), peer), allowed);
        if (cell !== ALL_DENIED) yield { from: group, to, cell };
      }
    }
    for (const { group, first } of hosts) yield { from: group, to, cell: network.cell(first, target) };
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, item: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Elements that two partitions both put together. */
function alike(one: Partition, other: Partition): Alike[] {
  const groups = new Map<number, number[]>();
  for (let element = 0; element < one.classOf.length; element++) {
    const [a, b] = [one.classOf[element] ?? -1, other.classOf[element] ?? -1];
    if (a !== -1) push(groups, a * other.members.length + b, element);
  }
  return [...groups.values()];
}
