import { reviewOfBranch } from '../../../engines/reviews/branches.ts';
import type { Replayable, ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { rolesThatChangeRights } from './rights-changing-roles.ts';

/** Attaches AdministratorAccess again, on the branch or with a role of CI. */
export function replayChange(context: Context, { replay }: Replayable): ReplayOutcome {
  const { branch, role: arn } = replay.args;
  if (typeof branch === 'string') {
    const review = reviewOfBranch(branch, context.facts['branch-rules'], context.declared.defaultBranch);
    return { confirmed: review.answer === 'no', steps: [`attached AdministratorAccess on ${branch}`, review.why] };
  }
  const found = rolesThatChangeRights(context).find(({ role }) => role.arn === arn);
  if (found === undefined) return { confirmed: false, steps: ['no such role may change rights any more'] };
  return {
    confirmed: found.runs.kind === 'unreviewed' && found.change.certainty === 'certain',
    steps: [
      `asked for ${found.role.arn} from a run without approval: ${found.runs.kind}`,
      `${found.change.action}: ${found.change.certainty}`,
    ],
  };
}
