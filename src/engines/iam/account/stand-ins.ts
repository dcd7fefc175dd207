import { sha256 } from '../../../lib/hash.ts';
import { documentText } from '../../terraform/computed/policy-document.ts';
import { list, object, text, unknownsIn } from '../../terraform/make.ts';
import type { TfObject, TfUnknown, TfValue } from '../../terraform/value.ts';
import type { Accounts } from './accounts.ts';
import { accountLeaf, leavesOf, resourceLeaf, type Leaf } from './leaves.ts';
import { fillOf, isAccountId, isFree, partsOf, type FormHole, type FormPart } from './pattern-holes.ts';

/**
 * Gives texts to values that only apply knows, where all that is unknown are identifiers that AWS draws afresh: account ids,
 * generated names, ids of clusters and units. Equal unknowns get equal texts, different ones different texts; so policies that
 * name each other's resources can be compared. Whatever else is unknown stays so.
 */
export class StandIns {
  readonly #accounts: Accounts;
  readonly #folder: string;

  constructor(accounts: Accounts, folder: string) {
    this.#accounts = accounts;
    this.#folder = folder;
  }

  /** The value with stand-ins, also inside of documents. */
  resolve(value: TfValue): TfValue {
    switch (value.kind) {
      case 'unknown':
        return this.#unknown(value);
      case 'list':
        return unknownsIn(value, 1).length === 0
          ? value
          : { ...value, items: value.items.map((item) => this.resolve(item)) };
      case 'object':
        return this.#object(value);
      default:
        return value;
    }
  }

  #object(value: TfObject): TfObject {
    if (unknownsIn(value, 1).length === 0) return value;
    return { ...value, entries: new Map([...value.entries].map(([name, entry]) => [name, this.resolve(entry)])) };
  }

  #unknown(value: TfUnknown): TfValue {
    if (value.decoded !== undefined) return this.#document(value, value.decoded);
    const filled = this.#fill(value);
    return filled === undefined ? value : text(filled, value.origin);
  }

  #document(value: TfUnknown, decoded: TfValue): TfValue {
    if (value.constraint?.type === 'object') return this.#conditions(value, decoded);
    const resolved = this.resolve(decoded);
    return documentText(resolved, 0, value.origin);
  }

  /** Conditions of one operator whose key was not known: pairs of `variable` and `values`. */
  #conditions(value: TfUnknown, decoded: TfValue): TfValue {
    const blocks = decoded.kind === 'list' ? decoded.items.map((item) => this.resolve(item)) : [];
    const values = new Map<string, TfValue[]>();
    for (const block of blocks) {
      const variable = block.kind === 'object' ? block.entries.get('variable') : undefined;
      const given = block.kind === 'object' ? block.entries.get('values') : undefined;
      if (variable?.kind !== 'string' || given?.kind !== 'list') return value;
      values.set(variable.value, [...(values.get(variable.value) ?? []), ...given.items]);
    }
    return blocks.length === 0
      ? value
      : object(
          [...values].map(([name, items]) => [name, list(items, value.origin)] as const),
          value.origin,
        );
  }

  #fill(value: TfUnknown): string | undefined {
    const leaves = leavesOf(value);
    const { pattern } = value.constraint ?? {};
    if (pattern === undefined) {
      const address =
        /\.(?:name|id)$/.test(value.origin.what) || leaves.length === 1 ? resourceLeaf(leaves) : undefined;
      return address !== undefined && isIdentity(address) ? this.#name(address) : undefined;
    }
    const parts = partsOf(pattern);
    if (parts === undefined) return undefined;
    const address = resourceLeaf(leaves);
    const texts: string[] = [];
    let ordinal = 0;
    for (const [at, part] of parts.entries()) {
      const filled = 'literal' in part ? part.literal : this.#hole(part, parts, at, leaves, address, ordinal++);
      if (filled === undefined) return undefined;
      texts.push(filled);
    }
    return texts.join('');
  }

  #hole(
    hole: FormHole,
    parts: readonly FormPart[],
    at: number,
    leaves: readonly Leaf[],
    address: string | undefined,
    ordinal: number,
  ): string | undefined {
    if (isAccountId(hole) || (isFree(hole) && standsForAccount(parts, at))) {
      const leaf = accountLeaf(leaves);
      return leaf === undefined ? undefined : this.#accounts.symbol(this.#folder, leaf.what, leaf.at);
    }
    if (address === undefined) return undefined;
    if (isFree(hole)) return isIdentity(address) ? this.#name(address) : undefined;
    const accountsBefore = parts.slice(0, at).filter((part) => !('literal' in part) && isAccountId(part)).length;
    return fillOf(hole, this.#seed(`${address} ${hole.class} ${ordinal - accountsBefore}`, address));
  }

  #seed(name: string, address: string): string {
    // There is one organisation, whether it is declared or looked up.
    const isOrganisation = /(?:^|\.)aws_organizations_organization\./.test(address);
    return sha256(isOrganisation ? name.replace(address, 'organisation') : `${this.#folder} ${name}`);
  }

  #name(address: string): string {
    return `known-after-apply-${this.#seed(address, address).slice(0, 12)}`;
  }
}

/** Whether a hole stands where an ARN has its account: `arn:aws:iam::` before it, `:` after it. */
function standsForAccount(parts: readonly FormPart[], at: number): boolean {
  const before = parts[at - 1];
  const after = parts[at + 1];
  return (
    before !== undefined &&
    after !== undefined &&
    'literal' in before &&
    'literal' in after &&
    /^arn:[\w-]+:[\w-]+:[\w-]*:$/.test(before.literal) &&
    after.literal.startsWith(':')
  );
}

/** Whether something of this type is named by AWS or the provider, and by nobody else. */
function isIdentity(address: string): boolean {
  return (
    /(?:^|\.)aws_iam_(?:role|user|group|policy|instance_profile)\.[^.]+$/.test(address) &&
    !/(?:^|\.)data\./.test(address)
  );
}
