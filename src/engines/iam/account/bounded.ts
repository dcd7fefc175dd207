import type { IamPolicy, IamStatement } from '../../../facts/iam-policy/types.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { BoundedPolicy } from '../types.ts';

/** A policy of which everything is known. */
export function exactly(policy: IamPolicy): BoundedPolicy {
  return { most: policy, least: policy, unknowns: [] };
}

/** A policy that is there and not in sight: it may allow anything, and it may deny anything. */
export function unseen(name: string, why: string, at: SourceLocation): BoundedPolicy {
  const policy = (effect: IamStatement['effect']): IamPolicy => ({
    version: '2012-10-17',
    name,
    statements: [
      {
        index: 0,
        effect,
        actions: { negated: false, patterns: ['*'] },
        resources: { negated: false, patterns: ['*'] },
        conditions: [],
        at,
      },
    ],
    at,
  });
  return { most: policy('Allow'), least: policy('Deny'), unknowns: [{ why, at }] };
}

/** A trust or resource policy that is there and not in sight. */
export function unseenForAnybody(name: string, why: string, at: SourceLocation): BoundedPolicy {
  const { most, least, unknowns } = unseen(name, why, at);
  const principals = {
    negated: false,
    principals: [
      { type: 'AWS', value: '*' },
      { type: 'Service', value: '*' },
    ],
  } as const;
  const open = (policy: IamPolicy): IamPolicy => ({
    ...policy,
    statements: policy.statements.map((statement) => ({ ...statement, principals })),
  });
  return { most: open(most), least: open(least), unknowns };
}

/** A policy that may be in force and may not. */
export function possibly(policy: BoundedPolicy, why: string, at: SourceLocation): BoundedPolicy {
  const only = (of: IamPolicy, effect: IamStatement['effect']): IamPolicy => ({
    ...of,
    statements: of.statements.filter((statement) => statement.effect === effect),
  });
  return {
    most: only(policy.most, 'Allow'),
    least: only(policy.least, 'Deny'),
    unknowns: [...policy.unknowns, { why, at }],
  };
}

/** One statement that allows, where the code writes permissions in another form than a document. */
export function allowing(
  policy: Pick<IamPolicy, 'name' | 'at'>,
  ...statements: readonly Omit<IamStatement, 'index' | 'effect'>[]
): BoundedPolicy {
  return exactly({
    version: '2012-10-17',
    ...policy,
    statements: statements.map((statement, index) => ({ effect: 'Allow', index, ...statement })),
  });
}
