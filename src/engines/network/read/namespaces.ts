import { child } from '../../../lib/yaml/index.ts';
import type { Doubt, Labels } from '../types.ts';
import { readLabels } from './labels.ts';
import type { ClusterObject } from './objects.ts';

export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
const ACCOUNT_NAME = 'projectcalico.org/name';

/** Labels of what pods inherit from, by name. */
export interface Surroundings {
  readonly namespaces: ReadonlyMap<string, Labels>;
  /** By `namespace/name`. */
  readonly accounts: ReadonlyMap<string, Labels>;
}

export function surroundingsOf(objects: readonly ClusterObject[]): Surroundings {
  const namespaces = new Map<string, Labels>();
  const accounts = new Map<string, Labels>();
  for (const { fact, group, name, namespace } of objects) {
    if (group !== '') continue;
    const metadata = child(fact.root, 'metadata');
    if (fact.kind === 'Namespace')
      namespaces.set(name, agreed(namespaces.get(name), readLabels(metadata, [[NAMESPACE_NAME, name]])));
    else if (fact.kind === 'ServiceAccount' && typeof namespace === 'string') {
      const key = `${namespace}/${name}`;
      accounts.set(key, agreed(accounts.get(key), readLabels(metadata, [[ACCOUNT_NAME, name]])));
    }
  }
  return { namespaces, accounts };
}

/** The labels of a namespace; one that is not declared has its name and nothing else. */
export function namespaceLabels({ namespaces }: Surroundings, name: string | Doubt): Labels {
  if (typeof name !== 'string') return { known: new Map(), open: name };
  return namespaces.get(name) ?? { known: new Map([[NAMESPACE_NAME, name]]) };
}

export function accountLabels({ accounts }: Surroundings, namespace: string | Doubt, name: string | Doubt): Labels {
  if (typeof namespace !== 'string') return { known: new Map(), open: namespace };
  if (typeof name !== 'string') return { known: new Map(), open: name };
  return accounts.get(`${namespace}/${name}`) ?? { known: new Map([[ACCOUNT_NAME, name]]) };
}

/** What declarations of one object agree on; a label in which they differ is not known. */
function agreed(before: Labels | undefined, next: Labels): Labels {
  if (before === undefined) return next;
  const known = new Map<string, string | Doubt>();
  for (const key of new Set([...before.known.keys(), ...next.known.keys()])) {
    const [one, other] = [before.known.get(key), next.known.get(key)];
    const why = `declarations of one object differ in the label ${key}`;
    known.set(key, one !== undefined && one === other ? one : { why });
  }
  const open = before.open ?? next.open;
  return { known, ...(open === undefined ? {} : { open }) };
}
