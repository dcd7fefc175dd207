import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import { principalContext } from '../principal-context.ts';
import { OF_PRINCIPAL } from './domains.ts';
import { nearness } from './nearness.ts';
import type { Subject } from './subjects.ts';
import type { RequestQuery } from './types.ts';

/**
 * A text for each class of principals, the same for classes that these policies cannot tell apart: each statement names them in the
 * same way, and the keys that anything asks about are the same. What is refuted for one of them is refuted for all.
 */
export function differencesOf(policies: readonly IamPolicy[], query: RequestQuery): (subject: Subject) => string {
  const asked = new Set(policies.flatMap((policy) => [...keysAskedBy(policy)]));
  for (const { key } of query.space?.conditions ?? []) asked.add(key.toLowerCase());
  const keys = [...OF_PRINCIPAL, 'aws:userid', 'aws:resourceaccount'].filter((key) => asked.has(key));
  return ({ principal, arns }) => {
    const named = policies.flatMap(({ statements }) =>
      statements.map(({ principals }) => (principals === undefined ? '' : (nearness(principals, principal) ?? '-'))),
    );
    const { resourceAccount } = query;
    const own = principalContext({
      principal,
      action: '',
      resource: '',
      context: new Map(),
      ...(resourceAccount === undefined ? {} : { resourceAccount }),
    });
    const open = arns !== undefined && (asked.has('aws:principalarn') || asked.has('aws:username'));
    return [
      principal.kind === 'root' || principal.kind === 'federated-user' ? principal.kind : '',
      String(principal.account === undefined),
      String(resourceAccount === undefined || resourceAccount === principal.account),
      String(principal.serviceLinked),
      open ? String(arns.within.id) : '',
      ...named,
      ...keys.map((key) => own.get(key) ?? '-'),
    ].join(' ');
  };
}

const askedBy = new WeakMap<IamPolicy, ReadonlySet<string>>();

/** The keys in lower case that a policy compares or uses as a variable. */
function keysAskedBy(policy: IamPolicy): ReadonlySet<string> {
  const known = askedBy.get(policy);
  if (known !== undefined) return known;
  const keys = new Set<string>();
  for (const { resources, conditions } of policy.statements) {
    for (const { key } of conditions) keys.add(key.toLowerCase());
    const texts = [...(resources?.patterns ?? []), ...conditions.flatMap(({ values }) => values)];
    for (const text of texts)
      for (const [, name = ''] of text.matchAll(/\$\{([^},]+)/g)) keys.add(name.trim().toLowerCase());
  }
  askedBy.set(policy, keys);
  return keys;
}
