import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import { child, itemsOf, textOf } from '../../lib/yaml/index.ts';

const DEFAULT = 'default';

/**
 * The namespace of objects that name none: the one in which bindings of the same folder look for the service accounts
 * that stand there without a namespace, where they agree; otherwise `default`, as `kubectl apply` has it.
 */
export function namespaceFinder(facts: readonly KubernetesFact[]): (fact: KubernetesFact) => string {
  const homeless = new Map<string, Set<string>>();
  for (const { kind, name, namespace, path } of facts) {
    if (kind === 'ServiceAccount' && namespace === undefined && name !== undefined) {
      add(homeless, folderOf(path), name);
    }
  }
  const guesses = new Map<string, Set<string>>();
  for (const { kind, root, path } of homeless.size === 0 ? [] : facts) {
    if (kind !== 'ClusterRoleBinding' && kind !== 'RoleBinding') continue;
    const folder = folderOf(path);
    for (const subject of itemsOf(child(root, 'subjects'))) {
      const namespace = textOf(child(subject, 'namespace'));
      const name = textOf(child(subject, 'name')) ?? '';
      const isAccount = textOf(child(subject, 'kind')) === 'ServiceAccount';
      if (isAccount && namespace !== undefined && homeless.get(folder)?.has(name) === true)
        add(guesses, folder, namespace);
    }
  }
  return ({ namespace, path }) => {
    if (namespace !== undefined) return namespace;
    const [guess, ...others] = guesses.get(folderOf(path)) ?? [];
    return guess === undefined || others.length > 0 ? DEFAULT : guess;
  };
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
