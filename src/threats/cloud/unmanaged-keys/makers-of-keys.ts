import { Asker, type Permit } from '../../../engines/iam/paths/ask.ts';
import { AppliedBounds } from '../../../engines/iam/paths/applied.ts';
import { allowsEverything, identitiesOf, type Identity } from '../../../engines/iam/paths/identities.ts';
import type { Counterexample, Gap } from '../../../model/index.ts';
import { traceTo } from '../../trace.ts';
import type { Context } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';

/** Requests that make a secret with which somebody signs in as a user. */
const MAKING = ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:CreateServiceSpecificCredential'] as const;

/** Who may make a key past the reviewed code, found or in doubt. Gives the ARNs of everybody who was asked about. */
export function makersOfKeys(context: Context, counterexamples: Counterexample[], gaps: Gap[]): string[] {
  const world = worldOf(context);
  const asker = new Asker(new AppliedBounds(world.organisation));
  const people = identitiesOf(world).filter(
    (identity) => identity.kind === 'user' && identity.declared && !isAdministrator(identity),
  );
  for (const identity of people) {
    for (const action of MAKING) {
      const permit = mayMake(asker, identity, action);
      if (permit === undefined) continue;
      if (permit.certainty === 'certain') counterexamples.push(counterexampleOf(identity, action, permit));
      else
        gaps.push({
          reason: 'unresolved-value',
          message: `whether ${identity.arn} may ${action} is not known: ${permit.unknowns[0]?.why ?? 'its policies are not fully known'}`,
          at: permit.unknowns[0]?.at ?? identity.at,
          closes: 'give the value, or bring a plan of the configuration: terraform show -json plan > plan.json',
          identity: `${action} by ${identity.source}`,
        });
      break;
    }
  }
  return people.map(({ arn }) => arn);
}

/** Asks for a user's own account, signed in with a second factor: whoever may not then may never. */
export function mayMake(asker: Asker, identity: Identity, action: string): Permit | undefined {
  const resource = `arn:aws:iam::${identity.account}:user/*`;
  return asker.ask({ identity, credential: 'mfa', action, resource });
}

function isAdministrator({ policies }: Identity): boolean {
  return allowsEverything(
    policies.map(({ policy }) => policy),
    'least',
  );
}

function counterexampleOf(identity: Identity, action: string, { request, by }: Permit): Counterexample {
  const [allowing] = by;
  const at = allowing?.statement.at ?? identity.at;
  return {
    title: `${identity.arn} may make long-lived keys past the reviewed code`,
    severity: 'medium',
    summary: `${action} on ${request.resource} is allowed: a key that is made so stands in no code, is encrypted to nobody and is replaced by nothing.`,
    input: { kind: 'iam-request', principal: identity.arn, action, resource: request.resource },
    trace: traceTo({ at, note: `allows ${action}`, role: 'sink' }, [
      { at: identity.at, note: identity.source, role: 'source' },
    ]),
    replay: { engine: 'key-issuance', args: { principal: identity.arn, action, resource: request.resource } },
    grants: ['a long-lived key that nobody reviewed'],
    identity: [identity.source, 'makes keys'],
  };
}
