import { trustingRoles, type RoleAndIssuer } from '../../../engines/ci-identities/trusting-roles.ts';
import { repositoryOf } from '../../own-repository.ts';
import { assumptionsOf } from '../../../engines/ci-identities/assumptions.ts';
import { GITHUB_ISSUER } from '../../../engines/ci-identities/github.ts';
import { proveAbsence, type Counterexample, type Gap, type Witness } from '../../../model/index.ts';
import { sha256 } from '../../../lib/hash.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { traceTo } from '../../trace.ts';
import { modelOf, worldGaps, worldOf } from '../../iam-world.ts';
import { judgeOtherIssuer } from './other-issuers.ts';
import { replayToken, tokenToJson } from './replay-token.ts';
import { unreviewedCheckouts } from './unreviewed-checkouts.ts';

/** No run that nobody approved gets a role. */
export const ciTrust: FourproofControl = {
  id: 'ci-trust',
  kind: 'exposure',
  title: 'No role can be assumed by a workflow run of an unreviewed event',
  needs: ['workflow', 'action', 'branch-rules', 'terraform'],
  judge(context) {
    const roles = trustingRoles(worldOf(context));
    const nameless = worldGaps(modelOf(context)).filter(
      ({ message }) =>
        message.startsWith('the name of aws_iam_role.') || /^the name of module\..*\.aws_iam_role\./.test(message),
    );
    if (roles.length === 0 && nameless.length === 0) return { proof: noTrust(context), counterexamples: [], gaps: [] };
    const counterexamples: Counterexample[] = [];
    const gaps: Gap[] = [...nameless];
    const witnesses: Witness[] = [];
    for (const role of roles) {
      if (role.issuer === GITHUB_ISSUER) judgeGithub(role, context, counterexamples, gaps, witnesses);
      else judgeOtherIssuer(role, counterexamples, gaps, witnesses);
    }
    return conclude({
      claim: 'every role that trusts an identity provider of CI or of a cluster lets in only what was approved',
      what: 'roles and the issuers that they trust',
      elements: roles.map(({ role, issuer }) => `${role.arn} trusts ${issuer}`),
      method:
        'the trust policy of each role against every token that a run without approval can get (pull requests, other branches, tags, environments, other repositories), decided symbolically for all of them; tokens of counterexamples are decided by the concrete evaluator. Whoever may push a branch may add a workflow that asks for a token.',
      witnesses,
      counterexamples,
      gaps,
    });
  },
  replay: replayToken,
};

function judgeGithub(
  trusting: RoleAndIssuer,
  context: Context,
  counterexamples: Counterexample[],
  gaps: Gap[],
  witnesses: Witness[],
): void {
  const { role, provider, issuer, at } = trusting;
  const repository = repositoryOf(context);
  counterexamples.push(...unreviewedCheckouts(trusting, context));
  const { accepted, open } = assumptionsOf(role, { arn: provider, issuer }, repository);
  const [worst] = accepted;
  if (worst?.token.review.answer === 'no') {
    const subject = worst.token.claims.get('sub') ?? '';
    counterexamples.push({
      title: `${role.name} can be assumed from ${worst.token.how}`,
      severity: 'critical',
      summary: `The trust policy of ${role.arn} accepts the subject \`${subject}\`, and ${worst.token.review.why}.`,
      input: { kind: 'oidc-token', role: role.arn, issuer, claims: tokenToJson(worst.token) },
      trace: traceTo(
        { at, note: `accepts ${subject}`, role: 'sink' },
        worst.token.review.at === undefined
          ? []
          : [{ at: worst.token.review.at, note: worst.token.review.why, role: 'guard' }],
      ),
      replay: { engine: 'ci-trust', args: { role: role.arn, provider, issuer, claims: tokenToJson(worst.token) } },
      grants: [`the rights of the role ${role.name}`],
      identity: [role.source, issuer, 'unreviewed'],
    });
    return;
  }
  const doubts = [
    ...accepted.flatMap(({ token }) =>
      token.review.answer === 'undecided' ? [`${token.how} is accepted, and ${token.review.why}`] : [],
    ),
    ...(accepted.some(({ token }) => token.review.answer === 'undecided') ? [] : open),
    ...role.trust.unknowns.map(({ why }) => why),
  ];
  const [doubt] = doubts;
  if (doubt === undefined) {
    const note =
      accepted[0] === undefined
        ? `${role.name} accepts no token of GitHub that could be found`
        : `${role.name} accepts only reviewed runs, such as ${accepted[0].token.how}`;
    witnesses.push({ at, note });
    return;
  }
  const isBranch = repository !== undefined && doubts.some((text) => text.includes('no branch rules in sight'));
  gaps.push({
    reason: 'not-in-sight',
    message: `who can assume ${role.name} is not decided: ${[...new Set(doubts)].slice(0, 3).join('; ')}`,
    at,
    closes: isBranch
      ? 'gh api repos/{owner}/{repo}/rules/branches/{branch} > .github/branch-rules.json'
      : repository === undefined
        ? 'name the repository in fourproof.yaml: `repository: owner/name`'
        : 'bind `sub` to one repository and to a protected branch or environment whose rules are in the tree',
    identity: `trust of ${role.source}`,
  });
}

function noTrust({ facts, terraform }: Context) {
  return proveAbsence({
    claim: 'no role in the product trusts an identity provider of CI or of a cluster',
    what: 'Terraform files and resources searched for trust policies',
    elements: [
      ...facts.inventory.terraform,
      ...terraform.roots.flatMap((root) => root.resources.map((resource) => resource.address)),
    ],
    digest: sha256,
    method:
      'every role that is declared or exported was looked at for statements that allow sts:AssumeRoleWithWebIdentity',
  });
}
