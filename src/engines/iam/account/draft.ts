import type { SourceLocation } from '../../../model/index.ts';
import { unseenForAnybody } from './bounded.ts';
import type {
  AccessKey,
  AttachedPolicy,
  GroupMembership,
  IamAccount,
  IamGroup,
  IamRole,
  IamUser,
  IamWorld,
  LoginProfile,
  ManagedPolicy,
  MfaState,
  ResourcePolicy,
  WorldGap,
} from './types.ts';
import type { Organisation } from './organisation-types.ts';
import type { IdentityProvider, Person, Workload } from './workload-types.ts';

/** What is common to users, groups and roles while a world is put together. */
export interface HolderDraft {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  source: string;
  at: SourceLocation;
  declared: boolean;
  policies: AttachedPolicy[];
  readonly gaps: WorldGap[];
  boundary?: AttachedPolicy;
}

export interface UserDraft extends HolderDraft {
  readonly kind: 'user';
  groups: GroupMembership[];
  accessKeys: AccessKey[];
  loginProfile?: LoginProfile;
  mfa: MfaState;
}

export interface GroupDraft extends HolderDraft {
  readonly kind: 'group';
}

export interface RoleDraft extends HolderDraft {
  readonly kind: 'role';
  trust?: IamRole['trust'];
  trustAt?: SourceLocation;
  maxSession: number;
  serviceLinked: boolean;
  implicit?: true;
  readonly instanceProfiles: string[];
}

type Kind = 'user' | 'group' | 'role';

/** Where something was met, and whether that declares it or only names it. */
export interface Sighting {
  readonly source: string;
  readonly at: SourceLocation;
  readonly declares: boolean;
  /** Its ARN; made of path and name where it is absent. */
  readonly arn?: string;
  /** With the slashes around it; `/` where nothing is said. */
  readonly path?: string;
}

/** The role of an instance profile. */
export interface CarriedRole {
  /** Its ARN. */
  readonly role: string;
  readonly certain: boolean;
}

/** A world while it is put together: things are made when they are first met, and found by account and name afterwards. */
export class WorldDraft {
  readonly users = new Map<string, UserDraft>();
  readonly groups = new Map<string, GroupDraft>();
  readonly roles = new Map<string, RoleDraft>();
  readonly policies = new Map<string, ManagedPolicy>();
  readonly providers: IdentityProvider[] = [];
  readonly workloads: Workload[] = [];
  readonly people: Person[] = [];
  readonly resourcePolicies: ResourcePolicy[] = [];
  readonly gaps: WorldGap[] = [];
  /** Roles by the ARN and by the name (with account) of their instance profiles. */
  readonly #profiles = new Map<string, CarriedRole>();
  organisation?: Organisation;

  user(account: string, name: string, sighting: Sighting): UserDraft {
    return meet(this.users, 'user', account, name, sighting, (head) => ({
      ...head,
      kind: 'user',
      groups: [],
      accessKeys: [],
      mfa: { enrolled: 'unknown' },
    }));
  }

  group(account: string, name: string, sighting: Sighting): GroupDraft {
    return meet(this.groups, 'group', account, name, sighting, (head) => ({ ...head, kind: 'group' }));
  }

  role(account: string, name: string, sighting: Sighting): RoleDraft {
    return meet(this.roles, 'role', account, name, sighting, (head) => ({
      ...head,
      kind: 'role',
      maxSession: 3600,
      serviceLinked: false,
      instanceProfiles: [],
    }));
  }

  holder(kind: Kind, account: string, name: string, sighting: Sighting): HolderDraft {
    return this[kind](account, name, sighting);
  }

  /** Notes which role an instance profile carries, under its ARN or {@link keyOf}. */
  carry(profile: string, role: CarriedRole): void {
    this.#profiles.set(profile, role);
  }

  carried(profile: string): CarriedRole | undefined {
    return this.#profiles.get(profile);
  }

  /** The finished world. */
  finish(accounts: readonly IamAccount[]): IamWorld {
    return {
      accounts,
      ...(this.organisation === undefined ? {} : { organisation: this.organisation }),
      users: [...this.users.values()] satisfies IamUser[],
      groups: [...this.groups.values()] satisfies IamGroup[],
      roles: [...this.roles.values()].map(finishRole),
      policies: [...this.policies.values()],
      providers: this.providers,
      workloads: this.workloads,
      people: this.people,
      resourcePolicies: this.resourcePolicies,
      gaps: this.gaps,
    };
  }
}

function finishRole({ trust, trustAt, ...role }: RoleDraft): IamRole {
  const at = trustAt ?? role.at;
  return {
    ...role,
    trust: trust ?? unseenForAnybody('trust', `the trust policy of ${role.arn} is not in sight`, at),
    trustAt: at,
  };
}

interface Head {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  source: string;
  at: SourceLocation;
  declared: boolean;
  policies: AttachedPolicy[];
  readonly gaps: WorldGap[];
}

function meet<D extends HolderDraft>(
  map: Map<string, D>,
  kind: Kind,
  account: string,
  name: string,
  { source, at, declares, arn, path = '/' }: Sighting,
  make: (head: Head) => D,
): D {
  const key = keyOf(account, name);
  const found = map.get(key);
  if (found !== undefined && (!declares || found.declared)) return found;
  const own = arn ?? `arn:aws:iam::${account}:${kind}${path}${name}`;
  // What was attached before it was declared stays.
  if (found !== undefined) return Object.assign(found, { arn: own, source, at, declared: true });
  const made = make({ arn: own, name, account, source, at, declared: declares, policies: [], gaps: [] });
  map.set(key, made);
  return made;
}

/** Names of IAM are unique in their account without regard to case. */
export function keyOf(account: string, name: string): string {
  return `${account}/${name.toLowerCase()}`;
}
