/** `set`, `set_list` and `set_sensitive` of a release, laid over its values. */

import { entriesOf, whyUnknown, type YamlNode } from '../../../lib/yaml/index.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { TfObject, TfValue } from '../value.ts';
import { below, entry, nodeBudget, nodeOf, placeOf, unknownNode } from './node.ts';
import { parseSet, parseSetPath, type Assignment, type SetValue } from './set-syntax.ts';

/** Values after a setting, or why they are not known any more. */
export interface SetResult {
  readonly values: YamlNode;
  readonly open?: string;
}

/** Applies one `set` block; `list` for `set_list`, whose value is a list. */
export function applySet(values: YamlNode, setting: TfValue, list: boolean, route: string): SetResult {
  if (setting.kind === 'unknown') return { values, open: `a setting is not known: ${setting.why}` };
  if (setting.kind !== 'object') return { values };
  const name = setting.entries.get('name');
  if (name?.kind !== 'string') {
    return { values, open: `the name of a setting is not known${name?.kind === 'unknown' ? `: ${name.why}` : ''}` };
  }
  const value = setting.entries.get('value') ?? setting.entries.get('value_wo');
  const at = placeOf(value ?? setting, below(route, name.value));
  const path = parseSetPath(name.value);
  if (path === undefined) return { values, open: `${name.value} is no path of a value` };
  if (value?.kind === 'unknown') return { values: put(values, path, unknownNode(value.why, at)) };
  if (list)
    return {
      values: put(
        values,
        path,
        value === undefined ? unknownNode('no value', at) : nodeOf(value, at.route ?? '', nodeBudget()),
      ),
    };
  const assignments = assignmentsOf(setting, name.value, path, value);
  if (assignments === undefined) return { values, open: `${name.value} is set to what Helm does not read` };
  const kind = textIn(setting, 'type');
  return {
    values: assignments.reduce(
      (made, one) => put(made, one.path, asNode(one.value, kind, { ...at, route: below(route, dotted(one.path)) })),
      values,
    ),
  };
}

function assignmentsOf(
  setting: TfObject,
  name: string,
  path: Assignment['path'],
  value: TfValue | undefined,
): readonly Assignment[] | undefined {
  if (value === undefined || value.kind === 'null') return [{ path, value: '' }];
  if (value.kind !== 'string' && value.kind !== 'number' && value.kind !== 'bool') return undefined;
  const text = String(value.value);
  return textIn(setting, 'type') === 'literal' ? [{ path, value: text }] : parseSet(name, text);
}

function textIn(setting: TfObject, key: string): string | undefined {
  const value = setting.entries.get(key);
  return value?.kind === 'string' ? value.value : undefined;
}

function asNode(value: SetValue, kind: string | undefined, at: SourceLocation): YamlNode {
  if (typeof value !== 'string')
    return {
      kind: 'list',
      at,
      items: value.map((item, index) => asNode(item, kind, { ...at, route: `${at.route ?? ''}[${index}]` })),
    };
  return { kind: 'scalar', at, value: kind === 'string' || kind === 'literal' ? value : typed(value) };
}

/** Without `type`, Helm takes the texts of booleans, null and whole numbers for these. */
function typed(text: string): string | number | boolean | null {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  if (/^null$/i.test(text)) return null;
  return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

function dotted(path: Assignment['path']): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** The node with a value at a path; lists grow, maps are made where something else stands. */
function put(node: YamlNode | undefined, path: Assignment['path'], value: YamlNode): YamlNode {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  // What else the unknown part says is not known, so it stays unknown as a whole.
  if (node !== undefined && whyUnknown(node) !== undefined) return node;
  if (typeof step === 'number') {
    const items = node?.kind === 'list' ? [...node.items] : [];
    while (items.length < step) items.push({ kind: 'scalar', at: value.at, value: null });
    items[step] = put(items[step], rest, value);
    return { kind: 'list', at: node?.at ?? value.at, items };
  }
  const entries = entriesOf(node);
  const old = entries.find(({ key }) => key === step);
  const made = entry(step, put(old?.value, rest, value));
  return {
    kind: 'map',
    at: node?.at ?? value.at,
    entries: old === undefined ? [...entries, made] : entries.map((one) => (one === old ? made : one)),
  };
}
