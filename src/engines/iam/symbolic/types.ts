import type { IamCondition, IamPatterns } from '../../../facts/iam-policy/types.ts';
import type { AppliedPolicies, IamRequest, RequestPrincipal } from '../types.ts';
import type { CaseCertificate } from './certificate.ts';

/** "Is there a request that these policies allow, such that ...?" */
export interface RequestQuery {
  readonly policies: AppliedPolicies;
  /** The request must not be allowed by these: what they lack is what is looked for. */
  readonly notAllowedBy?: AppliedPolicies;
  /** Who asks; anybody of some kinds where it is absent or has no ARN. */
  readonly principal?: RequestPrincipal | FreePrincipal;
  /** Account of the resource; the principal's own where it is absent. */
  readonly resourceAccount?: string;
  readonly space?: RequestSpace;
  /** Where it is given, only requests with these actions and ARNs count. */
  readonly realism?: Realism;
  /** Steps that may be spent; a step takes well under a microsecond. */
  readonly budget?: number;
  /** False leaves the certificate of a "none" to the caller, who checks it when it is used: for measurements. */
  readonly checked?: boolean;
}

/** Anybody. */
export interface FreePrincipal {
  /** Which kinds; by default those that the layers can speak about. */
  readonly kinds?: readonly RequestPrincipal['kind'][];
  /** 12 digits; any where it is absent. */
  readonly account?: string;
  /** An account in which nobody is meant. */
  readonly notAccount?: string;
}

/** The requests among which one is looked for: all of these must hold. */
export interface RequestSpace {
  readonly actions?: readonly IamPatterns[];
  readonly resources?: readonly IamPatterns[];
  /** As conditions of a statement: `BoolIfExists aws:MultiFactorAuthPresent false` is "absent or false". */
  readonly conditions?: readonly IamCondition[];
  /** Keys whose value is given. */
  readonly context?: ReadonlyMap<string, string | readonly string[]>;
  /** Keys that the request lacks. */
  readonly absent?: readonly string[];
  /** Keys that may be anything although they follow from who asks and whose resource it is. */
  readonly free?: readonly string[];
  /** Keys that every request has; `ALWAYS_PRESENT` by default. */
  readonly present?: readonly string[];
  /** Keys that may have several values, beside those that a policy asks for with ForAllValues or ForAnyValue. */
  readonly multiValued?: readonly string[];
}

/** What exists at AWS. */
export interface Realism {
  /** All actions, as `s3:GetObject`. */
  readonly actions: readonly string[];
  /**
   * Resources of an action as ARNs with `${Partition}`, `${Region}`, `${Account}` and names for the rest; none for an action
   * that is only asked about `*`.
   */
  readonly arnTemplates: (action: string) => readonly string[];
}

/** The answer, with what makes it certain. */
export type RequestAnswer =
  /** Decided again by the concrete evaluator before it was returned. */
  | { readonly kind: 'found'; readonly request: IamRequest }
  /** See `checkCertificate`. */
  | { readonly kind: 'none'; readonly certificate: Certificate }
  | { readonly kind: 'undecided'; readonly why: string };

/** Why there is no request: for everybody who may ask, a refutation. */
export interface Certificate {
  readonly cases: readonly CaseCertificate[];
}

/**
 * Keys in lower case that the documentation calls always included:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (2026-11).
 */
export const ALWAYS_PRESENT: readonly string[] = [
  'aws:currenttime',
  'aws:epochtime',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:useragent',
];
