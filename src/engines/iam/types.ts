/** What IAM evaluates: requests, the policies that apply to them, decisions. */

import type { IamPolicy, IamStatement } from '../../facts/iam-policy/types.ts';
import type { SourceLocation } from '../../model/index.ts';

/** A request as AWS sees it when it decides. */
export interface IamRequest {
  readonly principal: RequestPrincipal;
  /** `s3:GetObject`; compared without case. */
  readonly action: string;
  /** ARN of the resource, `*` for actions without one. */
  readonly resource: string;
  /** Account that owns the resource; the principal's own where it is absent. */
  readonly resourceAccount?: string;
  /** Context keys in lower case. A list is a multi-valued key; what is not in the map is absent. */
  readonly context: ReadonlyMap<string, string | readonly string[]>;
}

/** Who makes a request. */
export interface RequestPrincipal {
  readonly kind: 'user' | 'role' | 'role-session' | 'federated-user' | 'root' | 'service' | 'federated' | 'anonymous';
  /**
   * ARN of user, role, session (`arn:aws:sts::1:assumed-role/name/session`) or root (`arn:aws:iam::1:root`); name of the
   * service or identity provider; `*` for nobody.
   */
  readonly arn: string;
  /** 12 digits; absent for services, identity providers and nobody. */
  readonly account?: string;
  /** For a session: ARN of its role, with path. */
  readonly role?: string;
  /** Whether it is a service-linked role: SCPs and RCPs do not bind it. */
  readonly serviceLinked?: boolean;
}

/** All that applies to one request. An absent layer is not there; an empty one allows nothing. */
export interface AppliedPolicies {
  readonly identity: readonly IamPolicy[];
  /** The resource's policy; for sts:AssumeRole* the trust policy. Requests for a role or a KMS key need it, in any account. */
  readonly resource?: readonly IamPolicy[];
  readonly boundary?: readonly IamPolicy[];
  readonly session?: readonly IamPolicy[];
  /** From the root of the organisation down to the account: every level must allow (no levels: nothing binds), one deny is enough. */
  readonly serviceControl?: readonly PolicyLevel[];
  /** Of the resource's account. AWS keeps RCPFullAWSAccess attached at every level: only denies bind. */
  readonly resourceControl?: readonly PolicyLevel[];
  /** Whether the principal stands in the organisation's management account, which SCPs never bind. */
  readonly managementAccount?: boolean;
}

/** One node of the organisation's tree with the policies attached to it. */
export interface PolicyLevel {
  /** Id or name of root, unit or account. */
  readonly target: string;
  readonly policies: readonly IamPolicy[];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export type DecisionKind = 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied';

export type LayerName = 'identity' | 'resource' | 'boundary' | 'session' | 'serviceControl' | 'resourceControl';

/** What was decided, and by which statements. */
export interface IamDecision {
  readonly decision: DecisionKind;
  /** Statements that allow (Allowed) or deny (ExplicitlyDenied). */
  readonly by: readonly DecidingStatement[];
  /** For ImplicitlyDenied: the layers in which nothing allows. */
  readonly missing: readonly LayerName[];
}

/** A statement that decided, and where it stands. */
export interface DecidingStatement {
  readonly layer: LayerName;
  readonly policy: IamPolicy;
  readonly statement: IamStatement;
  /** For SCPs and RCPs: the target of the level. */
  readonly target?: string;
}

/**
 * A policy with parts that are not known, between two that are: whatever the real one is, it allows at least what `least` allows
 * and at most what `most` allows. Where nothing is unknown, both are the same object.
 */
export interface BoundedPolicy {
  readonly most: IamPolicy;
  readonly least: IamPolicy;
  readonly unknowns: readonly UnknownPart[];
}

/** A part of a policy that is not known, and why. */
export interface UnknownPart {
  readonly why: string;
  readonly at?: SourceLocation;
}
