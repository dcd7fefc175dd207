export { addressOrBlock, printRange } from './addresses.ts';
export { networkOf, type Connections, type Flow, type Group, type Network, type Why } from './network.ts';
export { protocolNumber } from './protocols.ts';
export type { End, PodEndpoint } from './types.ts';
