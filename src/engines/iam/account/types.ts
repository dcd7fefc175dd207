/** What stands in the accounts of an organisation, as far as the sources tell: identities, what they may do, how they sign in. */

import type { GapReason, SourceLocation } from '../../../model/index.ts';
import type { BoundedPolicy } from '../types.ts';
import type { Organisation } from './organisation-types.ts';
import type { IdentityProvider, Person, Workload } from './workload-types.ts';

/** Accounts and everything in them. */
export interface IamWorld {
  readonly accounts: readonly IamAccount[];
  /** Absent where the tree says nothing of an organisation. */
  readonly organisation?: Organisation;
  readonly users: readonly IamUser[];
  readonly groups: readonly IamGroup[];
  readonly roles: readonly IamRole[];
  /** Customer managed policies. */
  readonly policies: readonly ManagedPolicy[];
  readonly providers: readonly IdentityProvider[];
  /** Machines, functions, service accounts and CI that act with a role. */
  readonly workloads: readonly Workload[];
  /** People of Identity Center, whose sign-in is not in sight. */
  readonly people: readonly Person[];
  readonly resourcePolicies: readonly ResourcePolicy[];
  /** Root users, of whom only a credential report tells. */
  readonly rootUsers?: readonly RootUser[];
  /** What could not be placed at one principal: an attachment to a name that is not known, an unknown number of users. */
  readonly gaps: readonly WorldGap[];
}

/** One account. */
export interface IamAccount {
  /** 12 digits: the account's own, or a stand-in where it is known only after apply. */
  readonly id: string;
  /** Whether `id` stands in for one that is not known. */
  readonly standIn: boolean;
  /** How reports call it: its id, `aws_organizations_account.prod`, `provider aws.prod`. */
  readonly name: string;
  /** Where it is declared or first named. */
  readonly at: SourceLocation;
  /** Whether it is the organisation's management account, which SCPs never bind; undefined where that is not known. */
  readonly management?: boolean;
  /** The member account of the organisation that this one was taken for, and why. */
  readonly joined?: AccountJoin;
  /** Password policy of the account, where one is declared. */
  readonly passwordPolicy?: SourceLocation;
}

/** Why a literal account id was taken for an account that the organisation's code creates. */
export interface AccountJoin {
  /** Address or name of the member. */
  readonly member: string;
  /** `id`: the same id stands at both; `name`: a variable of that name holds it, an assumption that reports must name. */
  readonly by: 'id' | 'name';
  readonly why: string;
  readonly at: SourceLocation;
}

/** What is missing about something. */
export interface WorldGap {
  readonly reason: GapReason;
  readonly message: string;
  readonly at: SourceLocation;
  readonly closes?: string;
}

/** The root user of an account. */
export interface RootUser {
  readonly account: string;
  readonly mfa: boolean;
  /** Active keys. */
  readonly keys: readonly AccessKey[];
  readonly at: SourceLocation;
}

/** Something with identity policies. */
export interface PolicyHolder {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  /** Address of the resource, or path of the export, that declares it. */
  readonly source: string;
  readonly at: SourceLocation;
  /** False where it is only named (attached to, looked up): claims do not quantify over it. */
  readonly declared: boolean;
  readonly policies: readonly AttachedPolicy[];
  /** Attached but not in sight, unknown names and numbers. */
  readonly gaps: readonly WorldGap[];
}

/** A policy and how it came to be attached. */
export interface AttachedPolicy {
  /** Name of an inline policy, otherwise its ARN. */
  readonly name: string;
  readonly kind: 'inline' | 'customer' | 'aws';
  readonly arn?: string;
  readonly policy: BoundedPolicy;
  /** The attachment; for an inline policy the policy. */
  readonly at: SourceLocation;
  /** ARN of the group through which a user has it. */
  readonly via?: string;
}

export interface IamUser extends PolicyHolder {
  readonly kind: 'user';
  /** ARNs of its groups; policies of the groups are not among its own. */
  readonly groups: readonly GroupMembership[];
  readonly boundary?: AttachedPolicy;
  readonly accessKeys: readonly AccessKey[];
  /** Password for the console. */
  readonly loginProfile?: LoginProfile;
  readonly mfa: MfaState;
}

/** That a user is in a group, or may be. */
export interface GroupMembership {
  readonly group: string;
  readonly certain: boolean;
  readonly at: SourceLocation;
}

/** A long-lived key. */
export interface AccessKey {
  /** Address of the resource, key id, or position in the credential report. */
  readonly source: string;
  readonly status: 'Active' | 'Inactive' | 'unknown';
  readonly at: SourceLocation;
  /** ISO 8601; from a credential report, an export or a state. */
  readonly created?: string;
  readonly lastUsed?: string;
  /** Whether its secret is encrypted to a PGP key when it is made. */
  readonly encrypted?: boolean;
}

export interface LoginProfile {
  readonly source: string;
  readonly at: SourceLocation;
  readonly encrypted?: boolean;
}

/** What is known of a user's second factor. */
export interface MfaState {
  /** `unknown` without a credential report or an export: code does not enrol devices. */
  readonly enrolled: boolean | 'unknown';
  readonly at?: SourceLocation;
}

export interface IamGroup extends PolicyHolder {
  readonly kind: 'group';
}

export interface IamRole extends PolicyHolder {
  readonly kind: 'role';
  readonly trust: BoundedPolicy;
  readonly trustAt: SourceLocation;
  readonly boundary?: AttachedPolicy;
  /** Seconds; 3600 where nothing is said. */
  readonly maxSession: number;
  /** Made for one service by AWS: SCPs and RCPs do not bind it, nobody changes its policies. */
  readonly serviceLinked: boolean;
  /** Made by AWS when the organisation creates the account: `OrganizationAccountAccessRole`. */
  readonly implicit?: true;
  /** ARNs of the instance profiles that carry it. */
  readonly instanceProfiles: readonly string[];
}

/** A customer managed policy. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly source: string;
  readonly policy: BoundedPolicy;
  readonly at: SourceLocation;
}

/** A policy at a resource: bucket, key, queue, topic, secret, repository, function. */
export interface ResourcePolicy {
  /** ARN of the resource. */
  readonly resource: string;
  /** `s3`, `kms`, `sqs`, `sns`, `secretsmanager`, `ecr`, `lambda`. */
  readonly service: string;
  readonly account: string;
  readonly source: string;
  readonly policy: BoundedPolicy;
  readonly at: SourceLocation;
}
