import type { RoleAndIssuer } from '../../../engines/ci-identities/trusting-roles.ts';
import { repositoryOf } from '../../own-repository.ts';
import { githubToken } from '../../../engines/ci-identities/github.ts';
import { requestFor } from '../../../engines/ci-identities/assumptions.ts';
import { runningSteps } from '../../../engines/gates/jobs.ts';
import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import type { Step } from '../../../facts/workflow/types.ts';
import type { Counterexample } from '../../../model/index.ts';
import { traceTo } from '../../trace.ts';
import type { Context } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';
import { tokenToJson } from './replay-token.ts';

/** Events that anybody can cause and whose runs have the token of the default branch. */
const FROM_OUTSIDE = new Set(['pull_request_target', 'issue_comment', 'workflow_run']);
/** What leads to the code of a pull request, in the `ref` of a checkout or in a script. */
const CHANGE =
  /\bgithub\.(?:head_ref|event\.(?:pull_request\.head|workflow_run\.head|issue\.number|number))|refs\/pull\/|\bgh\s+pr\s+checkout\b/;

/** Jobs that check out a change before anybody approved it, and get the role with the token of the default branch. */
export function unreviewedCheckouts(trusting: RoleAndIssuer, context: Context): Counterexample[] {
  const { role, provider, issuer, at } = trusting;
  const repository = repositoryOf(context);
  if (repository === undefined) return [];
  const ref = context.declared.defaultBranch ?? 'main';
  return context.facts.workflow.flatMap((workflow) => {
    const event = workflow.triggers.find((trigger) => FROM_OUTSIDE.has(trigger.event));
    if (event === undefined) return [];
    return workflow.jobs.flatMap((job): Counterexample[] => {
      const steps = runningSteps(job.steps, context.facts).map((running) => running.step);
      const checkout = steps.find(takesTheChange);
      const assuming = steps.find((step) => names(step.with.get('role-to-assume')?.text.trim(), role, context));
      if (checkout === undefined || assuming === undefined) return [];
      const run = { event: 'branch' as const, ref, file: workflow.path };
      const token = githubToken(
        repository,
        job.environment === undefined ? run : { ...run, environment: job.environment },
        new Map([['aud', assuming.with.get('audience')?.text ?? 'sts.amazonaws.com']]),
      );
      const request = requestFor(token, role, { arn: provider, issuer });
      if (evaluate(request, { identity: [], resource: [role.trust.least] }).decision !== 'Allowed') return [];
      const claims = tokenToJson(token);
      return [
        {
          title: `${workflow.path} runs the code of a change with the role ${role.name}`,
          severity: 'critical',
          summary: `On ${event.event} the job ${job.id} checks out a change that nobody approved, and has the token of ${ref}: whoever opens a pull request acts as ${role.arn}.`,
          input: { kind: 'oidc-token', role: role.arn, issuer, claims, event: event.event },
          trace: traceTo({ at, note: `accepts ${token.claims.get('sub') ?? ''}`, role: 'sink' }, [
            { at: event.at, note: `anybody can cause ${event.event}`, role: 'source' },
            { at: checkout.at, note: 'checks out the change', role: 'step' },
            { at: assuming.at, note: `asks for ${role.name}`, role: 'step' },
          ]),
          replay: { engine: 'ci-trust', args: { role: role.arn, provider, issuer, claims } },
          grants: [`the rights of the role ${role.name}`],
          identity: [role.source, workflow.path, job.id],
        },
      ];
    });
  });
}

/** Whether an ARN is that of the role; where the role's account is not known, its name is enough. */
function names(arn: string | undefined, role: RoleAndIssuer['role'], context: Context): boolean {
  if (arn === undefined || arn === role.arn) return arn === role.arn;
  const isStandIn = worldOf(context).accounts.some((account) => account.id === role.account && account.standIn);
  return isStandIn && arn.replace(/^(arn:[\w-]+:iam::)\d{12}:/, `$1${role.account}:`) === role.arn;
}

function takesTheChange({ uses, with: inputs, run }: Step): boolean {
  const text = uses?.text.startsWith('actions/checkout@') === true ? inputs.get('ref')?.text : run?.text;
  return text !== undefined && CHANGE.test(text.slice(0, 20_000));
}
