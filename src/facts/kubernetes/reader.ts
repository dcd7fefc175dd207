import { child, itemsOf, parseYaml, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import type { FactReader, Unread } from '../../model/index.ts';
import { isInChart } from '../chart/reader.ts';
import { optional } from '../workflow/read-steps.ts';
import { readPod } from './read-pod.ts';
import type { KubernetesFact } from './types.ts';

/** Reads Kubernetes manifests, YAML or JSON, recognised by content. Templates of charts are left to the chart reader. */
export const kubernetesReader: FactReader<'kubernetes', KubernetesFact> = {
  kind: 'kubernetes',
  belongsTo: 'product',
  selects: (path, paths) => /\.(?:ya?ml|json)$/i.test(path) && !/^\.github\//.test(path) && !isInChart(path, paths),
  recognises: (text) => /["']?\bapiVersion["']?\s*:/.test(text) && /["']?\bkind["']?\s*:/.test(text),
  read({ path, text }) {
    const facts: KubernetesFact[] = [];
    const unread: Omit<Unread, 'kind'>[] = [];
    for (const document of parseYaml(path, text, { skips: isDefinition })) {
      if (document.ok) {
        facts.push(...objectsOf(path, document.root));
      } else if (/\{\{/.test(text)) {
        unread.push({
          path,
          reason: 'unrendered-template',
          message: 'a template that must be rendered before it is YAML',
          at: document.at,
          closes: 'put the rendered manifest beside it',
        });
      } else {
        unread.push({
          path,
          reason: 'unparsed-file',
          message: `not readable as YAML: ${document.message}`,
          at: document.at,
        });
      }
    }
    return { facts, unread };
  },
};

/** Definitions of custom resources run nothing, grant nothing and bind nothing, and are most of the YAML of some trees. */
export function isDefinition(document: string): boolean {
  return (
    /^kind:\s*CustomResourceDefinition\s*$/m.test(document) && /^apiVersion:\s*apiextensions\.k8s\.io\//m.test(document)
  );
}

const DEEPEST_LIST = 5;

/** The objects of a document: itself, or the items of a list. */
export function objectsOf(path: string, root: YamlNode | undefined, depth = 0): KubernetesFact[] {
  const apiVersion = textOf(child(root, 'apiVersion'));
  const kind = textOf(child(root, 'kind'));
  if (root === undefined || apiVersion === undefined || kind === undefined) return [];
  const items = child(root, 'items');
  if (kind.endsWith('List') && items?.kind === 'list' && depth < DEEPEST_LIST) {
    return itemsOf(items).flatMap((item) => objectsOf(path, item, depth + 1));
  }
  const metadata = child(root, 'metadata');
  return [
    {
      path,
      at: root.at,
      apiVersion,
      kind,
      root,
      ...optional('name', textOf(child(metadata, 'name'))),
      ...optional('namespace', textOf(child(metadata, 'namespace'))),
      ...optional('pod', readPod(apiVersion, kind, root)),
    },
  ];
}
