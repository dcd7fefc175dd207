/** Arguments of a resource by name, and the list of those that are not known. */

import type { Located } from '../../../facts/workflow/types.ts';
import type { TfObject, TfValue } from '../value.ts';

/** Reads arguments of one resource; what is not known is named in `unresolved` each time that it is asked for. */
export interface Arguments {
  readonly unresolved: readonly Located[];
  /** Nested blocks of a type, or the objects of a list. */
  blocks(of: TfObject, name: string): readonly TfObject[];
  /** A known value; undefined where it is absent or not known. */
  value(of: TfObject, name: string): string | number | boolean | undefined;
  /** A text with its place. */
  text(of: TfObject, name: string): readonly Located[];
  /** The texts of a list. */
  texts(of: TfObject, name: string): readonly Located[];
}

/** Starts to read a resource; `before` is what is not known of it already. */
export function argumentsOf(before: readonly Located[]): Arguments {
  const unresolved: Located[] = [...before];
  const open = (name: string, value: TfValue): void => {
    const text = value.kind === 'unknown' ? `${name} (${value.why})` : name;
    unresolved.push({ text, at: value.origin.at });
  };
  const located = (name: string, value: TfValue): Located[] => {
    if (value.kind === 'string') return [{ text: value.value, at: value.origin.at }];
    if (value.kind === 'number') return [{ text: String(value.value), at: value.origin.at }];
    if (value.kind !== 'null') open(name, value);
    return [];
  };
  return {
    unresolved,
    blocks(of, name) {
      return partsOf(of.entries.get(name)).flatMap((item) => {
        if (item.kind === 'object') return [item];
        if (item.kind !== 'null') open(name, item);
        return [];
      });
    },
    value(of, name) {
      const found = of.entries.get(name);
      if (found?.kind === 'string' || found?.kind === 'bool') return found.value;
      if (found?.kind === 'number') return Number(found.value);
      if (found !== undefined && found.kind !== 'null') open(name, found);
      return undefined;
    },
    text(of, name) {
      const found = of.entries.get(name);
      return found === undefined ? [] : located(name, found);
    },
    texts(of, name) {
      return partsOf(of.entries.get(name)).flatMap((item) => located(name, item));
    },
  };
}

function partsOf(value: TfValue | undefined): readonly TfValue[] {
  if (value === undefined || value.kind === 'null') return [];
  return value.kind === 'list' ? value.items : [value];
}
