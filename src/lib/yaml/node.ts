import type { SourceLocation } from '../../model/index.ts';

/** A YAML or JSON node with its place. */
export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly kind: 'map';
  readonly at: SourceLocation;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keyAt: SourceLocation;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly kind: 'list';
  readonly at: SourceLocation;
  readonly items: readonly YamlNode[];
}

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly at: SourceLocation;
  readonly value: string | number | boolean | null;
  /** Set where the value is not known: why. `value` is null then, and whatever stands there may also be a map or a list. */
  readonly unknown?: string;
  /** Of a block scalar: where its first line of content starts, by line and column from 1. */
  readonly content?: { readonly line: number; readonly column: number };
}

/** The value under a key of a map; undefined where the node is none or has no such key. The last of equal keys counts. */
export function child(node: YamlNode | undefined, key: string): YamlNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.findLast((entry) => entry.key === key)?.value;
}

/** Follows keys and indices down from a node. */
export function descend(node: YamlNode | undefined, ...path: readonly (string | number)[]): YamlNode | undefined {
  let at = node;
  for (const step of path) {
    at = typeof step === 'number' ? (at?.kind === 'list' ? at.items[step] : undefined) : child(at, step);
  }
  return at;
}

/** Why the value of a node is not known; undefined where it is. */
export function whyUnknown(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.unknown : undefined;
}

/** The items of a list; a single node, also one that is not known, stands for a list of one; none where there is nothing. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null && node.unknown === undefined)) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** The entries of a map; none where the node is something else. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The text of a scalar; numbers and booleans as YAML prints them; undefined for null, for what is not known, and for collections. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** The plain value, without places, for what only needs data; undefined where it is not known. Objects have no prototype. */
export function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.unknown === undefined ? node.value : undefined;
  if (node.kind === 'list') return node.items.map(plain);
  const object = Object.create(null) as Record<string, unknown>;
  for (const { key, value } of node.entries) object[key] = plain(value);
  return object;
}
