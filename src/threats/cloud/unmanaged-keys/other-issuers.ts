import { requestFor } from '../../../engines/ci-identities/assumptions.ts';
import type { CiToken } from '../../../engines/ci-identities/types.ts';
import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import { findRequest } from '../../../engines/iam/symbolic/find-request.ts';
import type { Counterexample, Gap, Witness } from '../../../model/index.ts';
import { tokenToJson } from './replay-token.ts';
import type { RoleAndIssuer } from '../../../engines/ci-identities/trusting-roles.ts';

/** A token that somebody without business here gets, by the form of subjects of an issuer. */
interface Stranger {
  readonly sub: string;
  readonly how: string;
}

/**
 * Subjects that nobody reserved, in the forms that issuers document (2026-11): GitLab ("Connect to cloud services"),
 * HCP Terraform ("Workload identity tokens"), CircleCI ("OpenID Connect tokens"), Kubernetes ("Service account tokens").
 */
function strangersOf(issuer: string, namespaces: readonly string[]): readonly Stranger[] {
  if (/^oidc\.eks\.[\w-]+\.amazonaws\.com(?:\.cn)?\/id\//.test(issuer))
    return [
      { sub: 'system:serviceaccount:any-namespace:any-account', how: 'any pod of the cluster' },
      ...namespaces.map((namespace) => ({
        sub: `system:serviceaccount:${namespace}:any-account`,
        how: `any pod of the namespace ${namespace}`,
      })),
    ];
  if (/(?:^|\.)gitlab\b/.test(issuer))
    return [{ sub: 'project_path:somebody-else/any:ref_type:branch:ref:any', how: 'any project of the GitLab server' }];
  if (issuer === 'app.terraform.io')
    return [
      {
        sub: 'organization:somebody-else:project:any:workspace:any:run_phase:plan',
        how: 'any organisation of HCP Terraform',
      },
    ];
  if (issuer.startsWith('oidc.circleci.com/'))
    return [{ sub: 'org/x/project/any/user/any', how: 'any project of the CircleCI organisation' }];
  return [{ sub: 'any-subject', how: `anybody with a token of ${issuer}` }];
}

/** Judges a role that trusts an issuer whose runs are not in sight: open where it lets in strangers. */
export function judgeOtherIssuer(
  trusting: RoleAndIssuer,
  counterexamples: Counterexample[],
  gaps: Gap[],
  witnesses: Witness[],
): void {
  const { role, provider, issuer, at } = trusting;
  const audiences = ['sts.amazonaws.com', 'aws.workload.identity', issuer, `https://${issuer}`, 'https://gitlab.com'];
  const organisation = /^oidc\.circleci\.com\/org\/([\w-]+)/.exec(issuer)?.[1];
  for (const { sub, how } of strangersOf(issuer, namespacesOf(trusting))) {
    for (const aud of organisation === undefined ? audiences : [organisation, ...audiences]) {
      const claims = new Map([
        ['sub', sub.replace('org/x/', `org/${organisation ?? 'x'}/`)],
        ['aud', aud],
      ]);
      const token: CiToken = { issuer, how, review: { answer: 'no', why: '' }, claims };
      const request = requestFor(token, role, { arn: provider, issuer });
      if (evaluate(request, { identity: [], resource: [role.trust.least] }).decision !== 'Allowed') continue;
      counterexamples.push({
        title: `${role.name} can be assumed by ${how}`,
        severity: 'high',
        summary: `The trust policy of ${role.arn} accepts the subject \`${claims.get('sub') ?? sub}\`: it is not bound to the one it is meant for.`,
        input: { kind: 'oidc-token', role: role.arn, issuer, claims: tokenToJson(token) },
        trace: [{ at, note: `accepts ${claims.get('sub') ?? sub}`, role: 'sink' }],
        replay: { engine: 'ci-trust', args: { role: role.arn, provider, issuer, claims: tokenToJson(token) } },
        grants: [`the rights of the role ${role.name}`],
        identity: [role.source, issuer, 'stranger'],
      });
      return;
    }
  }
  if (/^oidc\.eks\./.test(issuer)) {
    const other = otherServiceAccount(trusting);
    if (other === undefined) {
      witnesses.push({ at, note: `${role.name} is bound to service accounts of one cluster by name` });
      return;
    }
    gaps.push({
      reason: 'unresolved-value',
      message: `${role.name} may let in service accounts that it does not name: ${other}`,
      at,
      closes: 'compare `sub` with the full name of the service account (StringEquals)',
      identity: `trust of ${role.source} in ${issuer}`,
    });
    return;
  }
  gaps.push({
    reason: 'not-in-sight',
    message: `${role.name} trusts ${issuer}, and which of its runs somebody approved is not in sight`,
    at,
    closes: 'check by hand: the runs that the subject of the trust policy names start only after an approval',
    identity: `trust of ${role.source} in ${issuer}`,
  });
}

function subjectsOf({ role, issuer }: RoleAndIssuer): readonly string[] {
  const key = `${issuer}:sub`.toLowerCase();
  return role.trust.most.statements
    .flatMap((statement) => statement.conditions)
    .flatMap((condition) => (condition.key.toLowerCase() === key ? condition.values : []));
}

/** Namespaces that the trust policy names. */
function namespacesOf(trusting: RoleAndIssuer): readonly string[] {
  const named = subjectsOf(trusting).flatMap((text) => /^system:serviceaccount:([\w-]+):/.exec(text)?.[1] ?? []);
  return [...new Set(named)];
}

/** A subject beside those that are written out which the role may accept; undefined where there is none. */
function otherServiceAccount(trusting: RoleAndIssuer): string | undefined {
  const { role, provider, issuer } = trusting;
  const key = `${issuer}:sub`;
  const written = subjectsOf(trusting).filter((text) => !/[*?]/.test(text));
  const answer = findRequest({
    policies: { identity: [], resource: [role.trust.most] },
    principal: { kind: 'federated', arn: provider },
    resourceAccount: role.account,
    space: {
      actions: [{ negated: false, patterns: ['sts:AssumeRoleWithWebIdentity'] }],
      resources: [{ negated: false, patterns: [role.arn] }],
      conditions: [
        { operator: 'StringLike', ifExists: false, key, values: ['system:serviceaccount:*'] },
        ...(written.length === 0
          ? []
          : [{ operator: 'StringNotEquals' as const, ifExists: false, key, values: written }]),
      ],
    },
  });
  if (answer.kind === 'none') return undefined;
  return answer.kind === 'found' ? String(answer.request.context.get(key.toLowerCase()) ?? 'any') : answer.why;
}
