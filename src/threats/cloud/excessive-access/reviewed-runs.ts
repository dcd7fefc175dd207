import { assumptionsOf } from '../../../engines/ci-identities/assumptions.ts';
import { GITHUB_ISSUER } from '../../../engines/ci-identities/github.ts';
import { trustingRoles } from '../../../engines/ci-identities/trusting-roles.ts';
import type { Start } from '../../../engines/iam/paths/index.ts';
import type { Context } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';
import { repositoryOf } from '../../own-repository.ts';

/** Whether only runs that another person approved get a role. */
export type ReviewedRuns =
  | { readonly kind: 'reviewed' }
  | { readonly kind: 'unreviewed' }
  | { readonly kind: 'undecided'; readonly why: string };

/** Judges the runs of a CI identity by the trust policy of its role. */
export function reviewedRuns(start: Pick<Start, 'node'>, context: Context): ReviewedRuns {
  const arn = start.node.identity.arn;
  const trusting = trustingRoles(worldOf(context)).filter(({ role }) => role.arn === arn);
  for (const { role, provider, issuer } of trusting) {
    if (/^oidc\.eks\./.test(issuer)) continue;
    if (issuer !== GITHUB_ISSUER)
      return { kind: 'undecided', why: `which runs of ${issuer} somebody approved is not in sight` };
    const { accepted, open } = assumptionsOf(role, { arn: provider, issuer }, repositoryOf(context));
    const [worst] = accepted;
    if (worst?.token.review.answer === 'no') return { kind: 'unreviewed' };
    if (worst?.token.review.answer === 'undecided') return { kind: 'undecided', why: worst.token.review.why };
    const [doubt] = open;
    if (doubt !== undefined) return { kind: 'undecided', why: doubt };
  }
  return { kind: 'reviewed' };
}
