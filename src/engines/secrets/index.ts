export { readConfig } from './config.ts';
export { decode } from './decode.ts';
export type { SecretHit } from './hit.ts';
export { readIgnoreFile, type IgnoreList } from './ignore-file.ts';
export { exposureRuleset, gateRuleset, packRuleset, type RuleText } from './pack.ts';
export type { Ruleset } from './ruleset.ts';
export { onePerPlace, planted, scan } from './scan.ts';
