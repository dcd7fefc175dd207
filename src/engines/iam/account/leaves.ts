import type { Origin, TfValue } from '../../terraform/value.ts';

/** What an unknown text finally depends on: `aws_eks_cluster.this.identity`, `account of provider aws.prod`, `var.account`. */
export interface Leaf {
  readonly what: string;
  readonly at: Origin['at'];
}

const MOST = 200;
const GENERATED_NAME = /(?:^|\.)aws_iam_\w+\.[^.[]+(?:\[[^\]]*\])?\.name$/;

/** The ends of the ways that a value came by, each once. */
export function leavesOf({ origin }: TfValue): Leaf[] {
  const leaves = new Map<string, Leaf>();
  const seen = new Set<Origin>();
  const open: Origin[] = [origin];
  for (let steps = 0; steps < MOST * 10; steps++) {
    const next = open.pop();
    if (next === undefined || leaves.size > MOST) break;
    if (seen.has(next)) continue;
    seen.add(next);
    const from = next.from ?? [];
    // A name with a prefix comes from the prefix, and its rest from nowhere but itself.
    if (from.length === 0 || GENERATED_NAME.test(next.what)) leaves.set(next.what, { what: next.what, at: next.at });
    for (let at = from.length - 1; at >= 0; at--) open.push(...from.slice(at, at + 1));
  }
  return [...leaves.values()];
}

/** Every step of the ways of a value, nearest first, within a bound. */
export function stepsOf({ origin }: TfValue): string[] {
  const whats: string[] = [];
  const seen = new Set<Origin>();
  const open: Origin[] = [origin];
  for (let next = open.shift(); next !== undefined && whats.length < MOST; next = open.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    whats.push(next.what);
    open.push(...(next.from ?? []));
  }
  return whats;
}

const ORGANISATION_ACCOUNT = /(?:^|\.)aws_organizations_account\.[^.[]+(?:\[[^\]]*\])?\.id$/;
const PROVIDER_ACCOUNT = /^account of provider /;
const VARIABLE = /^var\.[\w-]+(?:[.[]|$)/;

/** The leaf that stands for an account: one that the configuration creates, otherwise a variable without value, otherwise a provider's. */
export function accountLeaf(leaves: readonly Leaf[]): Leaf | undefined {
  const usable = leaves.filter(({ what }) => !what.includes('[]'));
  for (const form of [ORGANISATION_ACCOUNT, VARIABLE, PROVIDER_ACCOUNT]) {
    const found = usable.filter(({ what }) => form.test(what) && !what.includes('('));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** The one resource that fills the other holes, by its address without the attribute; undefined where there are several. */
export function resourceLeaf(leaves: readonly Leaf[]): string | undefined {
  const addresses = new Set(
    leaves.flatMap(({ what }) => {
      const address =
        /^((?:module\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.)*(?:data\.)?[a-z]\w*_\w+\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?)\.\w+/.exec(
          what,
        )?.[1];
      return address === undefined || /(?:^|\.)aws_organizations_account\./.test(address) ? [] : [address];
    }),
  );
  const [only] = addresses;
  return addresses.size === 1 ? only : undefined;
}
