import { attributeOfResource, type ResourceInstance, type TfValue } from '../../terraform/index.ts';

/** A text, or in parentheses why it is not known; undefined where it is not given. */
export function textOrWhy(value: TfValue | undefined): string | undefined {
  if (value?.kind === 'string') return value.value;
  if (value?.kind === 'unknown') return `(${value.why})`;
  return undefined;
}

/** The texts of a list, and why a part is not known. */
export function textList(value: TfValue | undefined): {
  readonly values: readonly string[];
  readonly unknown?: string;
} {
  if (value?.kind === 'unknown') return { values: [], unknown: value.why };
  const items = value?.kind === 'list' ? value.items : [];
  const hole = items.find((item) => item.kind === 'unknown');
  const values = items.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  return hole?.kind === 'unknown' ? { values, unknown: hole.why } : { values };
}

/** An argument of a resource, also of its first nested block. */
export function argument(instance: ResourceInstance, name: string, ...below: readonly string[]): TfValue | undefined {
  let value: TfValue | undefined = instance.values.entries.get(name) ?? written(instance, name);
  for (const key of below) {
    if (value?.kind === 'list') value = value.items[0];
    if (value?.kind === 'unknown') return value;
    value = value?.kind === 'object' ? value.entries.get(key) : undefined;
  }
  return value?.kind === 'null' ? undefined : value;
}

/** What the provider computes, where it is more than `known after apply`. */
function written(instance: ResourceInstance, name: string): TfValue | undefined {
  const value = attributeOfResource(instance, name);
  return value.kind === 'unknown' ? undefined : value;
}
