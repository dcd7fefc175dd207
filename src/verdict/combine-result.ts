import { sha256 } from '../lib/hash.ts';
import type { FileEntry, Notice, Result, Verdict } from '../model/index.ts';

/** What a result is made of; facts are given by kind, to be counted. */
export interface ResultParts extends Pick<Result, 'schema' | 'tool' | 'now' | 'products' | 'timings'> {
  readonly verdicts: readonly Verdict[];
  readonly facts: {
    readonly inventory: { readonly languages: ReadonlyMap<string, number> };
    readonly unread: readonly unknown[];
  };
  readonly files: readonly FileEntry[];
  readonly notices: readonly Notice[];
}

/** Puts a result together and signs it with its digest, which leaves times out: the same input has the same digest. */
export function combineResult({
  schema,
  tool,
  now,
  products,
  timings,
  verdicts,
  facts,
  files,
  notices,
}: ResultParts): Result {
  const counts = Object.entries(facts).flatMap(([kind, list]) =>
    Array.isArray(list) && kind !== 'unread' ? [[kind, list.length] as const] : [],
  );
  const inventory = {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.size, 0),
    facts: Object.fromEntries(counts),
    languages: Object.fromEntries(facts.inventory.languages),
  };
  const body = {
    schema,
    tool,
    now,
    products: products.map(({ name, paths }) => ({ name, paths })),
    verdicts,
    paths: [],
    inventory,
    notices,
  };
  const digest = sha256(JSON.stringify(body));
  const rounded = Object.fromEntries(
    Object.entries(timings).map(([stage, milliseconds]) => [stage, Math.round(milliseconds * 10) / 10]),
  );
  const { verdicts: kept, paths, inventory: taken, notices: told, ...head } = body;
  return { ...head, digest, verdicts: kept, paths, inventory: taken, notices: told, timings: rounded };
}
