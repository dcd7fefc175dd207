import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import { child, itemsOf, textOf, whyUnknown, type YamlNode } from '../../lib/yaml/index.ts';
import type { Binding, BoundSubject, Scope } from './types.ts';

/** Subjects of one binding that are read. */
const MOST_SUBJECTS = 20_000;

/** A RoleBinding or ClusterRoleBinding: https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/role-binding-v1/. */
export function readBinding({ kind, root, at }: KubernetesFact, name: string, namespace: string): Binding {
  const scope: Scope = kind === 'RoleBinding' ? { kind: 'namespace', namespace } : { kind: 'cluster' };
  const roleRef = child(root, 'roleRef');
  const roleName = child(roleRef, 'name');
  const list = child(root, 'subjects');
  const subjects: BoundSubject[] = [];
  const ofRole = [roleRef, roleName, child(roleRef, 'kind')].map(whyUnknown);
  const unknown = [whyUnknown(list)];
  const items = itemsOf(list);
  if (items.length > MOST_SUBJECTS) unknown.push(`only ${MOST_SUBJECTS} of its subjects are read`);
  for (const node of items.slice(0, MOST_SUBJECTS)) {
    unknown.push(...[node, child(node, 'name'), child(node, 'namespace'), child(node, 'kind')].map(whyUnknown));
    const subject = readSubject(node, scope.kind === 'namespace' ? namespace : undefined);
    if (subject !== undefined) subjects.push(subject);
  }
  const hole = unknown.find((one) => one !== undefined);
  const why = hole ?? ofRole.find((one) => one !== undefined);
  return {
    name,
    scope,
    role: {
      kind: textOf(child(roleRef, 'kind')) ?? '',
      name: textOf(roleName) ?? '',
      ...(roleRef === undefined ? {} : { at: roleRef.at }),
    },
    subjects,
    source: 'product',
    at,
    ...(why === undefined ? {} : { maybe: `the ${kind} ${name} is not known whole: ${why}` }),
    ...(hole === undefined ? {} : { anybody: true }),
  };
}

/** Subjects of other kinds, and those without a name, are nobody. */
function readSubject(node: YamlNode, namespace: string | undefined): BoundSubject | undefined {
  const kind = textOf(child(node, 'kind'));
  const name = textOf(child(node, 'name'));
  if (name === undefined) return undefined;
  if (kind === 'User' || kind === 'Group') return { kind, name, at: node.at };
  if (kind !== 'ServiceAccount') return undefined;
  const own = textOf(child(node, 'namespace')) ?? namespace;
  return { kind, name, at: node.at, ...(own === undefined ? {} : { namespace: own }) };
}
