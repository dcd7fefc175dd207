import type { CharSet } from './char-set.ts';

/** A place between characters. `text-*` is the whole text, `line-*` also around `\n`. */
export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'not-word';

/** A regular expression of the RE2 language, flags already resolved into sets and assertions. */
export type Node =
  | { readonly kind: 'empty' }
  /** One code point of the set; a literal is a set of one, or of its case variants. */
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'concat'; readonly parts: readonly Node[] }
  | { readonly kind: 'alternate'; readonly parts: readonly Node[] }
  /** `max` is Infinity where there is no bound. */
  | { readonly kind: 'repeat'; readonly body: Node; readonly min: number; readonly max: number; readonly lazy: boolean }
  /** A capturing group; `index` counts from 1. */
  | { readonly kind: 'group'; readonly index: number; readonly body: Node; readonly name?: string };

export const EMPTY: Node = { kind: 'empty' };

/** Children of a node. */
export function childrenOf(node: Node): readonly Node[] {
  if (node.kind === 'concat' || node.kind === 'alternate') return node.parts;
  if (node.kind === 'repeat' || node.kind === 'group') return [node.body];
  return [];
}

export function hasGroup(node: Node): boolean {
  return node.kind === 'group' || childrenOf(node).some(hasGroup);
}
