export * from './node.ts';
export { parseYaml } from './parse.ts';
