import type { IamRequest, RequestPrincipal } from './types.ts';

/**
 * Context keys, in lower case, that follow from who makes a request and whose resource it is; what the request itself
 * gives goes before. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function principalContext({ principal, resourceAccount }: IamRequest): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const type = typeOf(principal);
  const owner = resourceAccount ?? principal.account;
  if (principal.kind !== 'anonymous') keys.set('aws:principalisawsservice', String(principal.kind === 'service'));
  if (principal.kind === 'service') keys.set('aws:principalservicename', principal.arn);
  if (principal.account !== undefined) {
    keys.set('aws:principalaccount', principal.account);
    keys.set('aws:principalarn', roleOf(principal) ?? principal.arn);
  }
  if (type !== undefined) keys.set('aws:principaltype', type);
  if (principal.kind === 'user') keys.set('aws:username', lastSegment(principal.arn));
  if (principal.kind === 'root' && principal.account !== undefined) keys.set('aws:userid', principal.account);
  if (principal.kind === 'anonymous') keys.set('aws:userid', 'anonymous');
  if (owner !== undefined) keys.set('aws:resourceaccount', owner);
  return keys;
}

/**
 * ARN of the role behind a session or of a role itself. A session's own ARN has no path: where the role is not given, it
 * is taken to have none.
 */
export function roleOf({ kind, arn, role }: RequestPrincipal): string | undefined {
  if (kind === 'role') return arn;
  if (kind !== 'role-session') return undefined;
  if (role !== undefined) return role;
  const [, partition, account, name] = /^arn:([^:]*):sts::([^:]*):assumed-role\/([^/]+)/.exec(arn) ?? [];
  return name === undefined ? undefined : `arn:${partition ?? ''}:iam::${account ?? ''}:role/${name}`;
}

function typeOf({ kind }: RequestPrincipal): string | undefined {
  switch (kind) {
    case 'user':
      return 'User';
    case 'role':
    case 'role-session':
      return 'AssumedRole';
    case 'federated-user':
      return 'FederatedUser';
    case 'root':
      return 'Account';
    case 'anonymous':
      return 'Anonymous';
    case 'service':
    case 'federated':
      return undefined;
  }
}

function lastSegment(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
