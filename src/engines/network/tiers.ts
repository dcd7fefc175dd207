import type { PlacedPolicy } from './read/policies.ts';
import type { Policy, Tier } from './types.ts';

/** A Tier of Calico as it is declared. */
export interface DeclaredTier {
  readonly name: string;
  readonly order: number;
  readonly endsWith: Tier['endsWith'];
}

/** Tiers that Calico makes itself (v3 Tier); those of the policies of the cluster pass what they do not decide. */
const BUILT_IN: readonly DeclaredTier[] = [
  { name: 'kube-admin', order: 1_000, endsWith: 'pass' },
  { name: 'default', order: 1_000_000, endsWith: 'deny' },
  { name: 'kube-baseline', order: 10_000_000, endsWith: 'pass' },
];

/** Order of the policies of Kubernetes among those of Calico's default tier. */
const KUBERNETES_ORDER = 1000;

/**
 * The tiers of all policies, in the order in which they are asked. Without Calico: Admin, NetworkPolicy, Baseline. With
 * it, the same three stand among its own tiers.
 */
export function tiersOf(policies: readonly PlacedPolicy[], declared: readonly DeclaredTier[]): Tier[] {
  const withCalico = declared.length > 0 || policies.some(({ place }) => place.of === 'calico');
  const known = [...BUILT_IN.filter(({ name }) => !declared.some((tier) => tier.name === name)), ...declared].sort(
    (a, b) => compare(a.order, b.order) || compare(a.name, b.name),
  );
  const byTier = new Map<string, Policy[]>();
  for (const { policy, place } of policies) {
    const name = tierName(place);
    const order = place.of === 'kubernetes' ? KUBERNETES_ORDER : policy.order;
    const list = byTier.get(name);
    if (list === undefined) byTier.set(name, [{ ...policy, order }]);
    else list.push({ ...policy, order });
  }
  const tiers = [{ name: '', endsWith: 'pass' as const }, ...known].map(({ name, endsWith }) => ({
    name: titleOf(name, withCalico),
    endsWith,
    groups: groupsOf(byTier.get(name) ?? [], name.startsWith('kube-')),
  }));
  return tiers.filter(({ groups }) => groups.length > 0);
}

/** Tiers that are named and not declared have no place: their policies may do anything. */
export function isTierKnown(name: string, declared: readonly DeclaredTier[]): boolean {
  return [...BUILT_IN, ...declared].some((tier) => tier.name === name);
}

function tierName(place: PlacedPolicy['place']): string {
  switch (place.of) {
    case 'kubernetes':
      return 'default';
    case 'cluster':
      return place.tier === 'Admin' ? 'kube-admin' : 'kube-baseline';
    case 'calico':
      return place.tier;
    case 'nowhere':
      return '';
  }
}

function titleOf(name: string, withCalico: boolean): string {
  if (name === '') return 'not evaluated';
  if (withCalico) return name;
  return name === 'kube-admin' ? 'Admin' : name === 'default' ? 'NetworkPolicy' : 'Baseline';
}

/** Policies in order. Those of the cluster with the same priority have none among them; Calico then goes by name. */
function groupsOf(policies: readonly Policy[], areTiesOpen: boolean): Policy[][] {
  const key = ({ kind, name, namespace }: Policy): string => `${name}/${namespace ?? ''}/${kind}`;
  const sorted = [...policies].sort((a, b) => compare(a.order, b.order) || compare(key(a), key(b)));
  if (!areTiesOpen) return sorted.map((policy) => [policy]);
  const groups = new Map<number, Policy[]>();
  for (const policy of sorted) {
    const group = groups.get(policy.order);
    if (group === undefined) groups.set(policy.order, [policy]);
    else group.push(policy);
  }
  return [...groups.values()];
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
