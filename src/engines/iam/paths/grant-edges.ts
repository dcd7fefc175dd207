import type { AttachedPolicy } from '../account/types.ts';
import type { Permit } from './ask.ts';
import { memberOf, unlimitedOf, withoutBoundary, type Identity } from './identities.ts';
import { nodeKey, together, type PathEdge, type PathModel, type PathNode } from './model.ts';

/** Actions that give somebody any policy, by kind. */
const DIRECT = {
  user: [
    ['iam-007', 'iam:PutUserPolicy'],
    ['iam-008', 'iam:AttachUserPolicy'],
  ],
  role: [
    ['iam-005', 'iam:PutRolePolicy'],
    ['iam-009', 'iam:AttachRolePolicy'],
  ],
  group: [
    ['iam-011', 'iam:PutGroupPolicy'],
    ['iam-010', 'iam:AttachGroupPolicy'],
  ],
} as const;

/** Every action that changes what somebody may do. */
export const GIVING: readonly string[] = [
  ...Object.values(DIRECT).flatMap((ways) => ways.map(([, action]) => action)),
  'iam:CreatePolicyVersion',
  'iam:AddUserToGroup',
  ...['User', 'Role'].flatMap((kind) => ['Delete', 'Put'].map((verb) => `iam:${verb}${kind}PermissionsBoundary`)),
];

/** Ways in which one signed-in identity gives another, or itself, any policy, or the policies of a group. */
export function grantEdges(giver: PathNode, taker: PathNode, model: PathModel): PathEdge[] {
  const { identity } = taker;
  if (identity.unlimited || identity.holder === undefined || identity.account !== giver.identity.account) return [];
  const unlimited = anyPolicy(giver, identity, model);
  return [
    ...(unlimited === undefined ? [] : [{ ...unlimited, to: { ...unlimited.to, credential: taker.credential } }]),
    ...freedEdges(giver, taker, model),
    ...groupEdges(giver, taker, model),
  ].map((edge) => (nodeKey(giver) === nodeKey(taker) ? edge : { ...edge, helper: nodeKey(giver) }));
}

function anyPolicy(giver: PathNode, taker: Identity, model: PathModel): PathEdge | undefined {
  const ask = (action: string, resource: string) => model.asker.ask({ ...giver, action, resource });
  const { holder } = taker;
  if (holder === undefined || (holder.kind === 'role' && holder.serviceLinked)) return undefined;
  const ways: (readonly [string, string, string])[] = [
    ...DIRECT[holder.kind].map(([by, action]) => [by, action, taker.arn] as const),
    ...groupsOf(taker).flatMap((group) => DIRECT.group.map(([by, action]) => [by, action, group] as const)),
    ...customerPolicies(taker).map((arn) => ['iam-001', 'iam:CreatePolicyVersion', arn] as const),
  ];
  let found: PathEdge | undefined;
  for (const [by, action, resource] of ways) {
    const permit = ask(action, resource);
    if (permit === undefined) continue;
    const freed = freeing(giver, taker, model);
    const got = together(freed === undefined ? [permit] : [freed, permit]);
    if (got === undefined || (found !== undefined && got.certainty === 'possible')) continue;
    const to = { identity: unlimitedOf(taker, freed !== undefined), credential: giver.credential };
    found = { to, by, what: `gives ${taker.arn} any policy`, ...got, at: taker.at };
    if (got.certainty === 'certain') break;
  }
  return found;
}

/** Without its boundary a principal may do all that its own policies say. */
function freedEdges(giver: PathNode, { identity, credential }: PathNode, model: PathModel): PathEdge[] {
  const freed = freeing(giver, identity, model);
  const got = freed === undefined ? undefined : together([freed]);
  if (got === undefined) return [];
  const to = { identity: withoutBoundary(identity), credential };
  return [{ to, by: 'boundary', what: `takes the boundary of ${identity.arn} away`, ...got, at: identity.at }];
}

/** A boundary is deleted, replaced by one that allows everything, or rewritten. */
function freeing(giver: PathNode, { boundary, holder, arn }: Identity, model: PathModel): Permit | undefined {
  if (boundary === undefined || holder === undefined) return undefined;
  const kind = holder.kind === 'user' ? 'User' : 'Role';
  const replaced = new Map([['iam:permissionsboundary', 'arn:aws:iam::aws:policy/AdministratorAccess']]);
  const permits = [
    model.asker.ask({ ...giver, action: `iam:Delete${kind}PermissionsBoundary`, resource: arn }),
    model.asker.ask({ ...giver, action: `iam:Put${kind}PermissionsBoundary`, resource: arn, context: replaced }),
    ...(boundary.kind === 'customer' && boundary.arn !== undefined
      ? [model.asker.ask({ ...giver, action: 'iam:CreatePolicyVersion', resource: boundary.arn })]
      : []),
  ];
  return permits.find((permit) => permit?.certainty === 'certain') ?? permits.find((permit) => permit !== undefined);
}

function groupsOf({ holder }: Identity): readonly string[] {
  return holder?.kind === 'user' ? holder.groups.filter(({ certain }) => certain).map(({ group }) => group) : [];
}

function customerPolicies({ policies }: Identity): readonly string[] {
  return policies.flatMap(({ kind, arn }: AttachedPolicy) => (kind === 'customer' && arn !== undefined ? [arn] : []));
}

function groupEdges(giver: PathNode, taker: PathNode, model: PathModel): PathEdge[] {
  const { identity, credential } = taker;
  if (identity.kind !== 'user' || identity.id.includes('|+')) return [];
  const own = new Set(groupsOf(identity));
  return (model.groups.get(identity.account) ?? []).flatMap((group) => {
    if (own.has(group.arn) || group.policies.length === 0) return [];
    const permit = model.asker.ask({ ...giver, action: 'iam:AddUserToGroup', resource: group.arn });
    if (permit === undefined) return [];
    return [
      {
        to: { identity: memberOf(identity, group), credential },
        by: 'iam-013',
        what: `puts ${identity.arn} into ${group.arn}`,
        certainty: permit.certainty,
        permits: [permit],
        unknowns: permit.unknowns,
        at: group.at,
      },
    ];
  });
}
