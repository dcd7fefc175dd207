import type { BoundSubject, Subject } from './types.ts';

const PREFIX = 'system:serviceaccount:';

/** The user name of a service account. */
export function accountName(namespace: string, name: string): string {
  return `${PREFIX}${namespace}:${name}`;
}

/** The namespace and name of a service account's user name; undefined for other users. */
export function accountOfUser(user: string): { readonly namespace: string; readonly name: string } | undefined {
  if (!user.startsWith(PREFIX)) return undefined;
  const parts = user.slice(PREFIX.length).split(':');
  const [namespace = '', name = ''] = parts;
  return parts.length === 2 && namespace !== '' && name !== '' ? { namespace, name } : undefined;
}

/** A user as the API server sees it after authentication: with the groups that it adds, and those that are given. */
export function subjectOf(user: string, groups: readonly string[] = []): Subject {
  if (user === 'system:anonymous') return { user, groups: [...groups, 'system:unauthenticated'] };
  const account = accountOfUser(user);
  const own = account === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`];
  return { user, groups: [...new Set([...groups, ...own, 'system:authenticated'])] };
}

/** The key under which a binding's subject is found: a user name, service accounts included, or a group. */
export function subjectKey({ kind, name, namespace }: BoundSubject, scopeNamespace?: string): string | undefined {
  if (kind === 'Group') return `group ${name}`;
  if (kind === 'User') return `user ${name}`;
  const own = namespace === undefined || namespace === '' ? (scopeNamespace ?? '') : namespace;
  return own === '' ? undefined : `user ${accountName(own, name)}`;
}
