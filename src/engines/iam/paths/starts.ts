import type { SourceLocation } from '../../../model/index.ts';
import type { IamWorld } from '../account/types.ts';
import type { Certainty, PathModel, PathNode } from './model.ts';
import { outsider } from './identities.ts';

/** Where somebody begins: a person's credentials, a workload, CI, another account. */
export interface Start {
  /** Names it in reports and on the command line. */
  readonly id: string;
  readonly kind: 'person' | 'workload' | 'ci' | 'outside';
  readonly label: string;
  readonly node: PathNode;
  readonly certainty: Certainty;
  /** Why it is a start. */
  readonly why: string;
  readonly at: SourceLocation;
}

/** Everybody who begins anywhere. */
export function startsOf(model: PathModel): Start[] {
  return [...people(model), ...workloads(model), ...federated(model), ...outsiders(model)];
}

function people({ world, identities }: PathModel): Start[] {
  const users = world.users.flatMap((user): Start[] => {
    const identity = identities.get(user.arn);
    if (identity === undefined || !user.declared) return [];
    const head = { kind: 'person' as const, label: user.arn };
    const key =
      user.accessKeys.find(({ status }) => status === 'Active') ??
      user.accessKeys.find(({ status }) => status === 'unknown');
    const starts: Start[] = [];
    const add = (credential: PathNode['credential'], certainty: Certainty, why: string, at: SourceLocation) =>
      starts.push({ ...head, id: `${user.arn}#${credential}`, node: { identity, credential }, certainty, why, at });
    if (key !== undefined) add('key', key.status === 'Active' ? 'certain' : 'possible', `a key: ${key.source}`, key.at);
    const login = user.loginProfile;
    const { enrolled } = user.mfa;
    // The console asks for the second factor of who has one.
    if (login !== undefined && enrolled !== true)
      add('console', enrolled === false ? 'certain' : 'possible', `a password: ${login.source}`, login.at);
    if ((key !== undefined || login !== undefined) && enrolled !== false)
      add('mfa', 'certain', 'signed in with a second factor', user.at);
    return starts;
  });
  const central = [...identities.values()].flatMap((identity): Start[] => {
    if (identity.kind !== 'person') return [];
    const node = { identity, credential: 'session' as const };
    const why = 'signs in at Identity Center';
    return [{ id: identity.id, kind: 'person', label: identity.id, node, certainty: 'certain', why, at: identity.at }];
  });
  return [...users, ...central];
}

function workloads({ world, identities }: PathModel): Start[] {
  return world.workloads.flatMap((workload): Start[] => {
    const identity = identities.get(workload.role);
    if (identity === undefined) return [];
    const label = `${workload.kind} ${workload.name}`;
    const node = { identity, credential: 'session' as const };
    const certainty = workload.certain ? 'certain' : 'possible';
    const kind = workload.kind === 'ci' ? 'ci' : 'workload';
    const { at, source } = workload;
    return [
      {
        id: `${label} as ${workload.role}`,
        kind,
        label,
        node,
        certainty,
        why: `runs as ${workload.role}: ${source}`,
        at,
      },
    ];
  });
}

/** Roles for whom a SAML provider signs in. */
function federated({ allRoles, identities }: PathModel): Start[] {
  return allRoles.flatMap((role) => {
    const identity = identities.get(role.arn);
    const providers = new Set(
      role.trust.most.statements
        .filter(({ effect }) => effect === 'Allow')
        .flatMap(({ principals }) => principals?.principals ?? [])
        .flatMap(({ type, value }) => (type === 'Federated' && value.includes(':saml-provider/') ? [value] : [])),
    );
    if (identity === undefined) return [];
    return [...providers].map((provider): Start => {
      const label = `people of ${provider}`;
      const node = { identity, credential: 'session' as const };
      const certainty = role.trust.most === role.trust.least ? 'certain' : 'possible';
      const why = `${provider} signs in for ${role.arn}`;
      return { id: `${label} as ${role.arn}`, kind: 'person', label, node, certainty, why, at: role.trustAt };
    });
  });
}

/** Accounts that trust policies name and that are not of this world; `*` is anybody. */
function outsiders({ world, allRoles }: PathModel): Start[] {
  const own = new Set(world.accounts.map(({ id }) => id));
  const accounts = new Map<string, SourceLocation>();
  for (const { trust, trustAt } of allRoles) {
    for (const { effect, principals, at } of trust.most.statements) {
      if (effect !== 'Allow' || principals === undefined) continue;
      for (const { type, value } of principals.principals) {
        if (type !== 'AWS') continue;
        const named = /^\d{12}$/.test(value) ? value : /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/.exec(value)?.[1];
        const id = principals.negated || value.includes('*') ? strange(world) : named;
        if (id !== undefined && !own.has(id) && !accounts.has(id)) accounts.set(id, at ?? trustAt);
      }
    }
  }
  return [...accounts].map(([id, at]) => {
    const label = id === strange(world) ? 'anybody with an AWS account' : `anybody in account ${id}`;
    const node = { identity: outsider(id, at), credential: 'session' as const };
    return { id: label, kind: 'outside', label, node, certainty: 'certain', why: 'a trust policy names it', at };
  });
}

/** Id of an account that nobody names. */
function strange({ accounts }: IamWorld): string {
  let id = '999999999999';
  while (accounts.some((account) => account.id === id)) id = String(Number(id) - 1);
  return id;
}
