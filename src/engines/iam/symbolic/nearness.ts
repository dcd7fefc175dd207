import type { IamPrincipal, IamPrincipals } from '../../../facts/iam-policy/types.ts';
import { roleOf } from '../principal-context.ts';
import type { RequestPrincipal } from '../types.ts';

/** How nearly a `Principal` element names who asks: themselves, the role of their session, or only their account. */
export type Nearness = 'direct' | 'role' | 'account';

/**
 * The nearest way in which an element names a principal; undefined where it does not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function nearness({ negated, principals }: IamPrincipals, who: RequestPrincipal): Nearness | undefined {
  if (negated) return isLeftOut(principals, who) ? undefined : 'direct';
  const ways = new Set(principals.map((entry) => wayOf(entry, who)));
  return (['direct', 'role', 'account'] as const).find((way) => ways.has(way));
}

function wayOf(entry: IamPrincipal, who: RequestPrincipal): Nearness | undefined {
  switch (entry.type) {
    case 'CanonicalUser':
      return entry.value === who.arn ? 'direct' : undefined;
    case 'Service':
      return who.kind === 'service' && (entry.value === '*' || entry.value === who.arn) ? 'direct' : undefined;
    case 'Federated': {
      const byHost = !who.arn.startsWith('arn:') && entry.value.endsWith(`:oidc-provider/${who.arn}`);
      return who.kind === 'federated' && (entry.value === who.arn || byHost) ? 'direct' : undefined;
    }
    case 'AWS':
      return wayOfAws(entry.value, who);
  }
}

function wayOfAws(value: string, who: RequestPrincipal): Nearness | undefined {
  if (value === '*') return 'direct';
  if (who.account === undefined) return undefined;
  if (isAccount(value, who.account)) return who.kind === 'root' ? 'direct' : 'account';
  if (value === who.arn) return who.kind === 'role' ? 'role' : 'direct';
  return isRoleOf(value, who) ? 'role' : undefined;
}

/**
 * `NotPrincipal` leaves somebody out where all that they are is listed: the account, and the user, or the role and the session.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isLeftOut(listed: readonly IamPrincipal[], who: RequestPrincipal): boolean {
  const values = listed.flatMap(({ type, value }) => (type === 'AWS' ? [value] : []));
  if (values.includes('*')) return true;
  const { account } = who;
  if (account === undefined) return listed.some((entry) => wayOf(entry, who) === 'direct');
  if (!values.some((value) => isAccount(value, account))) return false;
  switch (who.kind) {
    case 'root':
      return true;
    case 'role':
      return values.includes(who.arn);
    case 'role-session':
      return values.includes(who.arn) && values.some((value) => isRoleOf(value, who));
    default:
      return values.includes(who.arn);
  }
}

function isAccount(value: string, account: string): boolean {
  return value === account || (value.endsWith(`:iam::${account}:root`) && /^arn:[^:]*:iam::/.test(value));
}

/** Where a session does not say its role's path, the name decides. */
function isRoleOf(value: string, who: RequestPrincipal): boolean {
  const role = roleOf(who);
  if (role === undefined) return false;
  if (value === role || who.kind === 'role' || who.role !== undefined) return value === role;
  return value.startsWith(role.slice(0, role.indexOf('/') + 1)) && value.endsWith(role.slice(role.lastIndexOf('/')));
}
