/** One type for several values: the arms of a conditional, the elements of a list. */

import type { TfAttribute, TfType } from './types.ts';

/** The type that all of the types convert to, as Terraform chooses it; undefined where there is none. */
export function unifyTypes(types: readonly TfType[]): TfType | undefined {
  const known = types.filter((type) => type !== 'any');
  const [first] = known;
  if (first === undefined) return 'any';
  if (known.every((type) => typeof type === 'string')) return unifyPrimitives(known);
  const kinds = new Set(known.map((type) => (typeof type === 'string' ? 'primitive' : type.kind)));
  if (kinds.has('primitive')) return undefined;
  if (kinds.has('map') || kinds.has('object')) return unifyMappings(known, kinds);
  return unifySequences(known, kinds);
}

function unifyPrimitives(types: readonly TfType[]): TfType | undefined {
  const kinds = new Set(types);
  if (kinds.size === 1) return types[0];
  // Numbers and booleans meet only as text.
  return kinds.has('string') ? 'string' : undefined;
}

function unifyMappings(types: readonly TfType[], kinds: ReadonlySet<string>): TfType | undefined {
  if ([...kinds].some((kind) => kind !== 'map' && kind !== 'object')) return undefined;
  const objects = types.flatMap((type) =>
    typeof type !== 'string' && type.kind === 'object' ? [type.attributes] : [],
  );
  const [first] = objects;
  const same = objects.every(
    (object) => object.size === first?.size && [...object.keys()].every((key) => first.has(key)),
  );
  if (!kinds.has('map') && first !== undefined && same) {
    const attributes = new Map<string, TfAttribute>();
    for (const key of first.keys()) {
      const type = unifyTypes(objects.flatMap((object) => object.get(key)?.type ?? []));
      if (type === undefined) return undefined;
      attributes.set(key, { type });
    }
    return { kind: 'object', attributes };
  }
  return collection('map', elementTypes(types));
}

function unifySequences(types: readonly TfType[], kinds: ReadonlySet<string>): TfType | undefined {
  const tuples = types.flatMap((type) => (typeof type !== 'string' && type.kind === 'tuple' ? [type.items] : []));
  const [first] = tuples;
  if (kinds.size === 1 && first !== undefined && tuples.every((tuple) => tuple.length === first.length)) {
    const items: TfType[] = [];
    for (const index of first.keys()) {
      const type = unifyTypes(tuples.flatMap((tuple) => tuple[index] ?? []));
      if (type === undefined) return undefined;
      items.push(type);
    }
    return { kind: 'tuple', items };
  }
  return collection(kinds.has('list') || !kinds.has('set') ? 'list' : 'set', elementTypes(types));
}

function collection(kind: 'list' | 'set' | 'map', elements: readonly TfType[]): TfType | undefined {
  const of = unifyTypes(elements);
  return of === undefined ? undefined : { kind, of };
}

function elementTypes(types: readonly TfType[]): TfType[] {
  return types.flatMap((type) => {
    if (typeof type === 'string') return [];
    if (type.kind === 'tuple') return type.items;
    if (type.kind === 'object') return [...type.attributes.values()].map((attribute) => attribute.type);
    return [type.of];
  });
}
