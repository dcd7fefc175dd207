import { drillPrincipals } from '../../../engines/guardrails/administrators.ts';
import { callRequests, type Site } from '../../../engines/guardrails/calls.ts';
import { appliedTo } from '../../../engines/guardrails/judge.ts';
import type { Invariant } from '../../../engines/guardrails/types.ts';
import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import { AppliedBounds, type Bound } from '../../../engines/iam/paths/applied.ts';
import type { Organisation } from '../../../engines/iam/account/organisation-types.ts';
import type { IamRequest } from '../../../engines/iam/types.ts';
import type { Counterexample, Gap, NonEmpty } from '../../../model/index.ts';
import { isNonEmpty } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';
import { traceTo } from '../../trace.ts';
import { Claims } from './claimed.ts';
import { Doubts } from './doubts.ts';
import { overLimits } from './over-limits.ts';
import { realismOf } from './realism.ts';
import { replayCalls } from './replay-calls.ts';
import { requestJson } from './requests-json.ts';
import { scopeOf, withoutAccounts, type ScopedAccount } from './scope.ts';

/** Drilled with each forbidden call, made by plain administrators of each account against the policies that bind it. */
export const attachedPolicies: FourproofControl = {
  id: 'attached-policies',
  kind: 'guard',
  title: 'The service control policies are attached where they bind every account',
  needs: ['terraform', 'iam-export'],
  judge(context) {
    const world = worldOf(context);
    const without = withoutAccounts(context, world);
    if (without !== undefined)
      return 'kind' in without
        ? { proof: without, counterexamples: [], gaps: [] }
        : conclude({
            claim: '',
            what: '',
            elements: [],
            method: '',
            witnesses: [],
            counterexamples: [],
            gaps: without,
          });
    const { organisation } = world;
    const declared = context.declared.guardrails ?? {};
    const scope = scopeOf(world, declared.identityAccount);
    const claims = new Claims(declared, organisation, scope.identityAccount, realismOf(context));
    const applied = new AppliedBounds(organisation);
    const counterexamples: Counterexample[] = [];
    const gaps: Gap[] = [...scope.gaps, ...overLimits(organisation), ...detachers(context)];
    const doubts = new Doubts();
    const drills: string[] = [];
    for (const account of scope.accounts) {
      const { invariants, ...where } = claims.of(account);
      const passed: Passed[] = [];
      for (const drill of drillsOf(invariants, { account: account.id, ...where, now: context.now })) {
        drills.push(`${account.source}: ${drill.requests[0].principal.arn}: ${drill.form}`);
        const refused = (bound: Bound) =>
          drill.requests.some((request) => {
            const policies = appliedTo(account.id, bound, request.resourceAccount !== undefined, organisation);
            return evaluate(request, policies).decision !== 'Allowed';
          });
        if (!refused('least')) passed.push(drill);
        else if (!refused('most')) {
          const [unknown] = applied.unknownsAt(account.id);
          doubts.add(account, drill.invariant, drill.form, unknown ?? { why: 'parts of its policies are not known' });
        }
      }
      if (isNonEmpty(passed)) counterexamples.push(unrefused(account, passed, organisation));
    }
    const nodes = [...(organisation?.nodes.values() ?? [])];
    return conclude({
      claim: 'each forbidden call is refused in each account by the policies that are attached',
      what: 'calls of the drill',
      elements: drills,
      method:
        'executed: each call was put to the policies of every level from the root to the account by the concrete evaluator, as a role, a user or the root user whom the account itself forbids nothing; policies count with the type switched on and within the limits of AWS. Only the management account, or who it delegates to, detaches a policy: no member account does',
      witnesses: nodes
        .flatMap(({ name, serviceControl }) =>
          serviceControl.flatMap(({ name: policy, source, attachedAt }) =>
            source === 'AWS' ? [] : [{ at: attachedAt, note: `${policy} is attached to ${name}` }],
          ),
        )
        .slice(0, 40),
      counterexamples,
      gaps: [...gaps, ...doubts.gaps()],
    });
  },
  replay: replayCalls,
};

interface Passed {
  readonly invariant: Invariant;
  readonly form: string;
  readonly requests: NonEmpty<IamRequest>;
}

function drillsOf(invariants: readonly Invariant[], site: Site): Passed[] {
  return invariants.flatMap((invariant) =>
    invariant.forms.flatMap((form) =>
      drillPrincipals(site.account, invariant).flatMap((principal) =>
        form.examples.flatMap((example) =>
          form.variants.slice(0, 1).map((variant) => ({
            invariant,
            form: form.manyActions === true ? example.action : form.id,
            requests: callRequests(form, example, variant, principal, site),
          })),
        ),
      ),
    ),
  );
}

function unrefused(
  account: ScopedAccount,
  passed: NonEmpty<Passed>,
  organisation: Organisation | undefined,
): Counterexample {
  const [first] = passed;
  const [request] = first.requests;
  const calls = [...new Set(passed.map(({ form }) => form))];
  const rules = [...new Set(passed.map(({ invariant }) => invariant.id))];
  return {
    title: `nothing refuses ${calls.length === 1 ? '' : `${calls.length} forbidden calls, such as `}${first.form} in account ${account.name}`,
    severity: 'medium',
    summary: `The drill made each forbidden call in account ${account.name} as an administrator of that account; it went through for ${rules.join(', ')}.`,
    input: { kind: 'iam-request', ...requestJson(request) },
    trace: traceTo(
      { at: account.at, note: `account ${account.name}: ${calls.slice(0, 5).join(', ')} went through`, role: 'guard' },
      [
        ...(organisation === undefined
          ? []
          : [{ at: organisation.at, note: `the organisation ${organisation.source}`, role: 'source' as const }]),
      ],
    ),
    replay: {
      engine: 'attached-policies',
      args: { requests: passed.flatMap(({ requests }) => requests).map(requestJson) },
    },
    grants: calls,
    identity: [account.source, ...rules],
  };
}

/** A policy of the organisation's own that may let a member account change the others. */
function detachers({ terraform }: Context): Gap[] {
  return terraform.roots
    .flatMap(({ resources }) => resources)
    .filter(({ type, mode }) => type === 'aws_organizations_resource_policy' && mode === 'managed')
    .map(({ address, headAt }) => ({
      reason: 'engine-missing' as const,
      message: `${address} may let a member account change or detach the policies, and this version does not judge it`,
      at: headAt,
      closes:
        'check by hand that it allows no organizations:DetachPolicy, UpdatePolicy, DeletePolicy or DisablePolicyType',
      identity: address,
    }));
}
