export { accountOf } from './computed/account.ts';
export { placeInRepository } from './origins.ts';
export { isBrought } from './paths.ts';
export { attributeOfResource } from './resource-object.ts';
export type { ResourceInstance } from './resources.ts';
export type { TfValue } from './value.ts';
