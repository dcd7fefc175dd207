export * from './node.ts';
export { parseYaml, type YamlDocument } from './parse.ts';
