/** Policies of AWS IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */

import type { SourceLocation } from '../../model/index.ts';

/** A policy document, of whichever type: identity, resource, trust, boundary, session, SCP, RCP. */
export interface IamPolicy {
  /** Policy variables such as `${aws:username}` are texts in the older version. */
  readonly version: '2008-10-17' | '2012-10-17';
  /** How reports call it: its ARN, name or address. */
  readonly name?: string;
  readonly statements: readonly IamStatement[];
  readonly at?: SourceLocation;
}

/** One statement. What the document left out is absent: a trust policy has no resources, an identity policy no principals. */
export interface IamStatement {
  readonly sid?: string;
  /** Position in its document, from 0. */
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  /** `Principal` or `NotPrincipal`. */
  readonly principals?: IamPrincipals;
  /** `Action` or `NotAction`: patterns with `*` and `?`, compared without case. */
  readonly actions: IamPatterns;
  /** `Resource` or `NotResource`: patterns of ARNs, with policy variables. */
  readonly resources?: IamPatterns;
  /** All of them must hold. */
  readonly conditions: readonly IamCondition[];
  readonly at?: SourceLocation;
}

/** An element and its negated twin. */
export interface IamPatterns {
  /** Whether it is the `Not…` element. */
  readonly negated: boolean;
  /** Never empty. */
  readonly patterns: readonly string[];
}

/** Who a statement is about. `Principal: "*"` stands as an AWS principal `*`. */
export interface IamPrincipals {
  readonly negated: boolean;
  readonly principals: readonly IamPrincipal[];
}

/** One entry of `Principal`. A lone `*` matches anybody in `AWS`, any service in `Service`; no other wildcard does. */
export interface IamPrincipal {
  readonly type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  /** ARN, account id, service name, provider, `*`. */
  readonly value: string;
}

/** One operator and key of `Condition`; its values are alternatives. */
export interface IamCondition {
  readonly operator: ConditionOperator;
  /** `…IfExists`: true where the key is absent. */
  readonly ifExists: boolean;
  /** The prefix `ForAllValues:` or `ForAnyValue:`. */
  readonly quantifier?: 'all' | 'any';
  /** As written; keys are compared without case. */
  readonly key: string;
  readonly values: readonly string[];
  readonly at?: SourceLocation;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const CONDITION_OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/** Something in a document that could not be read as the grammar has it. */
export interface PolicyProblem {
  readonly message: string;
  readonly at?: SourceLocation;
}

/**
 * A document with its problems. A statement that could not be read is left out of `policy` and named in `problems`:
 * what quantifies over the document must take them as gaps.
 */
export interface PolicyReading {
  readonly policy: IamPolicy;
  readonly problems: readonly PolicyProblem[];
}
