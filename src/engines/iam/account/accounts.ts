import type { SourceLocation } from '../../../model/index.ts';
import { accountOf, attributeOfResource, type ResourceInstance } from '../../terraform/index.ts';
import { accountLeaf, leavesOf, stepsOf } from './leaves.ts';
import type { Organisation } from './organisation-types.ts';
import type { AccountJoin, IamAccount } from './types.ts';

interface AccountDraft {
  id: string;
  standIn: boolean;
  name: string;
  at: SourceLocation;
  joined?: AccountJoin;
  management?: boolean;
  passwordPolicy?: SourceLocation;
}

/** The accounts that were met, each under one id: its own, or a stand-in for one that is not known. */
export class Accounts {
  readonly #byId = new Map<string, AccountDraft>();
  /** Ids by symbol: root folder and what the account depends on. */
  readonly #symbols = new Map<string, string>();
  /** Names that the code gives to literal ids. */
  readonly #names = new Map<string, Map<string, SourceLocation>>();
  readonly #joins = new Map<string, AccountJoin & { readonly id: string }>();

  /** The account in which a resource lives. */
  of(resource: ResourceInstance, folder: string): string {
    const arn = resource.values.entries.get('arn');
    const fromArn = arn?.kind === 'string' ? /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(arn.value)?.[1] : undefined;
    if (fromArn !== undefined) return this.known(fromArn, resource.headAt);
    const value = accountOf(resource);
    if (value.kind === 'string' && /^\d{12}$/.test(value.value)) {
      return this.known(value.value, resource.provider.at ?? resource.headAt);
    }
    const profile = resource.provider.values.entries.get('profile');
    const leaf = accountLeaf(leavesOf(value));
    const isProvider = leaf === undefined || leaf.what.startsWith('account of provider');
    if (isProvider && profile?.kind === 'string')
      return this.#symbol(`profile ${profile.value}`, `profile ${profile.value}`, profile.origin.at);
    const what = leaf?.what ?? `account of provider ${resource.provider.address}`;
    return this.symbol(folder, what, leaf?.at ?? resource.headAt);
  }

  /** An account that is named by its id. */
  known(id: string, at: SourceLocation): string {
    if (!this.#byId.has(id)) this.#byId.set(id, { id, standIn: false, name: id, at });
    return id;
  }

  /** An account whose id is not known, by what it depends on. */
  symbol(folder: string, what: string, at: SourceLocation): string {
    const name = what.replace(/^account of /, '').replace(/(aws_organizations_account\..*)\.id$/, '$1');
    return this.#symbol(`${folder}|${what}`, name, at);
  }

  #symbol(key: string, name: string, at: SourceLocation): string {
    const found = this.#symbols.get(key);
    if (found !== undefined) return found;
    const join = this.#joins.get(key);
    if (join !== undefined) {
      this.#symbols.set(key, join.id);
      const draft = this.#byId.get(this.known(join.id, join.at));
      if (draft !== undefined) draft.joined = { member: join.member, by: join.by, why: join.why, at: join.at };
      return join.id;
    }
    // No account's own id begins with so many zeros.
    const id = String(this.#symbols.size + 1).padStart(12, '0');
    this.#symbols.set(key, id);
    this.#byId.set(id, { id, standIn: true, name, at });
    return id;
  }

  /** Notes the names by which the code calls the account of a resource: `var.accounts.prod`, the provider's alias. */
  hear(resource: ResourceInstance): void {
    const value = accountOf(resource);
    if (value.kind !== 'string') return;
    const provider = resource.provider.address;
    const names = this.#names.get(value.value) ?? new Map<string, SourceLocation>();
    this.#names.set(value.value, names);
    const heard = [...stepsOf(value), ...(provider.includes('.') ? [`var.${provider.replace(/^[^.]*\./, '')}`] : [])];
    for (const what of heard) {
      const name = plainName(/^(?:var|local)\.(?:[\w-]+[.[]"?)*([\w-]+)/.exec(what)?.[1] ?? '');
      if (name !== '' && !names.has(name)) names.set(name, value.origin.at);
    }
  }

  /**
   * Takes literal ids for the accounts that the organisation's code creates, where a plan or state says the id, or where
   * exactly one id and exactly one account go by the same name. Call it after {@link hear} and before {@link of}.
   */
  join(members: readonly { readonly resource: ResourceInstance; readonly folder: string }[]): void {
    for (const { resource, folder } of members) {
      const key = `${folder}|${resource.address}.id`;
      const id = attributeOfResource(resource, 'id');
      const member = resource.address;
      if (id.kind === 'string' && /^\d{12}$/.test(id.value)) {
        this.#joins.set(key, {
          id: id.value,
          member,
          by: 'id',
          why: `${member} has the id ${id.value}`,
          at: resource.headAt,
        });
        continue;
      }
      const name = attributeOfResource(resource, 'name');
      const wanted = name.kind === 'string' ? plainName(name.value) : '';
      const same = members.filter((other) => nameOf(other.resource) === wanted);
      const ids = [...this.#names].filter(([, names]) => names.has(wanted));
      const [only] = ids;
      if (wanted === '' || same.length !== 1 || ids.length !== 1 || only === undefined) continue;
      const why = `${only[0]} goes by the name ${wanted} in the code, as ${member} does`;
      this.#joins.set(key, { id: only[0], member, by: 'name', why, at: only[1].get(wanted) ?? resource.headAt });
    }
  }

  management(id: string): void {
    const draft = this.#byId.get(id);
    if (draft !== undefined) draft.management = true;
  }

  passwordPolicy(id: string, at: SourceLocation): void {
    const draft = this.#byId.get(id);
    if (draft !== undefined) draft.passwordPolicy = at;
  }

  /** Every account that was met. Members of an organisation whose management account is known are known not to be it. */
  list(organisation: Organisation | undefined): IamAccount[] {
    const { management, nodes } = organisation ?? {};
    return [...this.#byId.values()].map((draft) => ({
      ...draft,
      ...(management !== undefined && draft.management === undefined && nodes?.has(draft.id) === true
        ? { management: false }
        : {}),
    }));
  }
}

function nameOf(resource: ResourceInstance): string {
  const name = attributeOfResource(resource, 'name');
  return name.kind === 'string' ? plainName(name.value) : '';
}

/** A name without the words that every account's has. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => !['account', 'accounts', 'id', 'ids', 'aws', ''].includes(word))
    .join('-');
}
