/** Objects that are given whole: `kubernetes_manifest`, and the YAML or JSON texts of other providers. */

import { child, itemsOf, textOf, whyUnknown, type YamlNode } from '../../../lib/yaml/index.ts';
import type { Gap } from '../../../model/index.ts';
import type { ResourceInstance } from '../resources.ts';
import { below, entry, nodeBudget, nodeOf, placeOf } from './node.ts';
import { documentsOf } from './yaml-text.ts';

/** Objects of one resource, and what of it is not read. */
export interface Objects {
  readonly roots: readonly YamlNode[];
  readonly gaps: readonly Gap[];
}

/** The argument that holds the text, by type: `kubectl` of gavinbunney and alekc, `k8s` of banzaicloud, `kustomization` of kbst. */
const TEXTS = new Map([
  ['kubectl_manifest', 'yaml_body'],
  ['k8s_manifest', 'content'],
  ['kustomization_resource', 'manifest'],
]);
const DEEPEST_LIST = 5;
const MOST_OBJECTS = 10_000;

/** Whether the resource gives whole objects. */
export function isManifest(type: string): boolean {
  return /^kubernetes_manifest(?:_v\d+)?$/.test(type) || TEXTS.has(type);
}

/** The objects that a resource gives. */
export function objectsOfManifest(instance: ResourceInstance): Objects {
  const { type, address, values, headAt } = instance;
  const argument = TEXTS.get(type) ?? 'manifest';
  const value = values.entries.get(argument);
  if (value === undefined || value.kind === 'null') {
    return { roots: [], gaps: [gapOf(instance, `${address} has no ${argument}`, { ...headAt, route: address })] };
  }
  if (!TEXTS.has(type)) return opened(instance, [nodeOf(value, address, nodeBudget())]);
  const documents = documentsOf(value, address);
  if (documents.length === 0) {
    const message = `the ${argument} of ${address} holds no object`;
    return { roots: [], gaps: [gapOf(instance, message, placeOf(value, address), 'unparsed-file')] };
  }
  const read = documents.flatMap((document) => (document.ok ? [document.root] : []));
  const { roots, gaps } = opened(instance, read);
  const failed = documents.flatMap((document) => {
    if (document.ok) return [];
    const message = `the ${argument} of ${address} is not ${document.isUnknown ? 'known' : 'YAML'}: ${document.why}`;
    return [gapOf(instance, message, document.at, document.isUnknown ? 'unresolved-value' : 'unparsed-file')];
  });
  return { roots: roots.map((root) => inNamespace(root, instance)), gaps: [...gaps, ...failed] };
}

/** The object in the namespace that `override_namespace` names, where it does. */
function inNamespace(root: YamlNode, { address, values }: ResourceInstance): YamlNode {
  const given = values.entries.get('override_namespace');
  const metadata = child(root, 'metadata');
  if (given === undefined || given.kind === 'null' || root.kind !== 'map' || metadata?.kind !== 'map') return root;
  const namespace = entry('namespace', nodeOf(given, below(address, 'metadata.namespace'), nodeBudget()));
  const entries = [...metadata.entries.filter(({ key }) => key !== 'namespace'), namespace];
  const replaced = { ...metadata, entries };
  return { ...root, entries: root.entries.map((one) => (one.key === 'metadata' ? { ...one, value: replaced } : one)) };
}

/** Objects one by one; those whose kind is not known are gaps. */
function opened(instance: ResourceInstance, nodes: readonly YamlNode[]): Objects {
  const roots: YamlNode[] = [];
  const gaps: Gap[] = [];
  const visit = (node: YamlNode, depth: number): void => {
    const kind = textOf(child(node, 'kind'));
    const items = child(node, 'items');
    if (kind?.endsWith('List') === true && items?.kind === 'list' && depth < DEEPEST_LIST) {
      for (const item of itemsOf(items)) visit(item, depth + 1);
    } else if (kind === undefined || textOf(child(node, 'apiVersion')) === undefined) {
      const why = whyUnknown(node) ?? whyUnknown(child(node, 'kind')) ?? whyUnknown(child(node, 'apiVersion'));
      const message =
        why === undefined
          ? `the manifest of ${instance.address} has no apiVersion and kind`
          : `the object of ${instance.address} is not known: ${why}`;
      gaps.push(gapOf(instance, message, node.at, why === undefined ? 'unparsed-file' : 'unresolved-value'));
    } else if (roots.length < MOST_OBJECTS) roots.push(node);
    else if (roots.length === MOST_OBJECTS)
      gaps.push(
        gapOf(instance, `${instance.address} gives more than ${MOST_OBJECTS} objects`, node.at, 'out-of-budget'),
      );
  };
  for (const node of nodes) visit(node, 0);
  return { roots, gaps };
}

function gapOf(
  instance: ResourceInstance,
  message: string,
  at: Gap['at'],
  reason: Gap['reason'] = 'unresolved-value',
): Gap {
  return {
    reason,
    message,
    ...(at === undefined ? {} : { at }),
    ...(reason === 'unresolved-value'
      ? { closes: `a value for what ${instance.address} takes, in terraform.tfvars or with --var` }
      : {}),
    identity: `${instance.address} ${message}`,
  };
}
