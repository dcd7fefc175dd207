/** The answer to a threat or a control, and the algebra that combines answers. */

/** All statuses, from the best to the worst answer of a conjunction. */
export const STATUSES = ['not-applicable', 'mitigated', 'unknown', 'open'] as const;

/**
 * - `mitigated`: proven over everything in scope.
 * - `open`: at least one counterexample stands.
 * - `unknown`: it could not be decided; every reason is named.
 * - `not-applicable`: the thing that the question is about is provably absent.
 */
export type Status = (typeof STATUSES)[number];

const RANK: Readonly<Record<Status, number>> = {
  'not-applicable': 0,
  mitigated: 1,
  unknown: 2,
  open: 3,
};

/** All parts must hold: the worst of them, open > unknown > mitigated > not-applicable. Identity: `not-applicable`. */
export function allOf(parts: readonly Status[]): Status {
  return parts.reduce<Status>((worst, part) => (RANK[part] > RANK[worst] ? part : worst), 'not-applicable');
}

/** One part must hold: the best of the parts that apply, mitigated > unknown > open. Identity: `not-applicable`. */
export function anyOf(parts: readonly Status[]): Status {
  const applicable = parts.filter((part) => part !== 'not-applicable');
  return applicable.reduce<Status>(
    (best, part) => (best === 'not-applicable' || RANK[part] < RANK[best] ? part : best),
    'not-applicable',
  );
}
