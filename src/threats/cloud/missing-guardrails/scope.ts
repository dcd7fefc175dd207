import type { IamWorld } from '../../../engines/iam/account/types.ts';
import { isNonEmpty, type Absence, type Gap, type SourceLocation } from '../../../model/index.ts';
import { proveAbsence } from '../../../model/index.ts';
import { sha256 } from '../../../lib/hash.ts';
import type { Context } from '../../context.ts';
import { listed } from './listed.ts';

/** An account of which something is claimed. */
export interface ScopedAccount {
  /** 12 digits; a stand-in where it is known only after apply. */
  readonly id: string;
  readonly name: string;
  /** Address, path or name that stays the same when a stand-in changes. */
  readonly source: string;
  readonly at: SourceLocation;
  readonly management: boolean;
}

/** Which accounts are claimed about, and which are not in sight of their organisation. */
export interface Scope {
  readonly accounts: readonly ScopedAccount[];
  readonly gaps: readonly Gap[];
  /** The member account that holds the declared users. */
  readonly identityAccount?: string;
  /** Assumptions that a proof has to name. */
  readonly notes: readonly string[];
}

export const EXPORT_ORGANISATION =
  'bring the code of the organisation into the tree, or its export: aws organizations describe-organization, list-roots, list-organizational-units-for-parent, list-accounts-for-parent, list-policies-for-target and describe-policy, each > <command>.<id>.json';

/** Members of the organisation; its management account where something stands in it; accounts without an organisation as gaps. */
export function scopeOf(world: IamWorld, declaredIdentity: string | undefined): Scope {
  const { organisation } = world;
  const inhabited = inhabitants(world);
  const members = [...(organisation?.nodes.values() ?? [])]
    .filter(({ kind, id }) => kind === 'account' && id !== organisation?.management)
    .map(({ id, name, source, at }) => ({ id, name, source, at, management: false }));
  const known = new Set(members.map(({ id }) => id));
  const gaps: Gap[] = (organisation?.gaps ?? []).map((gap) => ({
    closes: 'terraform show -json plan.out > plan.json, in the tree',
    ...gap,
    identity: gap.message,
  }));
  const accounts: ScopedAccount[] = [...members];
  for (const { id, name, at } of world.accounts) {
    if (known.has(id)) continue;
    if (id === organisation?.management) {
      if (inhabited.has(id))
        accounts.push({ id, name: 'management', source: `management ${name}`, at, management: true });
      continue;
    }
    gaps.push({
      reason: 'not-in-sight',
      message:
        organisation === undefined
          ? `the organisation of account ${name} is not in sight, and so is what its service control policies forbid`
          : `account ${name} is not among the accounts of the organisation in sight, and so are the policies that bind it`,
      at,
      closes: EXPORT_ORGANISATION,
      identity: `account ${name}`,
    });
  }
  if (organisation !== undefined && accounts.length === 0 && gaps.length === 0)
    gaps.push({
      reason: 'not-in-sight',
      message: `no account of the organisation ${organisation.source} is in sight`,
      at: organisation.at,
      closes: EXPORT_ORGANISATION,
    });
  const identity = identityOf(world, accounts, declaredIdentity);
  const notes = [
    ...world.accounts.flatMap(({ id, name, joined }) =>
      joined?.by === 'name' && known.has(id) ? [`${name} is taken for ${joined.member}: ${joined.why}`] : [],
    ),
    ...(identity === undefined ? [] : [`${identity.name} is the identity account`]),
  ];
  return { accounts, gaps, notes, ...(identity === undefined ? {} : { identityAccount: identity.id }) };
}

function identityOf(
  world: IamWorld,
  accounts: readonly ScopedAccount[],
  declared: string | undefined,
): ScopedAccount | undefined {
  if (declared !== undefined) return accounts.find(({ id, name, source }) => [id, name, source].includes(declared));
  const users = (account: ScopedAccount) =>
    world.users.filter((user) => user.declared && user.account === account.id).length;
  const [most] = accounts.filter(({ management }) => !management).sort((left, right) => users(right) - users(left));
  return most !== undefined && users(most) > 0 ? most : undefined;
}

/** Accounts in which users or workloads stand. */
function inhabitants({ users, workloads }: IamWorld): ReadonlySet<string> {
  return new Set([
    ...users.filter(({ declared }) => declared).map(({ account }) => account),
    ...workloads.map(({ role }) => role.split(':')[4] ?? ''),
  ]);
}

/** Why the question does not arise, or why it cannot be asked here; undefined where there are accounts. */
export function withoutAccounts(context: Context, world: IamWorld): Absence | Gap[] | undefined {
  const resources = context.terraform.roots.flatMap((root) => root.resources);
  const organisations = new Map(
    resources
      .filter(({ type, mode }) => type === 'aws_organizations_organization' && mode === 'managed')
      .map((one) => [`${one.headAt.path}:${one.headAt.startLine}`, one] as const),
  );
  const [, second] = organisations.values();
  if (second !== undefined)
    return [
      {
        reason: 'not-declared',
        message: `${organisations.size} organisations are declared (${listed([...organisations.keys()])}), and which account belongs to which is not told apart`,
        at: second.headAt,
        closes: 'verify each by itself: a copy of its folder, outside of this repository',
        identity: 'several organisations',
      },
    ];
  if (world.accounts.length > 0 || world.organisation !== undefined) return undefined;
  const aws = resources.find(({ type }) => type.startsWith('aws_'));
  if (aws !== undefined)
    return [
      {
        reason: 'not-in-sight',
        message: `the organisation of the account of ${aws.address} is not in sight, and so is what its service control policies forbid`,
        at: aws.headAt,
        closes: EXPORT_ORGANISATION,
        identity: 'account',
      },
    ];
  const other = resources.find(({ type }) => /^(?:azurerm|google)_/.test(type));
  if (other !== undefined)
    return [
      {
        reason: 'engine-missing',
        message: `this version has no engine for the policies that bind ${other.address}: it reads those of AWS`,
        at: other.headAt,
        identity: 'other clouds',
      },
    ];
  const elements = context.facts.inventory.terraform;
  return proveAbsence({
    claim: 'no account of a cloud stands in the product',
    what: isNonEmpty(elements)
      ? 'Terraform files searched for accounts'
      : 'Terraform files and exports, of which there are none',
    elements,
    digest: sha256,
    method: 'resources and providers of AWS, Azure and Google Cloud, organisations and exports were looked for',
  });
}
