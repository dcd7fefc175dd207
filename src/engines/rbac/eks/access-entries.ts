import type { Gap } from '../../../model/index.ts';
import type { ResourceInstance } from '../../terraform/index.ts';
import { unknownRule } from '../aggregate.ts';
import { parseRole } from '../bootstrap/parse.ts';
import { subjectOf } from '../subjects.ts';
import type { Binding, IamIdentity, Role, Scope } from '../types.ts';
import { ACCESS_POLICIES, SERVICE_POLICIES } from './access-policies.ts';
import { argument, textList, textOrWhy } from './values.ts';

/** What access entries add: who principals are, and the roles and bindings that stand for access policies. */
export interface AccessEntries {
  readonly identities: readonly IamIdentity[];
  readonly roles: readonly Role[];
  readonly bindings: readonly Binding[];
  readonly gaps: readonly Gap[];
}

/** Access entries and associated policies: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html. */
export function readAccessEntries(resources: readonly ResourceInstance[]): AccessEntries {
  const gaps: Gap[] = [];
  const identities = new Map<string, IamIdentity>();
  for (const entry of resources) {
    if (entry.type !== 'aws_eks_access_entry') continue;
    const identity = identityOf(entry, gaps);
    identities.set(identity.principal, identity);
  }
  const roles = new Map<string, Role>();
  const bindings = resources
    .filter(({ type }) => type === 'aws_eks_access_policy_association')
    .flatMap((association) => bindingOf(association, identities, roles, gaps));
  return { identities: [...identities.values()], roles: [...roles.values()], bindings, gaps };
}

/** The user and groups of an entry's principal, with the defaults that EKS sets for its type. */
function identityOf(entry: ResourceInstance, gaps: Gap[]): IamIdentity {
  const { address, headAt: at } = entry;
  const principal = textOrWhy(argument(entry, 'principal_arn')) ?? `(${address})`;
  const type = textOrWhy(argument(entry, 'type')) ?? 'STANDARD';
  const groups = textList(argument(entry, 'kubernetes_groups'));
  if (groups.unknown !== undefined) {
    gaps.push({
      reason: 'unresolved-value',
      message: `the groups of ${address} are not known: ${groups.unknown}`,
      at,
      identity: address,
    });
  }
  const isNode = /^(?:EC2|EC2_LINUX|EC2_WINDOWS|FARGATE_LINUX|HYBRID_LINUX|HYPERPOD_LINUX)$/.test(type);
  const user = isNode
    ? 'system:node:{{EC2PrivateDNSName}}'
    : (textOrWhy(argument(entry, 'user_name')) ?? userOf(principal));
  const own = isNode ? ['system:bootstrappers', 'system:nodes'] : [];
  return { principal, ...subjectOf(user, [...own, ...groups.values]), by: 'access-entry', at };
}

/** A user is its ARN; a role is the session of it, whose name each session chooses. */
function userOf(principal: string): string {
  const [, partition, account, name] = /^arn:([\w-]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(principal) ?? [];
  if (name === undefined) return principal;
  return `arn:${partition ?? ''}:sts::${account ?? ''}:assumed-role/${name}/{{SessionName}}`;
}

function bindingOf(
  association: ResourceInstance,
  identities: Map<string, IamIdentity>,
  roles: Map<string, Role>,
  gaps: Gap[],
): Binding[] {
  const { address, headAt: at } = association;
  const principal = textOrWhy(argument(association, 'principal_arn')) ?? `(${address})`;
  const policy = textOrWhy(argument(association, 'policy_arn')) ?? '';
  const name = policy.slice(policy.lastIndexOf('/') + 1);
  if (SERVICE_POLICIES.has(name)) return [];
  let identity = identities.get(principal);
  if (identity === undefined) {
    // EKS refuses an association without an entry: the entry stands elsewhere.
    identity = { principal, ...subjectOf(userOf(principal)), by: 'access-entry', at };
    identities.set(principal, identity);
  }
  const scope = scopeOf(association, gaps);
  const role = roles.get(name) ?? roleOf(name, address, gaps);
  roles.set(name, role);
  const subject = { kind: 'User', name: identity.user, at } as const;
  return [
    {
      name: address,
      scope,
      role: { kind: 'ClusterRole', name: role.name, at },
      subjects: [subject],
      source: 'eks',
      at,
    },
  ];
}

function scopeOf(association: ResourceInstance, gaps: Gap[]): Scope {
  const type = textOrWhy(argument(association, 'access_scope', 'type'));
  if (type === 'cluster') return { kind: 'cluster' };
  const { values, unknown } = textList(argument(association, 'access_scope', 'namespaces'));
  if (type !== 'namespace' || unknown !== undefined) {
    const { address, headAt: at } = association;
    gaps.push({ reason: 'unresolved-value', message: `the scope of ${address} is not known`, at, identity: address });
  }
  return type === 'namespace' ? { kind: 'globs', globs: values } : { kind: 'cluster' };
}

/** An access policy as a role. Its name holds a colon and a space, which no role of the product can have. */
function roleOf(name: string, address: string, gaps: Gap[]): Role {
  const row = ACCESS_POLICIES.find((policy) => policy.name === name);
  const called = `EKS access policy: ${name}`;
  if (row !== undefined) return { ...parseRole(row, 'eks'), name: called };
  const message = `${address} associates ${name === '' ? 'a policy that is not known' : name}, whose rules this version does not know`;
  gaps.push({ reason: 'engine-missing', message, identity: address });
  return { kind: 'ClusterRole', name: called, labels: new Map(), rules: [unknownRule(message)], source: 'eks' };
}
