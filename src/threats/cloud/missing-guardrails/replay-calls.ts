import { FOREIGN_ACCOUNT } from '../../../engines/guardrails/administrators.ts';
import { appliedTo } from '../../../engines/guardrails/judge.ts';
import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import type { Json, Replayable, ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';
import { requestFrom } from './requests-json.ts';

/** Sends the requests of a counterexample again, as an administrator of the account, to the concrete evaluator. */
export function replayCalls(context: Context, { replay }: Replayable): ReplayOutcome {
  const { organisation } = worldOf(context);
  const steps: string[] = [];
  const requests = Array.isArray(replay.args.requests) ? (replay.args.requests as readonly Json[]) : [];
  for (const json of requests) {
    const request = requestFrom(json);
    if (request?.principal.account === undefined)
      return { confirmed: false, steps: ['the counterexample names no request'] };
    const { account } = request.principal;
    const policies = appliedTo(account, 'least', request.resourceAccount === FOREIGN_ACCOUNT, organisation);
    const { decision } = evaluate(request, policies);
    steps.push(`an administrator of ${account}: ${request.action} on ${request.resource}: ${decision}`);
    if (decision !== 'Allowed') return { confirmed: false, steps };
  }
  return { confirmed: requests.length > 0, steps };
}
