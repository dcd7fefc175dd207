import type { RootUser } from '../../../engines/iam/account/types.ts';
import { administrator, type PathModel } from '../../../engines/iam/paths/model.ts';
import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence, type Counterexample, type Gap, type Witness } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { accountGaps, awsOf, modelOf, worldGaps } from '../../iam-world.ts';
import { CREDENTIAL_REPORT } from '../../commands.ts';
import { traceTo } from '../../trace.ts';
import { peopleElsewhere } from './people-elsewhere.ts';
import { signInsOf, type SignIn } from './people.ts';
import { replayRequests, requestToJson } from '../../replay-requests.ts';
import { waysWithoutMfa, type Way } from './ways-without-mfa.ts';

/** No person makes a privileged request without a second factor. */
export const requestsWithoutMfa: FourproofControl = {
  id: 'requests-without-mfa',
  kind: 'exposure',
  title: 'No person makes a privileged request without MFA',
  needs: ['terraform', 'iam-export'],
  judge(context) {
    const model = modelOf(context);
    const machines = context.declared.machineUsers ?? [];
    const signIns = signInsOf(model, machines);
    const counterexamples: Counterexample[] = [];
    const gaps: Gap[] = [];
    const witnesses: Witness[] = [];
    const reported = new Set<string>();
    for (const signIn of signIns) {
      const ways = waysWithoutMfa(signIn, model, awsOf(context).services);
      const note = `${signIn.user.arn} makes no privileged request with ${words(signIn)}`;
      if (ways.length === 0) witnesses.push({ at: signIn.user.at, note });
      for (const way of ways) {
        // The same way with a key and at the console is one finding.
        const identity = [signIn.user.source, way.kind, way.edge?.to.identity.source ?? ''] as const;
        if (reported.has(identity.join('\n'))) continue;
        if (way.certainty === 'certain') {
          reported.add(identity.join('\n'));
          counterexamples.push(counterexampleOf(signIn, way, identity, model));
        } else gaps.push(gapOf(signIn, way, identity));
      }
    }
    const roots = model.world.rootUsers ?? [];
    for (const root of roots) if (!root.mfa) counterexamples.push(rootWithoutMfa(root));
    const elsewhere = peopleElsewhere(model, context);
    if (signIns.length === 0 && elsewhere.length === 0 && roots.length === 0 && model.world.gaps.length === 0)
      return { proof: nobody(context, model.world.users.length), counterexamples: [], gaps: [] };
    return conclude({
      claim:
        'nobody makes a privileged request without a second factor, directly, through a role, or with a device that a thief enrols',
      what: 'ways of the declared people to sign in without MFA',
      elements: [
        ...signIns.map((signIn) => `${signIn.user.arn} with ${words(signIn)}`),
        ...roots.map(({ account }) => `root of ${account}`),
      ],
      method: `identity policies of users and their groups, boundaries and service control policies, with aws:MultiFactorAuthPresent absent (a key) or false (a password), decided symbolically for every request beyond managing one's own credentials; trust policies of every role in sight. Roles and resources that are not in sight are outside.${accountsNamed(context)}`,
      witnesses,
      counterexamples,
      gaps: [
        ...gaps.filter((gap) => !reported.has(gap.identity ?? '')),
        ...elsewhere,
        ...accountGaps(model),
        ...worldGaps(model),
      ],
    });
  },
  replay(context, counterexample) {
    const { root } = counterexample.replay.args;
    if (typeof root !== 'string') return replayRequests(context, counterexample);
    const again = (modelOf(context).world.rootUsers ?? []).some(({ account, mfa }) => account === root && !mfa);
    const seen = again ? 'mfa_active is false' : 'root has MFA, or is not named';
    return { confirmed: again, steps: [`read the credential report of ${root}`, seen] };
  },
};

/** The root user may do everything; no policy asks it for anything. */
function rootWithoutMfa({ account, at }: RootUser): Counterexample {
  return {
    title: `the root user of ${account} signs in without MFA`,
    severity: 'critical',
    summary: `The credential report says that root of ${account} has no second factor: its password alone is the account.`,
    input: { kind: 'root-user', account },
    trace: [{ at, note: 'mfa_active is false', role: 'sink' }],
    replay: { engine: 'requests-without-mfa', args: { root: account } },
    grants: ['everything in the account'],
    identity: [`root of ${account}`],
  };
}

function words({ credential }: SignIn): string {
  return credential === 'key' ? 'a plain access key' : 'a password alone';
}

function counterexampleOf(
  signIn: SignIn,
  { kind, edge, privilege }: Way,
  identity: readonly [string, ...string[]],
  model: PathModel,
): Counterexample {
  const { user } = signIn;
  const { request, by } = privilege;
  const node = kind === 'role' && edge !== undefined ? edge.to : signIn;
  const isAdministrator = administrator(node, model) !== undefined;
  const at = by[0]?.statement.at ?? edge?.at ?? user.at;
  const steps = {
    direct: `may ${request.action} on ${request.resource}`,
    role: `becomes ${edge?.to.identity.arn ?? 'a role'} and may ${request.action}`,
    enrolment: `enrols a device of its own and may then ${request.action}`,
  }[kind];
  const first = kind === 'direct' ? privilege : edge?.permits[0];
  return {
    title: `${user.name} ${steps}, with ${words(signIn)}`,
    severity: isAdministrator ? 'critical' : 'high',
    summary:
      kind === 'enrolment'
        ? `Whoever has a key or password of ${user.arn} may enrol an MFA device (a user may have eight), and passes for signed in with MFA from then on.`
        : `A stolen ${signIn.credential === 'key' ? 'key' : 'password'} of ${user.arn} is enough: no statement on the way asks for a second factor in a way that its absence would fail.`,
    input: { kind: 'iam-request', ...requestToJson(first?.request ?? request) },
    trace: traceTo({ at, note: `allows ${request.action}`, role: 'sink' }, [
      { at: signIn.at, note: `${user.name} ${signIn.why}`, role: 'source' as const },
      ...(edge === undefined ? [] : [{ at: edge.at, note: edge.what, role: 'step' as const }]),
    ]),
    replay: {
      engine: 'requests-without-mfa',
      args: {
        requests: [...(edge?.permits ?? []).map((permit) => requestToJson(permit.request)), requestToJson(request)],
      },
    },
    grants: [isAdministrator ? 'administrator of the account' : `${request.action} and what else its policies allow`],
    identity,
  };
}

function gapOf(signIn: SignIn, way: Way, identity: readonly string[]): Gap {
  const { user } = signIn;
  const [unknown] = way.unknowns;
  const what =
    way.kind === 'role'
      ? `become ${way.edge?.to.identity.arn ?? 'a role'}`
      : way.kind === 'direct'
        ? `make privileged requests such as ${way.privilege.request.action}`
        : 'enrol a device of its own';
  return {
    reason: unknown === undefined ? 'not-in-sight' : 'unresolved-value',
    message:
      unknown === undefined
        ? `${user.arn} could ${what} without MFA; it ${signIn.why}`
        : `whether ${user.arn} may ${what} without MFA is not known: ${unknown.why}`,
    at: unknown?.at ?? signIn.at,
    closes: unknown === undefined ? CREDENTIAL_REPORT : 'terraform show -json plan.out > plan.json, or give the value',
    identity: identity.join('\n'),
  };
}

/** Account ids that stand in for unknown ones are named. */
function accountsNamed(context: Context): string {
  const standIns = modelOf(context).world.accounts.filter((account) => account.standIn);
  return standIns.length === 0
    ? ''
    : ` ${standIns.map(({ id, name }) => `${id} stands for the account of ${name}`).join('; ')}.`;
}

function nobody({ facts }: Context, users: number) {
  return proveAbsence({
    claim:
      users === 0
        ? 'the product declares no people in the cloud'
        : 'every user that the product declares is a machine, as fourproof.yaml says',
    what: 'Terraform files searched for users and for people of other identity providers',
    elements: facts.inventory.terraform,
    digest: sha256,
    method:
      'users, assignments of Identity Center, roles that trust a SAML provider or another account, and exports were looked for',
  });
}
