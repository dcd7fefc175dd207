/** What an organisation forbids in its accounts, as questions about requests. */

import type { IamCondition, IamPatterns } from '../../facts/iam-policy/types.ts';
import type { NonEmpty, Severity } from '../../model/index.ts';
import type { DecidingStatement, IamRequest, UnknownPart } from '../iam/types.ts';

/** Something that no account may do. */
export interface Invariant {
  /** kebab-case, as fourproof.yaml names it. */
  readonly id: string;
  /** What the account could do: `create users and keys`. */
  readonly what: string;
  readonly severity: Severity;
  /** Every form in which it can be asked of AWS; none of them may get through. */
  readonly forms: NonEmpty<Form>;
  /** Globs over ARNs of principals that are meant to be excepted. */
  readonly except: readonly string[];
  /** Asked as the root user of the account; as any user or role otherwise. */
  readonly asRoot?: true;
}

/** One call that would do it. AWS authorises it once for each resource that it touches: one refusal stops the call. */
export interface Form {
  /** The action, or words where there are many. */
  readonly id: string;
  readonly actions: IamPatterns;
  readonly parts: NonEmpty<Part>;
  /** The ways in which AWS may fill in the key that tells it apart; more than one where its documentation does not say. */
  readonly variants: NonEmpty<Variant>;
  /** What must hold besides, as conditions of a statement. */
  readonly conditions?: readonly IamCondition[];
  /** Plain calls, tried first; a resource for each part, with `${Account}` and `${Region}`. */
  readonly examples: readonly Example[];
  /** Whether the actions are so many that only those that exist should be shown. */
  readonly manyActions?: true;
}

/** A resource that the call is authorised for. */
export interface Part {
  /** ARNs with `${Account}`; any where it is absent. */
  readonly resources?: IamPatterns;
  /** Whether the request carries the form's variant and conditions at this resource. */
  readonly keyed: boolean;
  /** Whether it belongs to another account, which shares it. */
  readonly foreign?: true;
}

/** Keys in lower case with their values, and keys that the request lacks. */
export interface Variant {
  readonly context: ReadonlyMap<string, string>;
  readonly absent: readonly string[];
}

export interface Example {
  readonly action: string;
  readonly resources: readonly string[];
  readonly context?: ReadonlyMap<string, string>;
}

/** Whether a form gets through in one account. */
export type FormAnswer =
  /** Nobody in the account, whatever their own policies say; the statements that deny the plain call. */
  | { readonly kind: 'blocked'; readonly by: readonly DecidingStatement[] }
  /** The requests of a call that all of them pass, also if whatever is not known denies. */
  | { readonly kind: 'passes'; readonly requests: NonEmpty<IamRequest> }
  | { readonly kind: 'undecided'; readonly unknown: UnknownPart };
