import type { FoundPath } from '../../../engines/iam/paths/index.ts';
import type { PathModel } from '../../../engines/iam/paths/model.ts';
import type { Counterexample, Gap, Json } from '../../../model/index.ts';
import { requestOf, requestToJson } from '../../replay-requests.ts';
import { traceTo } from '../../trace.ts';

const WITH = {
  key: 'a plain access key',
  console: 'a password alone',
  mfa: 'a second factor',
  session: 'its session',
} as const;

/** A chain of requests that ends as administrator. */
export function counterexampleOf(path: FoundPath, model: PathModel): Counterexample {
  const { start, steps, goal } = path;
  const { account } = goal.identity;
  const name = model.world.accounts.find(({ id }) => id === account)?.name ?? account;
  const where = name === account ? account : `${account} (${name})`;
  const requests: Json[] = [
    ...steps.flatMap(({ from, edge }) => edge.permits.map(({ request }) => requestToJson(request, from.identity))),
    requestToJson(requestOf(goal, 'iam:CreateUser', `arn:aws:iam::${account}:user/proof`), goal.identity),
  ];
  const how = steps.map(({ edge }) => edge.what).join(', then ');
  const by = steps[0]?.edge.permits[0]?.by[0]?.statement.at ?? goal.identity.policies[0]?.at ?? start.at;
  return {
    title: `${start.label} reaches administrator of ${where} with ${WITH[start.node.credential]}`,
    severity: 'critical',
    summary:
      steps.length === 0
        ? `${start.label} holds every right in ${where} itself (${start.why}).`
        : `${start.label} (${start.why}) ${how}: the end of the chain holds every right in ${where}.`,
    input: { kind: 'iam-path', start: start.id, steps: steps.map(({ edge }) => edge.by), goal: goal.identity.arn },
    trace: traceTo(
      {
        at: by,
        note: steps.length === 0 ? 'gives every right' : `allows the first step: ${steps[0]?.edge.what ?? ''}`,
        role: 'sink',
      },
      [
        { at: start.at, note: start.why, role: 'source' as const },
        ...steps.map(({ edge }) => ({ at: edge.at, note: edge.what, role: 'step' as const })),
      ],
    ),
    replay: { engine: 'administrator-paths', args: { requests } },
    grants: [`administrator of ${where}`],
    identity: [start.id, goal.identity.account],
  };
}

/** A path that depends on something that is not known. */
export function gapOf(path: FoundPath, why?: string): Gap {
  const { start, goal, unknowns } = path;
  const [unknown] = unknowns;
  return {
    reason: unknown === undefined ? 'not-in-sight' : 'unresolved-value',
    message:
      why ??
      `whether ${start.label} reaches administrator of ${goal.identity.account} with ${WITH[start.node.credential]} is not known: ${unknown?.why ?? start.why}`,
    at: unknown?.at ?? start.at,
    closes:
      unknown === undefined
        ? 'bring an export: aws iam get-account-authorization-details > account.json, and the credential report'
        : 'give the value, or bring a plan: terraform show -json plan.out > plan.json',
    identity: `${start.id} ${goal.identity.account}`,
  };
}
