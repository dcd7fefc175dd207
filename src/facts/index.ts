import type { FactReader, Unread } from '../model/index.ts';
import type { InventoryFact } from './inventory/inventory.ts';
import type { READERS } from './registry.generated.ts';

type Reader = (typeof READERS)[number];
type FactOf<R> = R extends FactReader<string, infer F> ? F : never;

/** The kinds of facts that this version reads. */
export type FactKind = Reader['kind'];

type FactLists = { readonly [K in FactKind]: readonly FactOf<Extract<Reader, { kind: K }>>[] };

/** Every fact of a tree by kind, what a reader could not understand, and what else is there. */
export interface Facts extends FactLists {
  readonly unread: readonly Unread[];
  readonly inventory: InventoryFact;
}
