import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import { exactly } from '../account/bounded.ts';
import type { IamRole } from '../account/types.ts';
import type { BoundedPolicy, RequestPrincipal } from '../types.ts';
import type { Permit } from './ask.ts';
import { ASSUME_ROLE } from './escalations.ts';
import type { Identity } from './identities.ts';
import { together, type PathEdge, type PathModel, type PathNode } from './model.ts';

/** Roles that somebody may assume as things are. */
export function assumeEdges(node: PathNode, model: PathModel, roles: readonly IamRole[]): PathEdge[] {
  return roles.flatMap((role) => {
    const permit = assume(node, role, model, role.trust);
    const to = model.identities.get(role.arn);
    if (permit === undefined || to === undefined) return [];
    return [
      {
        to: { identity: to, credential: 'session' as const },
        by: ASSUME_ROLE,
        what: `assumes ${role.arn}`,
        certainty: permit.certainty,
        permits: [permit],
        unknowns: permit.unknowns,
        at: role.trustAt,
      },
    ];
  });
}

/** Whether somebody may assume a role that has this trust policy. */
export function assume(
  { identity, credential }: PathNode,
  role: IamRole,
  { asker }: PathModel,
  trust: BoundedPolicy,
): Permit | undefined {
  if (role.arn === identity.arn) return undefined;
  const { arn: resource, account: resourceAccount } = role;
  const resourcePolicies = [trust];
  const session = sessionNamed(identity.principal, trust);
  const as = session === undefined ? {} : { as: { ...identity.principal, arn: session } };
  return asker.ask({
    identity,
    ...as,
    credential,
    action: 'sts:AssumeRole',
    resource,
    resourceAccount,
    resourcePolicies,
  });
}

/** A session of the role that the trust policy names: whoever assumes a role chooses the name of the session. */
function sessionNamed({ kind, arn }: RequestPrincipal, { most }: BoundedPolicy): string | undefined {
  if (kind !== 'role-session') return undefined;
  const role = arn.slice(0, arn.lastIndexOf('/') + 1);
  return sessionsIn(most).find((value) => value.startsWith(role));
}

const sessions = new WeakMap<IamPolicy, readonly string[]>();

/** Sessions that a trust policy names; most name none. */
function sessionsIn(policy: IamPolicy): readonly string[] {
  const known = sessions.get(policy);
  if (known !== undefined) return known;
  const found = policy.statements
    .flatMap(({ effect, principals }) => (effect === 'Allow' ? (principals?.principals ?? []) : []))
    .flatMap(({ value }) => (value.includes(':assumed-role/') ? [value] : []));
  sessions.set(policy, found);
  return found;
}

/** Roles whose trust policy somebody may write, and then assume. */
export function trustEdges(node: PathNode, model: PathModel): PathEdge[] {
  const { identity, credential } = node;
  return (model.roles.get(identity.account) ?? []).flatMap((role) => {
    const to = model.identities.get(role.arn);
    if (to === undefined || role.serviceLinked || role.arn === identity.arn) return [];
    const action = 'iam:UpdateAssumeRolePolicy';
    const write = model.asker.ask({ identity, credential, action, resource: role.arn });
    if (write === undefined) return [];
    const both = together([write, assume(node, role, model, trustNaming(identity, role))]);
    if (both === undefined) return [];
    const what = `lets itself assume ${role.arn}`;
    return [{ to: { identity: to, credential: 'session' as const }, by: 'iam-012', what, ...both, at: role.at }];
  });
}

/** The trust policy of a role as somebody would rewrite it: it names them. */
export function trustNaming(identity: Identity, role: IamRole): BoundedPolicy {
  return exactly({
    version: '2012-10-17',
    name: `trust of ${role.arn} that names ${identity.arn}`,
    statements: [
      {
        index: 0,
        effect: 'Allow',
        principals: { negated: false, principals: [{ type: 'AWS', value: identity.arn }] },
        actions: { negated: false, patterns: ['sts:AssumeRole'] },
        conditions: [],
      },
    ],
  });
}
