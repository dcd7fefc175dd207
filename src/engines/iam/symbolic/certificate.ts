import type { Literal } from './atoms.ts';
import type { RequestPrincipal } from '../types.ts';
import type { Domain } from './dimension.ts';
import type { Formula, SomeFormula } from './formula.ts';

/** Why no request exists: a tree in which every way to make the formula true ends at a conflict. */
export type Refutation =
  /** These literals, all of one dimension, cannot hold together. */
  | { readonly kind: 'conflict'; readonly dimension: string; readonly literals: readonly Literal[] }
  /** One of the parts must be true, and each of them ends at a conflict. A `some` without parts needs no branch. */
  | { readonly kind: 'split'; readonly on: SomeFormula; readonly branches: readonly Refutation[] };

/** A refutation for one class of principals, with all that is needed to check it. */
export interface CaseCertificate {
  /** One of the class. */
  readonly principal: RequestPrincipal;
  readonly domainOf: (dimension: string) => Domain;
  /** What a request of the class would have to make true. */
  readonly formula: Formula;
  readonly refutation: Refutation;
}
