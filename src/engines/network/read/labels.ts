import { child, entriesOf, itemsOf, textOf, whyUnknown, type YamlNode } from '../../../lib/yaml/index.ts';
import type { Doubt, LabelOwner, Labels, Selector } from '../types.ts';
import { doubtOf, present, refuse, type ObjectReading } from './reading.ts';

/** The labels under `metadata`; where a part of the way is not known, there may be any. */
export function readLabels(
  metadata: YamlNode | undefined,
  implied: readonly (readonly [string, string | Doubt])[] = [],
): Labels {
  const labels = whyUnknown(metadata) === undefined ? child(metadata, 'labels') : metadata;
  const why = whyUnknown(labels);
  const known = new Map<string, string | Doubt>();
  for (const { key, value } of entriesOf(labels)) {
    const text = textOf(value);
    if (text !== undefined) known.set(key, text);
    else if (whyUnknown(value) !== undefined) known.set(key, { why: whyUnknown(value) ?? '', at: value.at });
    else known.set(key, '');
  }
  for (const [key, value] of implied) known.set(key, value);
  return { known, ...(why === undefined || labels === undefined ? {} : { open: { why, at: labels.at } }) };
}

/** A label selector of Kubernetes (meta/v1 LabelSelector); undefined where there is none, and an empty one selects all. */
export function readLabelSelector(
  reading: ObjectReading,
  node: YamlNode | undefined,
  of: LabelOwner,
): Selector | undefined {
  const selector = present(node);
  if (selector === undefined) return undefined;
  const doubt = doubtOf(reading, selector);
  if (doubt !== undefined) return { kind: 'unknown', doubt };
  if (selector.kind !== 'map') return { kind: 'unknown', doubt: refuse(reading, 'a selector is no map', selector.at) };
  const items = [...readMatchLabels(reading, selector, of), ...readExpressions(reading, selector, of)];
  warnImpossible(reading, items, selector);
  return items.length === 0
    ? { kind: 'all' }
    : items.length === 1 && items[0] !== undefined
      ? items[0]
      : { kind: 'and', items };
}

function readMatchLabels(reading: ObjectReading, selector: YamlNode, of: LabelOwner): Selector[] {
  const node = present(child(selector, 'matchLabels'));
  const doubt = doubtOf(reading, node);
  if (doubt !== undefined) return [{ kind: 'unknown', doubt }];
  if (node !== undefined && node.kind !== 'map')
    return [{ kind: 'unknown', doubt: refuse(reading, 'matchLabels is no map', node.at) }];
  return entriesOf(node).map(({ key, value }) => {
    const unknown = doubtOf(reading, value);
    if (unknown !== undefined) return { kind: 'unknown', doubt: unknown };
    if (value.kind !== 'scalar' || typeof value.value !== 'string')
      return { kind: 'unknown', doubt: refuse(reading, `the value of the label ${key} is no text`, value.at) };
    return { kind: 'label', of, key, test: { is: 'in', values: [value.value] } };
  });
}

function readExpressions(reading: ObjectReading, selector: YamlNode, of: LabelOwner): Selector[] {
  return itemsOf(present(child(selector, 'matchExpressions'))).map((expression) => {
    const [key, operator, list] = ['key', 'operator', 'values'].map((name) => child(expression, name));
    const parts = [expression, key, operator, list, ...itemsOf(list)];
    for (const part of parts) {
      const doubt = doubtOf(reading, part);
      if (doubt !== undefined) return { kind: 'unknown', doubt };
    }
    const values = itemsOf(present(list)).flatMap((value) => textOf(value) ?? []);
    const name = textOf(key);
    const bad = (message: string): Selector => ({ kind: 'unknown', doubt: refuse(reading, message, expression.at) });
    if (name === undefined) return bad('an expression names no key');
    const present_: Selector = { kind: 'label', of, key: name, test: { is: 'present' } };
    const among: Selector = { kind: 'label', of, key: name, test: { is: 'in', values } };
    switch (textOf(operator)) {
      case 'In':
        return values.length === 0 ? bad(`In without values for ${name}`) : among;
      case 'NotIn':
        return values.length === 0 ? bad(`NotIn without values for ${name}`) : { kind: 'not', item: among };
      case 'Exists':
        return values.length > 0 ? bad(`Exists with values for ${name}`) : present_;
      case 'DoesNotExist':
        return values.length > 0 ? bad(`DoesNotExist with values for ${name}`) : { kind: 'not', item: present_ };
      default:
        return bad(`an expression has the operator ${textOf(operator) ?? '(none)'}`);
    }
  });
}

/** A selector that contradicts itself is valid and selects nothing: nobody means that. */
function warnImpossible(reading: ObjectReading, items: readonly Selector[], selector: YamlNode): void {
  const allowed = new Map<string, ReadonlySet<string>>();
  const absent = new Set<string>();
  const needed = new Set<string>();
  const forbidden = new Map<string, string[]>();
  for (const item of items) {
    const negated = item.kind === 'not';
    const label = negated ? item.item : item;
    if (label.kind !== 'label') continue;
    const { key, test } = label;
    if (test.is === 'present') (negated ? absent : needed).add(key);
    else if (test.is === 'in' && negated) forbidden.set(key, [...(forbidden.get(key) ?? []), ...test.values]);
    else if (test.is === 'in') {
      needed.add(key);
      const before = allowed.get(key);
      allowed.set(key, new Set(before === undefined ? test.values : test.values.filter((value) => before.has(value))));
    }
  }
  const contradicts = (key: string): boolean => {
    const values = allowed.get(key);
    return (
      absent.has(key) ||
      (values !== undefined && [...values].every((value) => forbidden.get(key)?.includes(value) === true))
    );
  };
  const key = [...needed].find(contradicts);
  if (key === undefined) return;
  const message = `${reading.title}: the selector contradicts itself over ${key} and selects nothing`;
  reading.problems.push({ kind: 'notice', reason: 'unresolved-value', message, at: selector.at });
}
