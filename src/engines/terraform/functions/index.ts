import type { TfFunction } from '../functions.ts';
import { COLLECTIONS } from './collections.ts';
import { DATES } from './dates.ts';
import { ENCODING } from './encoding.ts';
import { FILESYSTEM } from './filesystem.ts';
import { FORMATS } from './format.ts';
import { HASHING } from './hashing.ts';
import { MAPS } from './maps.ts';
import { NETWORK } from './network.ts';
import { NUMERIC } from './numeric.ts';
import { PROVIDER } from './provider.ts';
import { REGEXES } from './regexes.ts';
import { SETS_FUNCTIONS } from './sets.ts';
import { STRINGS } from './strings.ts';
import { TYPE_CONVERSION } from './type-conversion.ts';

const OWN: readonly (readonly [string, TfFunction])[] = [
  ...STRINGS,
  ...REGEXES,
  ...FORMATS,
  ...COLLECTIONS,
  ...MAPS,
  ...SETS_FUNCTIONS,
  ...NUMERIC,
  ...ENCODING,
  ...HASHING,
  ...DATES,
  ...NETWORK,
  ...TYPE_CONVERSION,
  ...FILESYSTEM,
];

/**
 * Every function of Terraform 1.11 by its name, also under `core::`, and those of the builtin provider; but not `try` and
 * `can`, whose arguments must not be evaluated first.
 */
export const FUNCTIONS: ReadonlyMap<string, TfFunction> = new Map([
  ...OWN,
  ...OWN.map(([name, run]) => [`core::${name}`, run] as const),
  ...PROVIDER,
]);
