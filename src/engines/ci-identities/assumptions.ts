import type { IamCondition, IamPolicy } from '../../facts/iam-policy/types.ts';
import { evaluate } from '../iam/concrete/evaluate.ts';
import { findRequest } from '../iam/symbolic/find-request.ts';
import type { BoundedPolicy, IamRequest } from '../iam/types.ts';
import { githubCandidates } from './candidates.ts';
import { githubFamilies } from './families.ts';
import type { CiRepository, CiToken, TokenFamily } from './types.ts';

/** A role with its trust policy. */
export interface TrustingRole {
  readonly arn: string;
  readonly account: string;
  readonly trust: BoundedPolicy;
}

/** Which tokens of runs that nobody approved a role lets in. */
export interface Assumptions {
  /** Tokens that it certainly accepts, with the request that the evaluator allowed; those without approval first. */
  readonly accepted: readonly { readonly token: CiToken; readonly request: IamRequest }[];
  /** What could not be excluded, each a clause. Empty where it is proven that only reviewed runs get the role. */
  readonly open: readonly string[];
}

/** Claims of GitHub that are condition keys of AWS STS (announced 2026-01); others cannot be asked for. */
const CONDITION_CLAIMS = [
  'sub',
  'aud',
  'actor',
  'actor_id',
  'enterprise_id',
  'environment',
  'job_workflow_ref',
  'ref',
  'repository',
  'repository_id',
  'workflow',
] as const;
/** Claims that not every token has. */
const OPTIONAL: ReadonlySet<string> = new Set(['environment', 'enterprise_id']);

/**
 * Which tokens of GitHub's runs can assume a role. What is accepted is found with concrete tokens and decided by the
 * evaluator, on what the trust policy allows at least; that nothing else is accepted is shown symbolically for all tokens
 * of unreviewed runs, on what it allows at most.
 */
export function assumptionsOf(
  role: TrustingRole,
  provider: { readonly arn: string; readonly issuer: string },
  repository: CiRepository | undefined,
): Assumptions {
  const { least, most } = role.trust;
  const accepted = githubCandidates(patternsOf(most, provider.issuer), repository)
    .map((token) => ({ token, request: requestFor(token, role, provider) }))
    .filter(({ request }) => evaluate(request, { identity: [], resource: [least] }).decision === 'Allowed')
    .sort((left, right) => rank(left.token) - rank(right.token));
  const open = githubFamilies(repository).flatMap((family) => {
    const answer = findRequest({
      policies: { identity: [], resource: [most] },
      principal: { kind: 'federated', arn: provider.arn },
      resourceAccount: role.account,
      space: spaceOf(family, role, provider.issuer),
    });
    if (answer.kind === 'none') return [];
    return answer.kind === 'found'
      ? [
          `${family.how} gets a token like ${answer.request.context.get(`${provider.issuer}:sub`.toLowerCase())?.toString() ?? 'any'}`,
        ]
      : [`${family.how}: ${answer.why}`];
  });
  return { accepted, open };
}

/** The request with which a run asks for a role. */
export function requestFor(
  token: CiToken,
  role: Pick<TrustingRole, 'arn' | 'account'>,
  provider: { readonly arn: string; readonly issuer: string },
): IamRequest {
  return {
    principal: { kind: 'federated', arn: provider.arn },
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: role.arn,
    resourceAccount: role.account,
    context: new Map(
      CONDITION_CLAIMS.flatMap((claim) => {
        const value = token.claims.get(claim);
        return value === undefined ? [] : [[`${provider.issuer}:${claim}`.toLowerCase(), value] as const];
      }),
    ),
  };
}

function rank({ review }: CiToken): number {
  return review.answer === 'no' ? 0 : review.answer === 'undecided' ? 1 : 2;
}

/** By claim, the patterns that the statements of a policy compare it with. */
function patternsOf({ statements }: IamPolicy, issuer: string): ReadonlyMap<string, readonly string[]> {
  const patterns = new Map<string, string[]>();
  for (const { key, values } of statements.flatMap((statement) => statement.conditions)) {
    const prefix = `${issuer}:`.toLowerCase();
    if (!key.toLowerCase().startsWith(prefix)) continue;
    const claim = key.slice(prefix.length).toLowerCase();
    patterns.set(claim, [...(patterns.get(claim) ?? []), ...values]);
  }
  return patterns;
}

function spaceOf(family: TokenFamily, role: TrustingRole, issuer: string) {
  const conditions: IamCondition[] = [];
  const absent: string[] = [];
  const present: string[] = [];
  for (const claim of CONDITION_CLAIMS) {
    const key = `${issuer}:${claim}`;
    const pattern = family.claims.get(claim);
    if (pattern === undefined) absent.push(key);
    else if (pattern !== '*') conditions.push({ operator: 'StringLike', ifExists: false, key, values: [pattern] });
    else if (!OPTIONAL.has(claim)) present.push(key);
    const except = family.except.get(claim) ?? [];
    if (except.length > 0) conditions.push({ operator: 'StringNotLike', ifExists: false, key, values: except });
  }
  const exactly = (text: string) => [{ negated: false, patterns: [text] }];
  return {
    actions: exactly('sts:AssumeRoleWithWebIdentity'),
    resources: exactly(role.arn),
    conditions,
    absent,
    present,
  };
}
