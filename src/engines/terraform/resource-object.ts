import { openObject } from './access.ts';
import { computedAttribute } from './computed.ts';
import type { ResourceInstance } from './resources.ts';
import type { TfObject, TfValue } from './value.ts';

const objects = new WeakMap<ResourceInstance, TfObject>();

/** What a reference to a resource gives: its values, and what the provider computes when it is asked for. */
export function resourceObject(instance: ResourceInstance): TfObject {
  const known = objects.get(instance);
  if (known !== undefined) return known;
  const memo = new Map<string, TfValue>();
  const made = openObject(instance.values, (name) => {
    const value = memo.get(name) ?? computedAttribute(instance, name);
    memo.set(name, value);
    return value;
  });
  objects.set(instance, made);
  return made;
}

/** The value of any attribute of a resource, configured or computed. */
export function attributeOfResource(instance: ResourceInstance, name: string): TfValue {
  return instance.values.entries.get(name) ?? computedAttribute(instance, name);
}
