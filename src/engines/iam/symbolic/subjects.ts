import { patternSet, type PatternSet } from '../../../lib/automata/pattern-set.ts';
import { literalTokens, type Token } from '../../../lib/automata/tokens.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { RequestPrincipal } from '../types.ts';
import type { FreePrincipal } from './types.ts';

/** Principals that no `Principal` element tells apart. */
export interface Subject {
  /** One of them. */
  readonly principal: RequestPrincipal;
  /** Where more than one: the values of aws:PrincipalArn that they have. */
  readonly arns?: { readonly within: PatternSet; readonly outside: readonly PatternSet[] };
}

/** All principals of some kinds, in classes. */
export interface Subjects {
  readonly subjects: readonly Subject[];
  /** Why the classes may miss somebody; undefined where they are complete. */
  readonly incomplete?: string;
}

/** The classes into which the policies divide principals: everybody whom they name, and the others of each account. */
export function subjectsOf(
  free: FreePrincipal,
  policies: readonly IamPolicy[],
  resourceAccount: string | undefined,
): Subjects {
  const named = namesIn(policies);
  if (resourceAccount !== undefined) named.accounts.add(resourceAccount);
  const known = free.account === undefined ? [...named.accounts, freshAccount(named.accounts)] : [free.account];
  const accounts = known.filter((account) => account !== free.notAccount);
  const subjects: Subject[] = [];
  for (const kind of free.kinds ?? ALL_KINDS) {
    if (kind === 'anonymous') subjects.push({ principal: { kind, arn: '*' } });
    else if (kind === 'service') subjects.push(...bare(kind, named.services, 'unnamed.amazonaws.com'));
    else if (kind === 'federated') subjects.push(...bare(kind, named.providers, 'unnamed.example'));
    else for (const account of accounts) subjects.push(...ofAccount(kind, account, named));
  }
  return { subjects, ...(named.incomplete === undefined ? {} : { incomplete: named.incomplete }) };
}

type Kind = RequestPrincipal['kind'];

/** A role acts through its sessions. */
const ALL_KINDS: readonly Kind[] = [
  'user',
  'role-session',
  'root',
  'federated-user',
  'service',
  'federated',
  'anonymous',
];

/** The principal of a class whose aws:PrincipalArn is this. */
export function principalWithArn({ principal }: Subject, arn: string): RequestPrincipal {
  if (principal.kind !== 'role-session') return { ...principal, arn };
  return sessionOf(arn, principal.account ?? '');
}

function sessionOf(role: string, account: string): RequestPrincipal {
  const [, partition = 'aws'] = role.split(':');
  const name = role.slice(role.lastIndexOf('/') + 1);
  return { kind: 'role-session', arn: `arn:${partition}:sts::${account}:assumed-role/${name}/session`, account, role };
}

function bare(kind: 'service' | 'federated', named: ReadonlySet<string>, unnamed: string): readonly Subject[] {
  return [...named, unnamed].map((arn) => ({ principal: { kind, arn } }));
}

function ofAccount(kind: Kind, account: string, named: Names): readonly Subject[] {
  if (kind === 'root') return [{ principal: { kind, arn: `arn:aws:iam::${account}:root`, account } }];
  const mine = [...named.arns].filter((arn) => arn.split(':')[4] === account);
  if (kind === 'role-session') {
    const sessions = mine.flatMap((arn) => sessionNamed(arn) ?? []);
    const roles = [...mine.filter((arn) => arn.includes(':role/')), ...sessions.flatMap(({ role }) => role ?? [])];
    const known = [...sessions, ...roles.map((role) => sessionOf(role, account))];
    return [...known.map((principal) => ({ principal })), others(kind, account, 'role', roles)];
  }
  const word = kind === 'federated-user' || kind === 'role' ? kind : 'user';
  const arns = mine.filter((arn) => arn.includes(`:${word}/`));
  return [...arns.map((arn) => ({ principal: { kind, arn, account } })), others(kind, account, word, arns)];
}

function sessionNamed(arn: string): RequestPrincipal | undefined {
  const [, partition = '', account = '', role = ''] =
    /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role === '') return undefined;
  return { kind: 'role-session', arn, account, role: `arn:${partition}:iam::${account}:role/${role}` };
}

const NAME: readonly Token[] = [
  { kind: 'star', except: ':*?' },
  { kind: 'any', except: ':/*?' },
];

/** The users or roles of an account that no policy names. */
function others(
  kind: Kind,
  account: string,
  word: 'user' | 'role' | 'federated-user',
  named: readonly string[],
): Subject {
  const prefix = `arn:aws:${word === 'federated-user' ? 'sts' : 'iam'}::${account}:${word}/`;
  let arn = `${prefix}unnamed`;
  while (named.includes(arn)) arn = `${arn}-x`;
  return {
    principal: kind === 'role-session' ? sessionOf(arn, account) : { kind, arn, account },
    arns: {
      within: patternSet([[...literalTokens(prefix), ...NAME]]),
      outside: named.length === 0 ? [] : [patternSet(named.map((text) => literalTokens(text)))],
    },
  };
}

interface Names {
  readonly arns: ReadonlySet<string>;
  readonly accounts: Set<string>;
  readonly services: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
  readonly incomplete: string | undefined;
}

const ACCOUNT_KEYS: ReadonlySet<string> = new Set(['aws:principalarn', 'aws:principalaccount']);

function namesIn(policies: readonly IamPolicy[]): Names {
  const arns = new Set<string>();
  const accounts = new Set<string>();
  const services = new Set<string>();
  const providers = new Set<string>();
  let incomplete: string | undefined;
  for (const { principals, conditions } of policies.flatMap(({ statements }) => statements)) {
    for (const { type, value } of principals?.principals ?? []) {
      if (value === '*') continue;
      if (type === 'Service') services.add(value);
      else if (type === 'Federated') providers.add(value);
      else if (type === 'AWS') {
        const account = /^\d{12}$/.exec(value)?.[0] ?? value.split(':')[4] ?? '';
        if (/^\d{12}$/.test(account)) accounts.add(account);
        if (value.startsWith('arn:')) arns.add(value);
      }
    }
    for (const { key, values } of conditions) {
      if (!ACCOUNT_KEYS.has(key.toLowerCase())) continue;
      for (const value of values) {
        const account = value.startsWith('arn:') ? (value.split(':')[4] ?? '') : value;
        if (/^\d{12}$/.test(account)) accounts.add(account);
        else if (/[\d?]/.test(account) && !value.startsWith('${') && /^[\d?*]+$/.test(account))
          incomplete ??= `accounts are told apart by a pattern: ${value}`;
      }
    }
  }
  return { arns, accounts, services, providers, incomplete };
}

function freshAccount(taken: ReadonlySet<string>): string {
  for (let number = 111122223333; ; number += 111111111) {
    const account = String(number);
    if (!taken.has(account)) return account;
  }
}
