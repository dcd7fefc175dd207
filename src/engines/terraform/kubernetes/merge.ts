import { child, whyUnknown, type YamlNode } from '../../../lib/yaml/index.ts';

/** Merges values as Helm does: maps by key, everything else is replaced. What is laid over a part that is not known stays unknown. */
export function mergeValues(base: YamlNode, over: YamlNode): YamlNode {
  if (over.kind !== 'map') return over;
  // Keys of the unknown part that the other does not name would be lost.
  if (whyUnknown(base) !== undefined) return base;
  if (base.kind !== 'map') return over;
  const entries = new Map(base.entries.map((entry) => [entry.key, entry]));
  for (const entry of over.entries) {
    const below = child(base, entry.key);
    entries.set(entry.key, below === undefined ? entry : { ...entry, value: mergeValues(below, entry.value) });
  }
  return { kind: 'map', at: base.entries.length === 0 ? over.at : base.at, entries: [...entries.values()] };
}
