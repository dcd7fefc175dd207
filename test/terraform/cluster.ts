import { child, type YamlNode } from '../../src/lib/yaml/index.ts';
import { evaluated } from './evaluated.ts';
import { kubernetesFacts } from '../../src/engines/terraform/kubernetes/kubernetes-facts.ts';
import type { HelmRelease, TerraformKubernetes } from '../../src/engines/terraform/kubernetes/types.ts';

/** What a configuration given as text puts into a cluster; for tests. */
export function clusterOf(files: Readonly<Record<string, string>> | string): TerraformKubernetes {
  return kubernetesFacts(evaluated(files));
}

/** The one release of a configuration. */
export function releaseOf(body: string, more = ''): HelmRelease {
  const [release] = clusterOf(`${more}\nresource "helm_release" "x" {\n${body}\n}`).charts;
  if (release === undefined) throw new Error('no release');
  return release;
}

/** A node as plain data; `{ $unknown: why }` where it is not known. */
export function shown(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.unknown === undefined ? node.value : { $unknown: node.unknown };
  if (node.kind === 'list') return node.items.map(shown);
  return Object.fromEntries(node.entries.map(({ key }) => [key, shown(child(node, key))]));
}
