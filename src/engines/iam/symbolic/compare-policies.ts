import type { IamPolicy, IamStatement } from '../../../facts/iam-policy/types.ts';
import { evaluate } from '../concrete/evaluate.ts';
import type { AppliedPolicies, IamRequest } from '../types.ts';
import { findRequest } from './find-request.ts';
import type { FreePrincipal, Realism, RequestAnswer } from './types.ts';

/** What each of two policies allows and the other does not; `none` in both directions means that they allow the same. */
export interface PolicyComparison {
  readonly onlyFirst: Difference;
  readonly onlySecond: Difference;
}

/** A request that one policy allows and the other does not, or why there is none. */
export type Difference =
  | Exclude<RequestAnswer, { kind: 'found' }>
  | {
      readonly kind: 'found';
      readonly request: IamRequest;
      /** Statements of the one that allow it. */
      readonly allowedBy: readonly IamStatement[];
      /** Statements of the other that deny it; none where nothing there allows it. */
      readonly deniedBy: readonly IamStatement[];
    };

export interface CompareOptions {
  /** Only requests that exist at AWS count. */
  readonly realism?: Realism;
  readonly budget?: number;
  /** False leaves certificates unchecked. */
  readonly checked?: boolean;
}

/** Compares what two policies allow by themselves, in both directions. */
export function comparePolicies(first: IamPolicy, second: IamPolicy, options: CompareOptions = {}): PolicyComparison {
  return { onlyFirst: allowedBeyond(first, second, options), onlySecond: allowedBeyond(second, first, options) };
}

/** A request that `policy` allows by itself and `other` does not. */
export function allowedBeyond(policy: IamPolicy, other: IamPolicy, options: CompareOptions = {}): Difference {
  const byResource = [policy, other].some(({ statements }) =>
    statements.some(({ principals }) => principals !== undefined),
  );
  const alone = byResource ? asResourcePolicy : asIdentityPolicy;
  const [policies, notAllowedBy] = [alone(policy), alone(other)];
  // In another account each side speaks for itself: neither overrides or stands in for the other.
  const resourceAccount = unnamedAccount([policy, other]);
  const answer = findRequest({
    policies,
    notAllowedBy,
    principal: { kinds: byResource ? ANYBODY : PEOPLE_AND_ROLES, notAccount: resourceAccount },
    resourceAccount,
    space: { free: ['aws:resourceaccount'] },
    ...options,
  });
  if (answer.kind !== 'found') return answer;
  const { request } = answer;
  return {
    kind: 'found',
    request,
    allowedBy: deciding(request, policies, policy),
    deniedBy: deciding(request, notAllowedBy, other),
  };
}

function deciding(request: IamRequest, applied: AppliedPolicies, policy: IamPolicy): readonly IamStatement[] {
  const { by } = evaluate(request, applied);
  return by.filter((each) => each.policy === policy).map(({ statement }) => statement);
}

function unnamedAccount(policies: readonly IamPolicy[]): string {
  const statements = policies.flatMap((policy) => policy.statements);
  const texts = statements.flatMap(({ principals, conditions }) => [
    ...(principals?.principals.map(({ value }) => value) ?? []),
    ...conditions.flatMap(({ values }) => values),
  ]);
  let account = 999999999999;
  while (texts.some((text) => text.includes(String(account)))) account -= 111;
  return String(account);
}

type Kinds = NonNullable<FreePrincipal['kinds']>;

const ANYBODY: Kinds = ['user', 'role-session', 'root', 'federated-user', 'service', 'federated', 'anonymous'];
const PEOPLE_AND_ROLES: Kinds = ['user', 'role-session'];

const EVERYTHING: IamStatement = {
  index: 0,
  effect: 'Allow',
  actions: { negated: false, patterns: ['*'] },
  resources: { negated: false, patterns: ['*'] },
  conditions: [],
};
const ALLOW_ALL: IamPolicy = { version: '2012-10-17', statements: [EVERYTHING] };
const ALLOW_EVERYBODY: IamPolicy = {
  version: '2012-10-17',
  statements: [{ ...EVERYTHING, principals: { negated: false, principals: [{ type: 'AWS', value: '*' }] } }],
};

function asIdentityPolicy(policy: IamPolicy): AppliedPolicies {
  return { identity: [policy], resource: [ALLOW_EVERYBODY] };
}

function asResourcePolicy(policy: IamPolicy): AppliedPolicies {
  return { identity: [ALLOW_ALL], resource: [policy] };
}
