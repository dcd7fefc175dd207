import type {
  AuthorizationDetails,
  CredentialReport,
  ExportedHolder,
  IamExportFact,
} from '../../../facts/iam-export/types.ts';
import type { PolicyReading } from '../../../facts/iam-policy/types.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { BoundedPolicy } from '../types.ts';
import { exactly, unseen, unseenForAnybody } from './bounded.ts';
import type { WorldOptions } from './from-terraform.ts';
import { withReports } from './from-reports.ts';
import { organisationFromExports } from './organisation-exports.ts';
import type {
  AttachedPolicy,
  IamAccount,
  IamGroup,
  IamRole,
  IamUser,
  IamWorld,
  ManagedPolicy,
  WorldGap,
} from './types.ts';

/**
 * Adds what live accounts exported. An export speaks for what it names: of a principal that the code declares, too, the code's
 * policies stay, those that only the account has are added, and what the code leaves open is taken from the account. An
 * organisation is taken from exports where the code declares none.
 */
export function withExports(world: IamWorld, facts: readonly IamExportFact[], options: WorldOptions): IamWorld {
  const details = facts.filter((fact) => fact.kind === 'authorization-details');
  const reports = facts.filter((fact) => fact.kind === 'credential-report');
  const merged = details.reduce((before, fact) => withDetails(before, fact, options), world);
  const organisation = world.organisation ?? organisationFromExports(facts);
  const accounts =
    organisation?.management === undefined
      ? merged.accounts
      : named(merged.accounts, organisation.nodes, organisation.management);
  const whole = { ...merged, accounts, ...(organisation === undefined ? {} : { organisation }) };
  return reports.reduce((before: IamWorld, report: CredentialReport) => withReports(before, report), whole);
}

function named(accounts: readonly IamAccount[], nodes: ReadonlyMap<string, unknown>, management: string): IamAccount[] {
  return accounts.map((account) =>
    account.id === management
      ? { ...account, management: true }
      : nodes.has(account.id)
        ? { ...account, management: account.management ?? false }
        : account,
  );
}

function withDetails(world: IamWorld, fact: AuthorizationDetails, options: WorldOptions): IamWorld {
  const exported = new Map(
    fact.policies.flatMap(({ arn, document }) => (document === undefined ? [] : [[arn, bounded(document)] as const])),
  );
  const policyOf = (arn: string, at: SourceLocation): AttachedPolicy => {
    const aws = /^arn:[\w-]+:iam::aws:policy\//.test(arn);
    const managed = aws ? options.managedPolicy(arn) : undefined;
    const own = exported.get(arn) ?? world.policies.find((one) => one.arn === arn)?.policy;
    const why = `the document of ${arn} is not in sight`;
    const policy = own ?? (managed === undefined ? unseen(arn, why, at) : exactly(managed));
    return { name: arn, kind: aws ? 'aws' : 'customer', arn, policy, at };
  };
  const headOf = (holder: ExportedHolder) => ({
    arn: holder.arn,
    name: holder.name,
    account: accountIn(holder.arn),
    source: fact.path,
    at: holder.at,
    declared: true,
    policies: [
      ...holder.inline.map(({ name, document, at }) => ({
        name,
        kind: 'inline' as const,
        policy: bounded(document),
        at,
      })),
      ...holder.attached.map(({ arn, at }) => policyOf(arn, at)),
    ],
    gaps: fact.truncated ? [truncated(fact)] : [],
  });
  const boundaryOf = (boundary: { readonly arn: string; readonly at: SourceLocation } | undefined) =>
    boundary === undefined ? {} : { boundary: policyOf(boundary.arn, boundary.at) };
  const users = fact.users.map((user): IamUser => ({
    ...headOf(user),
    kind: 'user',
    ...boundaryOf(user.boundary),
    groups: user.groups.map(({ name, at }) => {
      const group = fact.groups.find((one) => one.name === name)?.arn;
      return { group: group ?? `arn:aws:iam::${accountIn(user.arn)}:group/${name}`, certain: true, at };
    }),
    accessKeys: [],
    mfa: { enrolled: 'unknown' },
  }));
  const groups = fact.groups.map((group): IamGroup => ({ ...headOf(group), kind: 'group' }));
  const roles = fact.roles.map((role): IamRole => ({
    ...headOf(role),
    kind: 'role',
    ...boundaryOf(role.boundary),
    trust:
      role.trust === undefined
        ? unseenForAnybody('trust', `the trust policy of ${role.arn} is not in sight`, role.at)
        : bounded(role.trust),
    trustAt: role.at,
    maxSession: 3600,
    serviceLinked: role.arn.includes(':role/aws-service-role/'),
    instanceProfiles: role.instanceProfiles,
  }));
  const policies = fact.policies.flatMap(({ arn, name, at }): ManagedPolicy[] => {
    const policy = exported.get(arn);
    const isAws = arn.includes(':iam::aws:');
    return policy === undefined || isAws ? [] : [{ arn, name, account: accountIn(arn), source: fact.path, policy, at }];
  });
  return {
    ...world,
    accounts: withAccounts(world.accounts, [...users, ...groups, ...roles]),
    users: merge(world.users, users, (code, live) => ({
      ...code,
      ...common(code, live),
      groups: [...code.groups, ...live.groups.filter(({ group }) => !code.groups.some((one) => one.group === group))],
    })),
    groups: merge(world.groups, groups, (code, live) => ({ ...code, ...common(code, live) })),
    roles: merge(world.roles, roles, (code, live) => ({
      ...code,
      ...common(code, live),
      ...(code.trust.unknowns.length === 0 ? {} : { trust: live.trust }),
      instanceProfiles: [...new Set([...code.instanceProfiles, ...live.instanceProfiles])],
    })),
    policies: merge(world.policies, policies, (code, live) =>
      code.policy.unknowns.length === 0 ? code : { ...code, policy: live.policy },
    ),
  };
}

/** Policies of both; the account's where the code leaves something open. */
function common(code: IamUser | IamGroup | IamRole, live: IamUser | IamGroup | IamRole) {
  const isSame = (left: AttachedPolicy, right: AttachedPolicy) => left.kind === right.kind && left.name === right.name;
  const kept = code.policies.map((policy) =>
    policy.policy.unknowns.length === 0 ? policy : (live.policies.find((one) => isSame(one, policy)) ?? policy),
  );
  const added = live.policies.filter((policy) => !code.policies.some((one) => isSame(one, policy)));
  const isFilled = (gap: WorldGap) => live.policies.some(({ arn }) => arn !== undefined && gap.message.includes(arn));
  const boundary = 'boundary' in live && !('boundary' in code) ? { boundary: live.boundary } : {};
  return {
    declared: true,
    policies: [...kept, ...added],
    gaps: [...code.gaps.filter((gap) => gap.reason !== 'not-in-sight' || !isFilled(gap)), ...live.gaps],
    ...boundary,
  };
}

function merge<T extends { readonly arn: string }>(
  code: readonly T[],
  live: readonly T[],
  both: (code: T, live: T) => T,
): T[] {
  const byArn = new Map(live.map((one) => [one.arn, one]));
  const own = new Set(code.map(({ arn }) => arn));
  return [
    ...code.map((one) => {
      const other = byArn.get(one.arn);
      return other === undefined ? one : both(one, other);
    }),
    ...live.filter(({ arn }) => !own.has(arn)),
  ];
}

function withAccounts(accounts: readonly IamAccount[], holders: readonly ExportedPlace[]): IamAccount[] {
  const found = new Map(accounts.map((account) => [account.id, account]));
  for (const { account, at } of holders)
    if (!found.has(account)) found.set(account, { id: account, standIn: false, name: account, at });
  return [...found.values()];
}

interface ExportedPlace {
  readonly account: string;
  readonly at: SourceLocation;
}

/** A document with problems has statements that could not be read: they may allow, and they may deny. */
function bounded({ policy, problems }: PolicyReading): BoundedPolicy {
  if (problems.length === 0) return exactly(policy);
  const at = policy.at ?? problems[0]?.at;
  const unknowns = problems.map(({ message, at: place }) => ({
    why: message,
    ...(place === undefined ? {} : { at: place }),
  }));
  if (at === undefined) return { most: policy, least: policy, unknowns };
  const open = unseen(policy.name ?? 'policy', 'statements that could not be read', at);
  return {
    most: { ...policy, statements: [...policy.statements, ...open.most.statements] },
    least: { ...policy, statements: [...policy.statements, ...open.least.statements] },
    unknowns,
  };
}

function truncated({ path, at }: AuthorizationDetails): WorldGap {
  const message = `${path} is one page of several`;
  return {
    reason: 'not-in-sight',
    message,
    at,
    closes: 'aws iam get-account-authorization-details without --no-paginate',
  };
}

function accountIn(arn: string): string {
  return arn.split(':', 5)[4] ?? '';
}
