import { ownRepository } from '../engines/ci-identities/own-repository.ts';
import type { CiRepository } from '../engines/ci-identities/types.ts';
import type { Context } from './context.ts';

/** The repository at GitHub that the tree is kept in; undefined where that is not known. */
export function repositoryOf({ terraform, facts, declared }: Context): CiRepository | undefined {
  return ownRepository({
    resources: terraform.roots.flatMap((root) => root.resources),
    rules: facts['branch-rules'],
    defaultBranch: declared.defaultBranch,
    ...(declared.repository === undefined ? {} : { declaredName: declared.repository }),
  });
}
