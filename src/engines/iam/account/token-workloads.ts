import type { IamStatement } from '../../../facts/iam-policy/types.ts';
import type { IamRole } from './types.ts';
import type { IdentityProvider, Workload } from './workload-types.ts';

/**
 * Service accounts and CI that get a role for a token of an OIDC provider: the subjects that the trust policies let in.
 * A statement without a condition on the subject lets in all of them: `*`.
 */
export function tokenWorkloads(roles: readonly IamRole[], providers: readonly IdentityProvider[]): Workload[] {
  return roles.flatMap((role) =>
    role.trust.most.statements
      .filter((statement) => statement.effect === 'Allow' && assumesByToken(statement))
      .flatMap((statement) => {
        const isCertain = role.trust.most === role.trust.least;
        return providersOf(statement, role.account, providers).flatMap(({ arn, issuer }) =>
          subjectsOf(statement, issuer).map((subject) => ({
            kind: isClusterIssuer(issuer) ? ('service-account' as const) : ('ci' as const),
            name: isClusterIssuer(issuer) ? serviceAccountOf(subject) : subject,
            role: role.arn,
            certain: isCertain,
            source: role.source,
            at: statement.at ?? role.trustAt,
            provider: arn,
          })),
        );
      }),
  );
}

function assumesByToken({ actions }: IamStatement): boolean {
  return actions.patterns.some((pattern) => /^(?:\*|sts:(?:\*|assumerole(?:\*|withwebidentity)))$/i.test(pattern));
}

interface Issuer {
  readonly arn: string;
  readonly issuer: string;
}

/** Providers that the statement names; all of the account's for a wildcard. */
function providersOf(statement: IamStatement, account: string, known: readonly IdentityProvider[]): Issuer[] {
  const named = statement.principals?.negated === true ? [] : (statement.principals?.principals ?? []);
  return named.flatMap(({ type, value }) => {
    if (type !== 'Federated') return [];
    const marker = value.indexOf(':oidc-provider/');
    if (marker >= 0 && !value.includes('*'))
      return [{ arn: value, issuer: value.slice(marker + ':oidc-provider/'.length) }];
    return known.flatMap(({ kind, arn, issuer, account: own }) =>
      kind === 'oidc' && issuer !== undefined && own === account && value.includes('*') ? [{ arn, issuer }] : [],
    );
  });
}

function subjectsOf({ conditions }: IamStatement, issuer: string): readonly string[] {
  const key = `${issuer}:sub`.toLowerCase();
  const found = conditions.filter(
    (one) => one.key.toLowerCase() === key && /^String(?:Equals|Like)/.test(one.operator),
  );
  return found.length === 0 ? ['*'] : found.flatMap((one) => one.values);
}

/** `https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html` */
function isClusterIssuer(issuer: string): boolean {
  return /^oidc\.eks\.[\w-]+\.amazonaws\.com(?:\.cn)?\/id\//.test(issuer);
}

/** `namespace/name` of a subject such as `system:serviceaccount:orders:orders`. */
function serviceAccountOf(subject: string): string {
  return /^system:serviceaccount:([^:]*):([^:]*)$/.exec(subject)?.slice(1).join('/') ?? subject;
}
