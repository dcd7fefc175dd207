/** Values of a release by path, as its chart sees them. */

import { child, type YamlNode } from '../../../../lib/yaml/index.ts';
import type { HelmRelease } from '../types.ts';

/** What the values say at a path. */
export type Given =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string; readonly node?: YamlNode }
  | { readonly kind: 'given'; readonly node: YamlNode };

/** The value at a path; null counts as none, as it takes the chart's default away and templates see nothing. */
export function lookUp(release: HelmRelease, path: string): Given {
  let node: YamlNode | undefined = release.values;
  for (const key of path.split('.')) {
    node = child(node, key);
    if (node === undefined) {
      return release.open === undefined ? { kind: 'absent' } : { kind: 'unknown', why: release.open };
    }
    if (node.kind === 'scalar' && node.unknown !== undefined) return { kind: 'unknown', why: node.unknown, node };
  }
  return node.kind === 'scalar' && node.value === null ? { kind: 'absent' } : { kind: 'given', node };
}

/** Whether the release sets the value to null, so that the chart's default does not count. */
export function isNulled(release: HelmRelease, path: string): boolean {
  let node: YamlNode | undefined = release.values;
  for (const key of path.split('.')) {
    if (node?.kind === 'scalar' && node.unknown === undefined && node.value === null) return true;
    node = child(node, key);
  }
  return node?.kind === 'scalar' && node.unknown === undefined && node.value === null;
}
