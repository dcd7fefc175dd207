import type { KubernetesFact } from '../../../facts/kubernetes/types.ts';
import { child, itemsOf, parseYaml, textOf, whyUnknown, type YamlNode } from '../../../lib/yaml/index.ts';
import type { Gap, SourceLocation } from '../../../model/index.ts';
import { textsOf } from '../read-values.ts';
import { subjectOf } from '../subjects.ts';
import type { IamIdentity } from '../types.ts';

/** Who IAM principals are, and what of it is not known. */
export interface ReadIdentities {
  readonly identities: readonly IamIdentity[];
  readonly gaps: readonly Gap[];
}

const ARN = { mapRoles: 'rolearn', mapUsers: 'userarn' } as const;

/**
 * The ConfigMap aws-auth: https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html. Templates such as
 * `{{SessionName}}` stay as they are: each session has its own name, and no binding names it.
 */
export function readAwsAuth({ root, at }: KubernetesFact): ReadIdentities {
  const identities: IamIdentity[] = [];
  const gaps: Gap[] = [];
  const data = child(root, 'data');
  for (const key of ['mapRoles', 'mapUsers', 'mapAccounts'] as const) {
    const node = child(data, key);
    const why = whyUnknown(data) ?? whyUnknown(node);
    if (why !== undefined) {
      gaps.push({
        reason: 'unresolved-value',
        message: `${key} of the ConfigMap aws-auth is not known: ${why}`,
        at: node?.at ?? at,
      });
      continue;
    }
    for (const item of documentOf(node, gaps)) {
      const place = below(node?.at ?? at, item.at);
      const identity = key === 'mapAccounts' ? ofAccount(item, place) : ofEntry(item, ARN[key], place, gaps);
      if (identity !== undefined) identities.push(identity);
    }
  }
  return { identities, gaps };
}

/** The list that a text holds. */
function documentOf(node: YamlNode | undefined, gaps: Gap[]): readonly YamlNode[] {
  const text = textOf(node);
  if (node === undefined || text === undefined) return [];
  const [document] = parseYaml(node.at.path, text);
  if (document === undefined) return [];
  if (document.ok) return itemsOf(document.root);
  gaps.push({
    reason: 'unparsed-file',
    message: `a part of the ConfigMap aws-auth is not readable as YAML: ${document.message}`,
    at: node.at,
  });
  return [];
}

function ofEntry(item: YamlNode, field: string, at: SourceLocation, gaps: Gap[]): IamIdentity | undefined {
  const principal = textOf(child(item, field));
  if (principal === undefined) return undefined;
  const groups = textsOf(child(item, 'groups'));
  if (groups.unknown !== undefined) {
    gaps.push({
      reason: 'unresolved-value',
      message: `the groups of ${principal} are not known: ${groups.unknown}`,
      at,
    });
  }
  if (field === 'rolearn' && /:role\/.*\//.test(principal)) {
    const message = `aws-auth maps ${principal} with its path, which the authenticator never sees: nobody is mapped`;
    gaps.push({ reason: 'unresolved-value', message, at, closes: 'leave the path out of rolearn' });
    return undefined;
  }
  const user = textOf(child(item, 'username')) ?? principal;
  return { principal, ...subjectOf(user, groups.values), by: 'aws-auth', at };
}

/** Every principal of the account becomes the user of its ARN, with no group of its own. */
function ofAccount(item: YamlNode, at: SourceLocation): IamIdentity | undefined {
  const account = textOf(item);
  if (account === undefined) return undefined;
  const principal = `arn:aws:iam::${account}:*`;
  return { principal, ...subjectOf(principal), by: 'aws-auth', at };
}

/** A place in a text that stands in another one: that one, because the lines of a folded text are not the source's. */
function below(outer: SourceLocation, inner: SourceLocation): SourceLocation {
  return { ...outer, route: `${outer.route ?? ''}${inner.route ?? ''}` };
}
