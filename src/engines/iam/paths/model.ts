import type { SourceLocation } from '../../../model/index.ts';
import { keyOf } from '../account/draft.ts';
import type { IamGroup, IamRole, IamUser, IamWorld } from '../account/types.ts';
import type { Workload } from '../account/workload-types.ts';
import { evaluate } from '../concrete/evaluate.ts';
import type { UnknownPart } from '../types.ts';
import { AppliedBounds } from './applied.ts';
import { Asker, type Permit } from './ask.ts';
import type { Credential } from './credentials.ts';
import { allowsEverything, identitiesOf, type Identity } from './identities.ts';

export type Certainty = 'certain' | 'possible';

/** Somebody, signed in one way: what a thief of these credentials is. */
export interface PathNode {
  readonly identity: Identity;
  readonly credential: Credential;
}

/** One step from somebody to somebody else. */
export interface PathEdge {
  readonly to: PathNode;
  /** Identifier of the way, such as `sts-001` or `iam-002`; `enrol-mfa` for a device of one's own. */
  readonly by: string;
  readonly what: string;
  readonly certainty: Certainty;
  /** Requests that are allowed, in their order. */
  readonly permits: readonly Permit[];
  readonly unknowns: readonly UnknownPart[];
  /** Key of a node that makes some of the requests, where it is not the one that the edge leaves. */
  readonly helper?: string;
  readonly at: SourceLocation;
}

/** A world prepared for questions about who becomes whom. */
export interface PathModel {
  readonly world: IamWorld;
  readonly asker: Asker;
  /** Asks what the accounts' own policies say, without those of the organisation. */
  readonly withoutOrganisation: Asker;
  /** What {@link administrator} found, by node. */
  readonly administrators: WeakMap<Identity, Map<Credential, Certainty | undefined>>;
  readonly identities: ReadonlyMap<string, Identity>;
  readonly users: ReadonlyMap<string, readonly IamUser[]>;
  readonly groups: ReadonlyMap<string, readonly IamGroup[]>;
  /** Declared roles and those that AWS makes, by account. */
  readonly roles: ReadonlyMap<string, readonly IamRole[]>;
  readonly allRoles: readonly IamRole[];
  /** Roles by account and the service that may get them. */
  readonly serviceRoles: ReadonlyMap<string, readonly ServiceRole[]>;
  readonly workloads: ReadonlyMap<string, readonly Workload[]>;
}

export interface ServiceRole {
  readonly role: IamRole;
  readonly certainty: Certainty;
}

export function pathModel(world: IamWorld): PathModel {
  const identities = new Map(identitiesOf(world).map((identity) => [identity.id, identity]));
  // Of a role that is only attached to, nothing is known but that.
  const allRoles = world.roles.filter(({ declared, implicit }) => declared || implicit === true);
  return {
    world,
    asker: new Asker(new AppliedBounds(world.organisation)),
    withoutOrganisation: new Asker(new AppliedBounds(undefined)),
    administrators: new WeakMap(),
    identities,
    users: byAccount(world.users),
    groups: byAccount(world.groups),
    roles: byAccount(allRoles),
    allRoles,
    serviceRoles: serviceRoles(allRoles),
    workloads: grouped(world.workloads, ({ role }) => role),
  };
}

export function nodeKey({ identity, credential }: PathNode): string {
  return `${identity.id}#${credential}`;
}

/**
 * Whether somebody may do everything, but for what the organisation forbids: they are given everything, and signed in as they
 * are nothing denies them to give rights away.
 */
export function administrator(
  node: PathNode,
  { withoutOrganisation, administrators }: PathModel,
): Certainty | undefined {
  const { identity, credential } = node;
  const known = administrators.get(identity) ?? new Map<Credential, Certainty | undefined>();
  administrators.set(identity, known);
  if (known.has(credential)) return known.get(credential);
  const all = (bound: 'most' | 'least') =>
    allowsEverything(
      identity.policies.map(({ policy }) => policy),
      bound,
    ) &&
    (identity.boundary === undefined || allowsEverything([identity.boundary.policy], bound)) &&
    identity.kind !== 'outside';
  const resource = `arn:aws:iam::${identity.account}:role/*`;
  const permit = all('most')
    ? withoutOrganisation.ask({ ...node, action: 'iam:AttachRolePolicy', resource })
    : undefined;
  const certainty = permit?.certainty === 'certain' && !all('least') ? 'possible' : permit?.certainty;
  known.set(credential, certainty);
  return certainty;
}

/** What follows from several permissions that are all needed; undefined where one is missing. */
export function together(
  permits: readonly (Permit | undefined)[],
):
  | { readonly permits: readonly Permit[]; readonly certainty: Certainty; readonly unknowns: readonly UnknownPart[] }
  | undefined {
  const found = permits.filter((permit) => permit !== undefined);
  if (found.length < permits.length) return undefined;
  return {
    permits: found,
    certainty: found.every(({ certainty }) => certainty === 'certain') ? 'certain' : 'possible',
    unknowns: found.flatMap(({ unknowns }) => unknowns),
  };
}

function serviceRoles(roles: readonly IamRole[]): ReadonlyMap<string, readonly ServiceRole[]> {
  const found = new Map<string, ServiceRole[]>();
  for (const role of roles) {
    const services = new Set(
      role.trust.most.statements.flatMap(({ principals }) =>
        (principals?.principals ?? []).flatMap(({ type, value }) => (type === 'Service' ? [value] : [])),
      ),
    );
    for (const service of services) {
      const certainty = trusts(role, service, 'least') ? 'certain' : 'possible';
      if (!trusts(role, service, 'most')) continue;
      const key = keyOf(role.account, service);
      found.set(key, [...(found.get(key) ?? []), { role, certainty }]);
    }
  }
  return found;
}

function trusts({ arn, account, trust }: IamRole, service: string, bound: 'most' | 'least'): boolean {
  const request = {
    principal: { kind: 'service', arn: service },
    action: 'sts:AssumeRole',
    resource: arn,
    resourceAccount: account,
    context: new Map([['aws:sourceaccount', account]]),
  } as const;
  return evaluate(request, { identity: [], resource: [trust[bound]] }).decision === 'Allowed';
}

function byAccount<T extends { readonly account: string }>(items: readonly T[]): Map<string, T[]> {
  return grouped(items, ({ account }) => account);
}

function grouped<T>(items: readonly T[], keyOfItem: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const list = found.get(keyOfItem(item)) ?? [];
    list.push(item);
    found.set(keyOfItem(item), list);
  }
  return found;
}
