import { trustingRoles } from '../../../engines/ci-identities/trusting-roles.ts';
import { repositoryOf } from '../../own-repository.ts';
import { githubCandidates } from '../../../engines/ci-identities/candidates.ts';
import { requestFor } from '../../../engines/ci-identities/assumptions.ts';
import { GITHUB_ISSUER } from '../../../engines/ci-identities/github.ts';
import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence, type Counterexample, type Gap } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { FourproofControl } from '../../context.ts';
import { worldOf } from '../../iam-world.ts';
import { replayToken, tokenToJson } from './replay-token.ts';

/** Drilled with tokens that a pull request, another branch, a tag or another repository gets. */
export const boundSubjects: FourproofControl = {
  id: 'bound-subjects',
  kind: 'guard',
  title: 'Each role that a CI identity assumes is bound to one repository and to a reviewed branch or environment',
  needs: ['workflow', 'action', 'branch-rules', 'terraform'],
  judge(context) {
    const roles = trustingRoles(worldOf(context)).filter(({ issuer }) => issuer === GITHUB_ISSUER);
    if (roles.length === 0)
      return {
        proof: proveAbsence({
          claim: 'no role in the product is assumed by runs of GitHub',
          what: 'Terraform files searched for roles that trust GitHub',
          elements: context.facts.inventory.terraform,
          digest: sha256,
          method: `trust policies were looked at for the provider ${GITHUB_ISSUER}`,
        }),
        counterexamples: [],
        gaps: [],
      };
    const repository = repositoryOf(context);
    const counterexamples: Counterexample[] = [];
    const gaps: Gap[] = [];
    const drills: string[] = [];
    for (const { role, provider, issuer, at } of roles) {
      // The subjects that the policy itself speaks of belong to the exposure; here strangers knock.
      for (const token of githubCandidates(new Map(), repository)) {
        if (token.review.answer === 'yes') continue;
        drills.push(`${role.name}: ${token.how}`);
        const request = requestFor(token, role, { arn: provider, issuer });
        const allowed = (policy: typeof role.trust.least): boolean =>
          evaluate(request, { identity: [], resource: [policy] }).decision === 'Allowed';
        if (token.review.answer === 'no' && allowed(role.trust.least)) {
          counterexamples.push({
            title: `${role.name} lets in ${token.how}`,
            severity: 'high',
            summary: `The drill asked for ${role.arn} with the token of ${token.how}, and it was allowed: ${token.review.why}.`,
            input: { kind: 'oidc-token', role: role.arn, issuer, claims: tokenToJson(token) },
            trace: [{ at, note: `accepts ${token.claims.get('sub') ?? ''}`, role: 'guard' }],
            replay: {
              engine: 'bound-subjects',
              args: { role: role.arn, provider, issuer, claims: tokenToJson(token) },
            },
            grants: [`the rights of the role ${role.name}`],
            identity: [role.source, 'drill'],
          });
          break;
        }
        if (allowed(role.trust.most)) {
          gaps.push({
            reason: 'not-in-sight',
            message: `${role.name} may let in ${token.how}: ${token.review.answer === 'no' ? 'its trust policy is not fully known' : token.review.why}`,
            at,
            closes: 'bind `sub` to one repository and to a protected branch or environment whose rules are in the tree',
            identity: `drill of ${role.source}`,
          });
          break;
        }
      }
    }
    return conclude({
      claim: 'no role lets in a pull request, another branch, a tag or another repository',
      what: 'tokens of unreviewed runs, replayed against each role',
      elements: drills,
      method:
        'executed: each token was put to the trust policy as it is evaluated from the code, by the concrete evaluator',
      witnesses: roles.map(({ role, at }) => ({ at, note: `trust policy of ${role.name}` })),
      counterexamples,
      gaps,
    });
  },
  replay: replayToken,
};
