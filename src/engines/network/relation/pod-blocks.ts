import { FAMILIES, isWithin, normalise, without, type AddressRange } from '../addresses.ts';
import type { Peer } from '../types.ts';

/**
 * Whether the blocks of a peer hold the address of a pod, which nobody knows before it runs: decided where the networks
 * of pods lie inside or outside, or where the blocks hold all addresses or none.
 */
export function holdsPods(peer: Peer, podNetworks: readonly AddressRange[] | undefined): 'yes' | 'no' | 'unclear' {
  if (peer.nets === undefined && peer.notNets === undefined) return 'yes';
  const held = without(peer.nets ?? FAMILIES, peer.notNets ?? []);
  if (held.length === 0) return 'no';
  // Blocks that only leave out are no blocks that a plugin could fail to find pods in.
  if (podNetworks?.length === 0 && peer.nets !== undefined) return 'no';
  const networks = podNetworks === undefined || podNetworks.length === 0 ? FAMILIES : podNetworks;
  if (networks.every((network) => held.some((range) => isWithin(network, range)))) return 'yes';
  const outside = without(normalise(networks), held);
  const same = normalise(networks);
  const isApart =
    outside.length === same.length &&
    same.every((range, at) => range.first === outside[at]?.first && range.last === outside[at].last);
  return isApart ? 'no' : 'unclear';
}
