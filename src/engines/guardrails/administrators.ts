import type { IamPolicy } from '../../facts/iam-policy/types.ts';
import { matchesReferenceGlob } from '../../lib/glob.ts';
import type { RequestPrincipal } from '../iam/types.ts';
import type { Invariant } from './types.ts';

/** Whoever an account's own policies forbid nothing: what is left is what the organisation forbids. */
export const EVERYTHING: IamPolicy = {
  version: '2012-10-17',
  name: 'AdministratorAccess',
  statements: [
    {
      index: 0,
      effect: 'Allow',
      actions: { negated: false, patterns: ['*'] },
      resources: { negated: false, patterns: ['*'] },
      conditions: [],
    },
  ],
};

/** Another account lets its resource be used. */
export const SHARED: IamPolicy = {
  version: '2012-10-17',
  name: 'shared by its owner',
  statements: EVERYTHING.statements.map((statement) => ({
    ...statement,
    principals: { negated: false, principals: [{ type: 'AWS', value: '*' }] },
  })),
};

/** The owner of what is shared with an account: any account outside the organisation. */
export const FOREIGN_ACCOUNT = '999999999999';

/** Administrators of an account as a drill plays them: a role and a user, or the root user. */
export function drillPrincipals(account: string, { asRoot, except }: Invariant): RequestPrincipal[] {
  const iam = `arn:aws:iam::${account}:`;
  if (asRoot === true) return [{ kind: 'root', arn: `${iam}root`, account }];
  const role = `${iam}role/administrator`;
  const all: RequestPrincipal[] = [
    { kind: 'role-session', arn: `arn:aws:sts::${account}:assumed-role/administrator/drill`, account, role },
    { kind: 'user', arn: `${iam}user/administrator`, account },
  ];
  return all.filter((one) => !except.some((glob) => matchesReferenceGlob(glob, one.role ?? one.arn)));
}
