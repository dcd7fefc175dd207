import type { Located } from '../../../facts/workflow/types.ts';
import { optional } from '../../../facts/workflow/read-steps.ts';
import type { YamlNode } from '../../../lib/yaml/index.ts';
import type { ResourceInstance } from '../resources.ts';
import type { TfValue } from '../value.ts';
import { applySet } from './helm-set.ts';
import { mergeValues } from './merge.ts';
import { placeOf } from './node.ts';
import type { HelmRelease } from './types.ts';
import { documentsOf } from './yaml-text.ts';

/** Reads a `helm_release`: the documents of `values` in their order, then `set`, `set_list` and `set_sensitive`. */
export function helmRelease(instance: ResourceInstance): HelmRelease {
  const { address, at, headAt, calledAt, values } = instance;
  const place = { ...(calledAt ?? headAt), route: address };
  const text = (name: string): Located | undefined => locatedValue(values.entries.get(name), `${address} ${name}`);
  const merged = valuesOf(instance);
  const open = merged.open ?? changesOf(instance);
  return {
    path: (calledAt ?? at).path,
    at: place,
    address,
    chart: text('chart') ?? { text: '', at: place, unknown: 'no chart is given' },
    name: text('name') ?? { text: '', at: place, unknown: 'no name is given' },
    values: merged.values,
    ...optional('repository', text('repository')),
    ...optional('version', text('version')),
    ...optional('namespace', text('namespace')),
    ...optional('open', open),
  };
}

interface Merged {
  readonly values: YamlNode;
  readonly open?: string;
}

function valuesOf({ address, headAt, values }: ResourceInstance): Merged {
  const route = `${address} values`;
  let made: YamlNode = { kind: 'map', at: { ...headAt, route }, entries: [] };
  let open: string | undefined;
  const given = values.entries.get('values');
  for (const document of given === undefined ? [] : elements(given)) {
    for (const read of documentsOf(document, route)) {
      if (read.ok && read.root.kind === 'map') made = mergeValues(made, read.root);
      else if (!read.ok || read.root.kind !== 'scalar' || read.root.unknown !== undefined) {
        // It may say anything, also about what the documents before it say.
        open = `a document of its values is not known: ${read.ok ? whyOf(read.root) : read.why}`;
        made = { kind: 'map', at: { ...headAt, route }, entries: [] };
      }
    }
  }
  for (const [name, isList] of SETTINGS) {
    const settings = values.entries.get(name);
    for (const setting of settings === undefined ? [] : elements(settings)) {
      const result = applySet(made, setting, isList, route);
      made = result.values;
      open = result.open ?? open;
    }
  }
  return { values: made, ...optional('open', open) };
}

/** In the order in which the provider applies them. */
const SETTINGS = [
  ['set', false],
  ['set_list', true],
  ['set_sensitive', false],
  ['set_wo', false],
] as const;

function elements(value: TfValue): readonly TfValue[] {
  if (value.kind === 'null') return [];
  return value.kind === 'list' ? value.items : [value];
}

function whyOf(node: YamlNode): string {
  return node.kind === 'scalar' ? (node.unknown ?? 'it is no map') : 'it is no map';
}

/** Arguments with which more than this configuration decides what is installed. */
function changesOf({ values }: ResourceInstance): string | undefined {
  const isSet = (name: string): boolean => {
    const value = values.entries.get(name);
    return (
      value !== undefined &&
      value.kind !== 'null' &&
      !(value.kind === 'bool' && !value.value) &&
      !(value.kind === 'list' && value.items.length === 0)
    );
  };
  if (isSet('reuse_values')) return '`reuse_values` keeps the values of earlier releases';
  if (isSet('postrender')) return '`postrender` changes the objects after they are rendered';
  return undefined;
}

function locatedValue(value: TfValue | undefined, route: string): Located | undefined {
  if (value === undefined || value.kind === 'null') return undefined;
  const at = placeOf(value, route);
  if (value.kind === 'string' || value.kind === 'number') return { text: String(value.value), at };
  return { text: '', at, unknown: value.kind === 'unknown' ? value.why : `a ${value.kind} is no text` };
}
