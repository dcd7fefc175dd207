export { accountOf } from './computed/account.ts';
export { attributeOfResource } from './resource-object.ts';
export type { ResourceInstance } from './resources.ts';
export type { TfValue } from './value.ts';
