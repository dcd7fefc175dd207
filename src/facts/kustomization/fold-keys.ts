import type { YamlNode } from '../../lib/yaml/index.ts';

const NAMES = [
  ...['apiVersion', 'kind', 'resources', 'bases', 'components', 'namespace', 'namePrefix', 'nameSuffix'],
  ...['commonLabels', 'labels', 'pairs', 'images', 'name', 'newName', 'newTag', 'digest', 'replicas', 'count'],
  ...['configMapGenerator', 'secretGenerator', 'literals', 'files', 'envs', 'env'],
  ...['patches', 'patchesStrategicMerge', 'patchesJson6902', 'path', 'patch', 'target', 'group', 'version'],
  ...['replacements', 'source', 'targets', 'select', 'reject', 'fieldPaths', 'configurations', 'crds', 'openapi'],
  ...['generators', 'transformers', 'validators', 'helmCharts', 'helmChartInflationGenerator'],
];
const BY_FOLD = new Map(NAMES.map((name) => [fold(name), name]));
/** Their entries have names of the team's own. */
const FREE = new Set(['commonLabels', 'pairs']);
const DEEPEST = 20;

/** A node whose fields are named as kustomize takes them, whatever their case; undefined where one is written in two ways. */
export function foldKeys(node: YamlNode, depth = 0): YamlNode | undefined {
  if (node.kind === 'scalar' || depth > DEEPEST) return node;
  if (node.kind === 'list') {
    const items = node.items.map((item) => foldKeys(item, depth + 1));
    return items.every((item) => item !== undefined) ? { ...node, items } : undefined;
  }
  const seen = new Map<string, string>();
  const entries = [];
  for (const entry of node.entries) {
    const key = BY_FOLD.get(fold(entry.key)) ?? entry.key;
    const value = FREE.has(key) ? entry.value : foldKeys(entry.value, depth + 1);
    if (value === undefined || (seen.get(key) ?? entry.key) !== entry.key) return undefined;
    seen.set(key, entry.key);
    entries.push({ ...entry, key, value });
  }
  return { ...node, entries };
}

/** As Go's encoding/json compares names: two letters outside of ASCII fold to `s` and `k`. */
function fold(name: string): string {
  return name.toUpperCase().toLowerCase();
}
