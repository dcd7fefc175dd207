import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { SourceLocation } from '../../../model/index.ts';
import { exactly, possibly } from '../account/bounded.ts';
import type { AttachedPolicy, IamRole, IamUser, IamWorld } from '../account/types.ts';
import type { Person } from '../account/workload-types.ts';
import type { BoundedPolicy, RequestPrincipal } from '../types.ts';

/** Somebody who makes requests, with all policies that say what they may do. */
export interface Identity {
  /** Its ARN; with a suffix where its policies are not those of the tree: `|*` for any policy, `|+group` for a group joined, `|-boundary` for none. */
  readonly id: string;
  readonly kind: 'user' | 'role' | 'person' | 'outside';
  readonly arn: string;
  readonly account: string;
  readonly principal: RequestPrincipal;
  readonly policies: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
  /** The user or role of the world behind it. */
  readonly holder?: IamUser | IamRole;
  /** Whether somebody gave it every right. */
  readonly unlimited: boolean;
  readonly declared: boolean;
  readonly source: string;
  readonly at: SourceLocation;
}

/** Users with the policies of their groups, roles, and people of Identity Center. */
export function identitiesOf(world: IamWorld): Identity[] {
  const groups = new Map(world.groups.map((group) => [group.arn, group]));
  const users = world.users.map((user): Identity => {
    const inherited = user.groups.flatMap(({ group, certain, at }) =>
      (groups.get(group)?.policies ?? []).map((policy) => asMember(policy, group, certain, at)),
    );
    return ofHolder(user, [...user.policies, ...inherited]);
  });
  return [...users, ...world.roles.map((role) => ofHolder(role, role.policies)), ...world.people.map(ofPerson)];
}

/** A policy of a group as a member has it. */
function asMember(attached: AttachedPolicy, via: string, certain: boolean, at: SourceLocation): AttachedPolicy {
  const policy = certain ? attached.policy : possibly(attached.policy, `membership in ${via} is not certain`, at);
  return { ...attached, via, policy };
}

function ofHolder(holder: IamUser | IamRole, policies: readonly AttachedPolicy[]): Identity {
  const { kind, arn, account, source, at, boundary, declared } = holder;
  return {
    id: arn,
    kind,
    arn,
    account,
    principal: kind === 'user' ? { kind, arn, account } : sessionOf(arn, account, holder.serviceLinked),
    policies,
    ...(boundary === undefined ? {} : { boundary }),
    holder,
    unlimited: false,
    declared,
    source,
    at,
  };
}

function ofPerson(person: Person): Identity {
  const { account, permissionSet, policies, boundary, source, at } = person;
  const arn = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${permissionSet}_0000000000000000`;
  return {
    id: `${arn}|${person.principal}`,
    kind: 'person',
    arn,
    account,
    principal: sessionOf(arn, account, false),
    policies,
    ...(boundary === undefined ? {} : { boundary }),
    unlimited: false,
    declared: true,
    source,
    at,
  };
}

/** Anybody in an account outside of the world, who may do there whatever they like. */
export function outsider(account: string, at: SourceLocation): Identity {
  const arn = `arn:aws:iam::${account}:user/anybody`;
  return {
    id: `account ${account}`,
    kind: 'outside',
    arn,
    account,
    principal: { kind: 'user', arn, account },
    policies: [unlimitedPolicy(at)],
    unlimited: false,
    declared: true,
    source: `account ${account}`,
    at,
  };
}

/** The same principal after somebody gave it a policy that allows everything; whether its own denies can be removed is left open. */
export function unlimitedOf(identity: Identity, removesBoundary: boolean): Identity {
  const { boundary, ...rest } = identity;
  const everything = unlimitedPolicy(identity.at);
  const denies = identity.policies.flatMap(({ policy }) =>
    policy.least.statements.filter(({ effect }) => effect === 'Deny'),
  );
  const { most } = everything.policy;
  const least = { ...most, statements: [...most.statements, ...denies] };
  const unknowns = [{ why: `whether the denies of ${identity.arn} can be removed`, at: identity.at }];
  return {
    ...rest,
    ...(removesBoundary || boundary === undefined ? {} : { boundary }),
    id: `${identity.arn}|*`,
    policies: [denies.length === 0 ? everything : { ...everything, policy: { most, least, unknowns } }],
    unlimited: true,
  };
}

/** The same principal after somebody took its boundary away. */
export function withoutBoundary(identity: Identity): Identity {
  const { boundary, ...rest } = identity;
  return boundary === undefined ? identity : { ...rest, id: `${rest.id}|-boundary` };
}

/** The same user as a member of one more group. */
export function memberOf(
  identity: Identity,
  group: { readonly arn: string; readonly policies: readonly AttachedPolicy[] },
): Identity {
  return {
    ...identity,
    id: `${identity.id}|+${group.arn}`,
    policies: [...identity.policies, ...group.policies.map((policy) => ({ ...policy, via: group.arn }))],
  };
}

function unlimitedPolicy(at: SourceLocation): AttachedPolicy {
  const policy: IamPolicy = {
    version: '2012-10-17',
    name: 'a policy that allows everything',
    statements: [
      {
        index: 0,
        effect: 'Allow',
        actions: { negated: false, patterns: ['*'] },
        resources: { negated: false, patterns: ['*'] },
        conditions: [],
      },
    ],
  };
  return { name: 'a policy that allows everything', kind: 'inline', policy: exactly(policy), at };
}

function sessionOf(arn: string, account: string, serviceLinked: boolean): RequestPrincipal {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const partition = arn.split(':', 2)[1] ?? 'aws';
  return {
    kind: 'role-session',
    arn: `arn:${partition}:sts::${account}:assumed-role/${name}/session`,
    account,
    role: arn,
    ...(serviceLinked ? { serviceLinked } : {}),
  };
}

/** Whether a bound of somebody's policies allows everything on everything, without a condition but MFA. */
export function allowsEverything(policies: readonly BoundedPolicy[], bound: 'most' | 'least'): boolean {
  return policies.some((policy) =>
    policy[bound].statements.some(
      ({ effect, actions, resources, conditions }) =>
        effect === 'Allow' &&
        !actions.negated &&
        actions.patterns.some((pattern) => /^\*+(?::\*+)?$/.test(pattern)) &&
        resources?.negated === false &&
        resources.patterns.some((pattern) => /^\*+$/.test(pattern)) &&
        conditions.every(({ key }) => /^aws:multifactorauth(?:present|age)$/i.test(key)),
    ),
  );
}
