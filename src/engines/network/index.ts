export { addressOrBlock, printRange } from './addresses.ts';
export { networkOf, type Connections, type Group, type Network } from './network.ts';
export { protocolNumber } from './protocols.ts';
export type { End } from './types.ts';
