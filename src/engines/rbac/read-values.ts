import { child, entriesOf, itemsOf, textOf, whyUnknown, type YamlNode } from '../../lib/yaml/index.ts';
import type { LabelSelector } from './types.ts';

/** A list of texts; where a part is not known, why. */
export interface Texts {
  readonly values: readonly string[];
  readonly unknown?: string;
}

/** The texts of a list. */
export function textsOf(node: YamlNode | undefined): Texts {
  const items = itemsOf(node);
  const unknown = items.map(whyUnknown).find((why) => why !== undefined);
  const values = items.map(textOf).filter((text) => text !== undefined);
  return { values, ...(unknown === undefined ? {} : { unknown }) };
}

/** A map of texts, as labels are; the last of equal keys counts. */
export function textMap(node: YamlNode | undefined): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const { key, value } of entriesOf(node)) {
    const text = textOf(value);
    if (text !== undefined) map.set(key, text);
  }
  return map;
}

/** A label selector. */
export function labelSelector(node: YamlNode | undefined): LabelSelector {
  return {
    matchLabels: textMap(child(node, 'matchLabels')),
    matchExpressions: itemsOf(child(node, 'matchExpressions')).map((expression) => ({
      key: textOf(child(expression, 'key')) ?? '',
      operator: textOf(child(expression, 'operator')) ?? '',
      values: textsOf(child(expression, 'values')).values,
    })),
  };
}

/** A boolean; undefined for everything else. */
export function flagOf(node: YamlNode | undefined): boolean | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}
