import { capabilityClosure, type Closure, type Forbids, type PathStep } from './closure/closure.ts';
import { nodeKey, type Node } from './closure/nodes.ts';
import type { RbacModel, Secret } from './types.ts';

/** Somebody who can read a secret, directly or in the end. */
export interface SecretReader {
  readonly who: Node;
  /** From somebody to the secret, shortest first. */
  readonly path: readonly PathStep[];
}

/** Who can read what: every secret that is declared or named, in the order of namespace and name. */
export function secretReaders(
  model: RbacModel,
  options: { readonly forbids?: Forbids } = {},
): { readonly secret: Secret; readonly readers: readonly SecretReader[] }[] {
  const closure = capabilityClosure(model, options);
  return model.secrets.map((secret) => ({ secret, readers: readersOf(secret, closure) }));
}

/** Everybody with a path to a secret, and the workloads with one, nearest first. */
function readersOf({ namespace, name }: Secret, closure: Closure): SecretReader[] {
  const to: Node = { kind: 'secret', namespace, name };
  return [...closure.identities, ...closure.workloads]
    .flatMap((who) => {
      const path = closure.path(who, to);
      return path === undefined ? [] : [{ who, path }];
    })
    .sort((a, b) => distance(a) - distance(b) || (nodeKey(a.who) < nodeKey(b.who) ? -1 : 1));
}

function distance({ path }: SecretReader): number {
  return path.filter(({ isPart }) => isPart !== true).length;
}
