import type { IamRole, IamWorld } from '../iam/account/types.ts';
import type { SourceLocation } from '../../model/index.ts';

/** A role that lets in whoever brings a token of an issuer. */
export interface RoleAndIssuer {
  readonly role: IamRole;
  /** ARN of the provider. */
  readonly provider: string;
  /** Host and path of the issuer. */
  readonly issuer: string;
  /** The statement that trusts it. */
  readonly at: SourceLocation;
}

/** Every declared role with each OIDC provider that its trust policy may let in. */
export function trustingRoles({ roles, providers }: IamWorld): RoleAndIssuer[] {
  return roles.flatMap((role) => {
    if (!role.declared) return [];
    const found = role.trust.most.statements
      .filter((statement) => statement.effect === 'Allow' && statement.principals !== undefined)
      .flatMap((statement) =>
        providersIn(statement.principals?.principals ?? [], role, providers).map((one) => ({
          ...one,
          role,
          at: statement.at ?? role.trustAt,
        })),
      );
    return [...new Map(found.map((one) => [one.provider, one])).values()];
  });
}

function providersIn(
  principals: readonly { readonly type: string; readonly value: string }[],
  role: IamRole,
  known: IamWorld['providers'],
): { readonly provider: string; readonly issuer: string }[] {
  return principals.flatMap(({ type, value }) => {
    if (type !== 'Federated') return [];
    const at = value.indexOf(':oidc-provider/');
    if (at >= 0 && !value.includes('*'))
      return [{ provider: value, issuer: value.slice(at + ':oidc-provider/'.length) }];
    if (!value.includes('*') || value.includes(':saml-provider/')) return [];
    // What the value will be is not known: any provider of the account may be meant, also one that is not in sight.
    const declared = known.flatMap(({ kind, arn, issuer, account }) =>
      kind === 'oidc' && issuer !== undefined && account === role.account ? [{ provider: arn, issuer }] : [],
    );
    return declared.length === 0 ? [{ provider: value, issuer: 'a provider that is not in sight' }] : declared;
  });
}
