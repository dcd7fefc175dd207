export { readConfig, type ConfigProblem } from './config.ts';
export { decode, type Decoded } from './decode.ts';
export type { ScanProblem, ScanResult, SecretHit } from './hit.ts';
export { readIgnoreFile, type IgnoreList } from './ignore-file.ts';
export { exposureRuleset, gateRuleset, packRuleset, type ReadOther, type RuleText } from './pack.ts';
export type { Origin, Rule, Ruleset } from './ruleset.ts';
export { onePerPlace, planted, scan, type ScanInput, type ScanOptions } from './scan.ts';
