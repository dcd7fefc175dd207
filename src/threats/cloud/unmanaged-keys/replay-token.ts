import { requestFor } from '../../../engines/ci-identities/assumptions.ts';
import type { CiToken } from '../../../engines/ci-identities/types.ts';
import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import type { Json, Replayable, ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';

/** The claims of a token as a counterexample carries them. */
export function tokenToJson({ claims }: CiToken): Json {
  return Object.fromEntries(claims);
}

/** Asks for the role again with the same token: the trust policy is evaluated on what it allows at least. */
export function replayToken(context: Context, { replay }: Replayable): ReplayOutcome {
  const { role: arn, provider, issuer, claims } = replay.args;
  if (typeof arn !== 'string' || typeof provider !== 'string' || typeof issuer !== 'string' || !isRecord(claims))
    return { confirmed: false, steps: ['the counterexample names no role and token'] };
  const role = worldOf(context).roles.find((one) => one.arn === arn);
  if (role === undefined) return { confirmed: false, steps: [`no role ${arn} is declared any more`] };
  const texts = Object.entries(claims).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  const token: CiToken = { issuer, how: '', review: { answer: 'undecided', why: '' }, claims: new Map(texts) };
  const decision = evaluate(requestFor(token, role, { arn: provider, issuer }), {
    identity: [],
    resource: [role.trust.least],
  });
  return {
    confirmed: decision.decision === 'Allowed',
    steps: [
      `sts:AssumeRoleWithWebIdentity for ${arn} with sub ${token.claims.get('sub') ?? ''}`,
      `the trust policy decides: ${decision.decision}`,
    ],
  };
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
