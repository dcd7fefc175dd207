/** What CloudTrail recorded of a request, as far as IAM would have asked about it. */

import type { IamStatement } from '../../../facts/iam-policy/types.ts';
import type { RequestPrincipal } from '../types.ts';

/** One recorded request. */
export interface TrailRequest {
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  readonly principal: RequestPrincipal;
  /** As IAM calls it, `s3:ListBucket`. */
  readonly action: string;
  /** ARNs that the event names. */
  readonly resources: readonly string[];
  readonly account: string;
  readonly region: string;
  /** Keys in lower case that the event tells; `undefined` where it tells that the request had none. */
  readonly keys: ReadonlyMap<string, string | undefined>;
  /** Whether AWS refused it at the time. */
  readonly refused: boolean;
}

/** What became of one entry of a trail. */
export type TrailReading =
  | { readonly kind: 'request'; readonly request: TrailRequest }
  /** It is no request that a service control policy binds, or names no action: why, in words. */
  | { readonly kind: 'skipped'; readonly why: string };

/** Whether a policy denies a recorded request. */
export type PreviewAnswer =
  | { readonly kind: 'denied'; readonly statement: IamStatement | undefined }
  | { readonly kind: 'allowed' }
  /** It depends on these, which CloudTrail does not record. */
  | { readonly kind: 'unknown'; readonly lacks: readonly string[]; readonly statement: IamStatement | undefined };
