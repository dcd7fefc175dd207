import type { SourceLocation } from '../../../model/index.ts';
import type { AttachedPolicy, WorldGap } from './types.ts';

/** Somebody outside whose tokens roles may trust. */
export interface IdentityProvider {
  readonly kind: 'oidc' | 'saml';
  readonly arn: string;
  readonly account: string;
  /** Of OIDC: the issuer without scheme, also the prefix of its condition keys. */
  readonly issuer?: string;
  readonly audiences: readonly string[];
  readonly source: string;
  readonly at: SourceLocation;
}

/** Something that acts with the credentials of a role without being a person. */
export interface Workload {
  readonly kind: 'instance' | 'function' | 'task' | 'service-account' | 'node' | 'ci' | 'job';
  /** `orders/orders` for a service account, the name or address of the machine, the subject pattern of CI. */
  readonly name: string;
  /** ARN of the role. */
  readonly role: string;
  /** Type of the resource that runs it; absent for what comes with a token. */
  readonly type?: string;
  /** ARN of that resource, where its form is known. */
  readonly arn?: string;
  /** False where the role or the number of such workloads is not known for certain. */
  readonly certain: boolean;
  readonly source: string;
  readonly at: SourceLocation;
  /** Of a service account or CI: the provider that signs its tokens, where they come with one. */
  readonly provider?: string;
}

/** Somebody of Identity Center with a permission set in an account. */
export interface Person {
  /** Name or id of the user or group that the assignment names. */
  readonly principal: string;
  readonly type: 'USER' | 'GROUP' | 'unknown';
  readonly account: string;
  readonly permissionSet: string;
  readonly policies: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
  readonly source: string;
  readonly at: SourceLocation;
  readonly gaps: readonly WorldGap[];
}
