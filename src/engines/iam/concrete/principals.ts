import type { IamPrincipal, IamPrincipals } from '../../../facts/iam-policy/types.ts';
import { roleOf } from '../principal-context.ts';
import type { RequestPrincipal } from '../types.ts';

/**
 * How near a Principal element names who makes a request; it decides which implicit denies an Allow overcomes.
 * - `direct`: the user, the session, the service, or `*`.
 * - `role`: the role of the session.
 * - `account`: the account, which may pass the permission on by its identity policies.
 */
export type Reach = 'direct' | 'role' | 'account';

const ORDER: readonly (Reach | undefined)[] = [undefined, 'account', 'role', 'direct'];

/** Whether and how an element names a principal; for NotPrincipal, `direct` where it does not spare the principal. */
export function reachOf(element: IamPrincipals, principal: RequestPrincipal): Reach | undefined {
  if (element.negated) return isSpared(element.principals, principal) ? undefined : 'direct';
  let best: Reach | undefined;
  for (const entry of element.principals) best = nearer(best, entryReach(entry, principal));
  return best;
}

/** The one that names the principal more directly. */
export function nearer(left: Reach | undefined, right: Reach | undefined): Reach | undefined {
  return ORDER.indexOf(right) > ORDER.indexOf(left) ? right : left;
}

function entryReach({ type, value }: IamPrincipal, principal: RequestPrincipal): Reach | undefined {
  const { kind, arn, account } = principal;
  if (type === 'Service') return kind === 'service' && (value === '*' || value === arn) ? 'direct' : undefined;
  if (type === 'Federated') return kind === 'federated' && isProvider(value, arn) ? 'direct' : undefined;
  if (type === 'CanonicalUser') return value === arn ? 'direct' : undefined;
  if (value === '*') return 'direct';
  if (account === undefined) return undefined;
  if (accountOf(value) === account) return kind === 'root' ? 'direct' : 'account';
  if (value === arn) return kind === 'role' ? 'role' : 'direct';
  return namesRole(value, principal) ? 'role' : undefined;
}

/**
 * NotPrincipal spares a principal only where each of its identities is listed: account, role, session; account, user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isSpared(listed: readonly IamPrincipal[], principal: RequestPrincipal): boolean {
  const { kind, arn, account } = principal;
  const aws = listed.filter(({ type }) => type === 'AWS');
  if (aws.some(({ value }) => value === '*')) return true;
  if (account === undefined) return listed.some((entry) => entryReach(entry, principal) === 'direct');
  if (!aws.some(({ value }) => accountOf(value) === account)) return false;
  if (kind === 'root') return true;
  if (kind !== 'role' && !aws.some(({ value }) => value === arn)) return false;
  return (kind !== 'role' && kind !== 'role-session') || aws.some(({ value }) => namesRole(value, principal));
}

/** The account of `arn:aws:iam::111122223333:root` and of `111122223333`. */
function accountOf(value: string): string | undefined {
  if (/^\d{12}$/.test(value)) return value;
  return /^arn:[^:]*:iam::(\d{12}):root$/.exec(value)?.[1];
}

/** Whether a text is the ARN of the principal's role. Where the role's path is not known, its name decides: it is unique in its account. */
function namesRole(value: string, principal: RequestPrincipal): boolean {
  const role = roleOf(principal);
  if (role === undefined || role === value) return role === value;
  if (principal.kind === 'role' || principal.role !== undefined) return false;
  const start = role.slice(0, role.indexOf('/') + 1);
  return value.startsWith(start) && value.endsWith(role.slice(role.lastIndexOf('/')));
}

/** An OIDC provider is called by its ARN or by its host. */
function isProvider(value: string, arn: string): boolean {
  return value === arn || (!arn.startsWith('arn:') && value.endsWith(`:oidc-provider/${arn}`));
}
