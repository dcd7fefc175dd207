import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import { AppliedBounds } from '../../../engines/iam/paths/applied.ts';
import type { IamRequest } from '../../../engines/iam/types.ts';
import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence, type Counterexample, type Gap } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { FourproofControl } from '../../context.ts';
import { modelOf } from '../../iam-world.ts';
import { CREDENTIAL_REPORT } from '../../commands.ts';
import { traceTo } from '../../trace.ts';
import { peopleElsewhere } from './people-elsewhere.ts';
import { signInsOf, type SignIn } from './people.ts';
import { replayRequests, requestOf, requestToJson } from '../../replay-requests.ts';
import { triedRequests } from './tried-requests.ts';

/** Drilled with a stolen key and a stolen password, on each path from a person to a role. */
export const mfaConditions: FourproofControl = {
  id: 'mfa-conditions',
  kind: 'guard',
  title: 'Every path from a person to a role asks for MFA in a way that an absent key cannot pass',
  needs: ['terraform', 'iam-export'],
  judge(context) {
    const model = modelOf(context);
    const bounds = new AppliedBounds(model.world.organisation);
    const signIns = signInsOf(model, context.declared.machineUsers ?? []);
    const counterexamples: Counterexample[] = [];
    const gaps: Gap[] = [];
    const drills: string[] = [];
    for (const signIn of signIns) {
      const { identity, user } = signIn;
      const { credential } = signIn;
      const tries = [
        ...model.allRoles.map((role) => ({
          request: requestOf(signIn, 'sts:AssumeRole', role.arn, role.account),
          role,
        })),
        ...triedRequests(identity, credential).map((request) => ({ request, role: undefined })),
      ];
      for (const { request, role } of tries) {
        drills.push(`${user.arn} with a ${signIn.credential}: ${request.action} ${request.resource}`);
        const decide = (bound: 'most' | 'least') =>
          evaluate(
            request,
            bounds.of(
              bound,
              identity,
              request.resourceAccount ?? user.account,
              role === undefined ? undefined : [role.trust],
            ),
          );
        const least = decide('least');
        if (least.decision === 'Allowed' && signIn.certainty === 'certain') {
          counterexamples.push(passed(signIn, request, least.by[0]?.statement.at ?? role?.trustAt ?? user.at));
          break;
        }
        if (decide('most').decision === 'Allowed') {
          gaps.push({
            reason: least.decision === 'Allowed' ? 'not-in-sight' : 'unresolved-value',
            message: `the drill could not tell whether ${user.arn} is refused ${request.action} on ${request.resource} without MFA: it ${signIn.why}`,
            at: signIn.at,
            closes: CREDENTIAL_REPORT,
            identity: `drill of ${user.source}`,
          });
          break;
        }
      }
    }
    const elsewhere = peopleElsewhere(model, context);
    if (signIns.length === 0 && elsewhere.length === 0)
      return {
        proof: proveAbsence({
          claim: 'there is no person from whom a path leads to a role',
          what: 'Terraform files searched for people',
          elements: context.facts.inventory.terraform,
          digest: sha256,
          method: 'users, assignments of Identity Center, SAML providers and trusted accounts were looked for',
        }),
        counterexamples: [],
        gaps: [],
      };
    return conclude({
      claim: 'a stolen key or password is refused on every path from a person to a role',
      what: 'requests of the drill',
      elements: drills,
      method:
        'executed: each request was put to the policies as they are evaluated from the code, by the concrete evaluator, without a second factor: every role in sight, and requests that thieves try first',
      witnesses: model.allRoles
        .map((role) => ({ at: role.trustAt, note: `trust policy of ${role.name}` }))
        .slice(0, 20),
      counterexamples,
      gaps: [...gaps, ...elsewhere],
    });
  },
  replay: replayRequests,
};

function passed(signIn: SignIn, request: IamRequest, at: SignIn['at']): Counterexample {
  const { user, credential } = signIn;
  const stolen = credential === 'key' ? 'key' : 'password';
  return {
    title: `a stolen ${stolen} of ${user.name} passes: ${request.action} on ${request.resource}`,
    severity: 'high',
    summary: `The drill replayed a stolen ${stolen} of ${user.arn} without a second factor, and ${request.action} was allowed.`,
    input: { kind: 'iam-request', ...requestToJson(request) },
    trace: traceTo({ at, note: `allows ${request.action} without MFA`, role: 'guard' }, [
      { at: signIn.at, note: `${user.name} ${signIn.why}`, role: 'source' },
    ]),
    replay: { engine: 'mfa-conditions', args: { requests: [requestToJson(request)] } },
    grants: [request.action],
    identity: [user.source, 'drill'],
  };
}
