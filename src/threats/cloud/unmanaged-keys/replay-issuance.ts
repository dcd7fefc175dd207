import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import { AppliedBounds } from '../../../engines/iam/paths/applied.ts';
import { factorContext } from '../../../engines/iam/paths/credentials.ts';
import { identitiesOf } from '../../../engines/iam/paths/identities.ts';
import { reviewOfBranch } from '../../../engines/reviews/branches.ts';
import type { Replayable, ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';

/** Adds a key again: on the branch, by its rules; in the account, by one request to the concrete evaluator. */
export function replayIssuance(context: Context, { replay }: Replayable): ReplayOutcome {
  const { branch, principal, action, resource } = replay.args;
  if (typeof branch === 'string') {
    const review = reviewOfBranch(branch, context.facts['branch-rules'], context.declared.defaultBranch);
    return { confirmed: review.answer === 'no', steps: [`added a key on ${branch}`, review.why] };
  }
  if (typeof principal !== 'string' || typeof action !== 'string' || typeof resource !== 'string')
    return { confirmed: false, steps: ['the counterexample names no request'] };
  const world = worldOf(context);
  const identity = identitiesOf(world).find((one) => one.arn === principal);
  if (identity === undefined) return { confirmed: false, steps: [`${principal} is not declared any more`] };
  const given = [...factorContext('mfa')].flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  const request = { principal: identity.principal, action, resource, context: new Map(given) };
  const { decision } = evaluate(
    request,
    new AppliedBounds(world.organisation).of('least', identity, identity.account, undefined),
  );
  return { confirmed: decision === 'Allowed', steps: [`${action} on ${resource} as ${principal}, with MFA`, decision] };
}
