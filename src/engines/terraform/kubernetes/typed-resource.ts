/** `kubernetes_*` resources: nested blocks of the provider become the object that it sends to the API. */

import { child, entriesOf, textOf, whyUnknown, type YamlEntry, type YamlNode } from '../../../lib/yaml/index.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { ResourceInstance } from '../resources.ts';
import type { TfObject, TfValue } from '../value.ts';
import type { ResourceKind } from './kinds.ts';
import { fieldName, listName } from './names.ts';
import { below, entry, nodeBudget, nodeOf, placeOf, unknownNode, type NodeBudget } from './node.ts';

const DEEPEST = 60;
/** Arguments that steer the provider and are no part of the object. */
const STEERING =
  /^(?:timeouts|id|force|field_manager|wait|computed_fields|(?:binary_)?data_wo_revision|wait_(?:for|until)_\w+)$/;

/** The object of a resource. */
export function objectOfResource(instance: ResourceInstance, { apiVersion, kind, namespaced }: ResourceKind): YamlNode {
  const { address, values, headAt } = instance;
  const place: SourceLocation = { ...headAt, route: address };
  const written = withoutSteering(values, kind);
  const body = blockOf(written, address, 'root', nodeBudget(), 0);
  const entries = entriesOf(body).map((one) => arranged(kind, one));
  const text = (key: string, value: string): YamlEntry =>
    entry(key, { kind: 'scalar', at: { ...headAt, route: below(address, key) }, value });
  const all = [text('apiVersion', apiVersion), text('kind', kind), ...entries];
  const named = instance.type.includes('default_service_account') ? [text('name', 'default')] : [];
  // The provider's default, whatever the namespace of the connection is.
  const spaced = namespaced === true ? [text('namespace', 'default')] : [];
  const completed = all.map((one) =>
    one.key === 'metadata' ? { ...one, value: withDefaults(one.value, [...named, ...spaced]) } : one,
  );
  return { kind: 'map', at: place, entries: completed };
}

/** What of the arguments is the object, under the names that it has there. */
function withoutSteering(values: TfObject, kind: string): TfObject {
  const entries = [...values.entries].filter(([name]) => !STEERING.test(name));
  return {
    ...values,
    entries: new Map(entries.map(([name, value]) => [RENAMED.get(`${kind}.${name}`) ?? name, value])),
  };
}

/** `data` of a secret is plain text in Terraform, which the API calls `stringData`; `binary_data` is Base64, as `data` is there. */
const RENAMED = new Map([
  ['Secret.data', 'string_data'],
  ['Secret.data_wo', 'string_data'],
  ['Secret.binary_data', 'data'],
  ['Secret.binary_data_wo', 'data'],
  ['StorageClass.storage_provisioner', 'provisioner'],
]);

/** Parts that the API keeps elsewhere, or that have defaults of the provider. */
function arranged(kind: string, one: YamlEntry): YamlEntry {
  if (one.key === 'subjects') return { ...one, value: subjects(one.value) };
  if (one.key !== 'spec') return one;
  if (kind === 'DaemonSet') return renamed(one, 'strategy', 'updateStrategy');
  return kind === 'PersistentVolume' ? flattened(one) : one;
}

function renamed(one: YamlEntry, from: string, to: string): YamlEntry {
  if (one.value.kind !== 'map') return one;
  const entries = one.value.entries.map((inner) => (inner.key === from ? { ...inner, key: to } : inner));
  return { ...one, value: { ...one.value, entries } };
}

/** The source of a volume stands in its `spec` itself. */
function flattened(one: YamlEntry): YamlEntry {
  if (one.value.kind !== 'map') return one;
  const entries = one.value.entries.flatMap((inner) =>
    inner.key === 'persistentVolumeSource' && inner.value.kind === 'map' ? inner.value.entries : [inner],
  );
  return { ...one, value: { ...one.value, entries } };
}

/** A service account without a namespace is one of `default`, which is the provider's default. */
function subjects(node: YamlNode): YamlNode {
  if (node.kind !== 'list') return node;
  const items = node.items.map((item) => {
    if (textOf(child(item, 'kind')) !== 'ServiceAccount') return item;
    const at = { ...item.at, route: `${item.at.route ?? ''}.namespace` };
    return withDefaults(item, [entry('namespace', { kind: 'scalar', at, value: 'default' })]);
  });
  return { ...node, items };
}

/** The map with entries for the keys that it lacks. */
function withDefaults(node: YamlNode, defaults: readonly YamlEntry[]): YamlNode {
  if (node.kind !== 'map') return node;
  const missing = defaults.filter(({ key }) => child(node, key) === undefined);
  return { ...node, entries: [...node.entries, ...missing] };
}

function blockOf(value: TfValue, route: string, name: string, budget: NodeBudget, depth: number): YamlNode {
  if (value.kind !== 'object' || depth > DEEPEST) return nodeOf(value, route, budget, depth);
  const entries: YamlEntry[] = [];
  for (const [key, item] of value.entries) {
    if (item.kind === 'null') continue;
    if (isBlocks(item)) entries.push(...blocksOf(key, item, route, name, budget, depth));
    else {
      const field = fieldName(key);
      entries.push(entry(field, nodeOf(item, below(route, field), budget, depth + 1)));
    }
  }
  return { kind: 'map', at: placeOf(value, route), entries };
}

/** Nested blocks; in JSON and as attributes they are lists of objects all the same. Maps are never nested blocks: their keys are free. */
function isBlocks(value: TfValue): boolean {
  if (/^(?:block|dynamic) /.test(value.origin.what)) return true;
  return value.kind === 'list' && value.items.some((item) => item.kind === 'object');
}

function blocksOf(
  key: string,
  value: TfValue,
  route: string,
  parent: string,
  budget: NodeBudget,
  depth: number,
): YamlEntry[] {
  const plural = listName(key, parent);
  const field = plural ?? fieldName(key);
  const inner = below(route, field);
  if (value.kind !== 'list') {
    const node = blockOf(value, inner, key, budget, depth + 1);
    const isList = plural !== undefined && whyUnknown(node) === undefined;
    return [entry(field, isList ? { kind: 'list', at: node.at, items: [node] } : node)];
  }
  const { items } = value;
  const [only] = items;
  if (only === undefined) return [];
  if (plural === undefined && items.length === 1) return [entry(field, blockOf(only, inner, key, budget, depth + 1))];
  // A block of which there is at most one, written twice or with an unknown number: what it says is not known.
  if (plural === undefined) {
    const hole = items.find((item) => item.kind === 'unknown');
    const why = hole?.kind === 'unknown' ? hole.why : `${key} is written ${items.length} times`;
    return [entry(field, unknownNode(why, placeOf(value, inner)))];
  }
  const nodes = items.map((item, index) => blockOf(item, `${inner}[${index}]`, key, budget, depth + 1));
  return [entry(field, { kind: 'list', at: placeOf(value, inner), items: nodes })];
}
