import { decode, scan, type IgnoreList, type Ruleset, type SecretHit } from '../../../engines/secrets/index.ts';
import type { FileTree, HistoryCommit } from '../../../model/index.ts';

/** A file of the tree that holds a secret. */
interface Place {
  readonly path: string;
  /** The team says that it is not real there. */
  readonly isDismissed: boolean;
}

/** Where the secrets of the tree stand, by what they are compared by. */
export type Places = ReadonlyMap<string, readonly Place[]>;

/** Searches the tree for what the history is compared with. */
export async function placesOf(tree: FileTree, ruleset: Ruleset, ignore: IgnoreList | undefined): Promise<Places> {
  const found = new Map<string, Place[]>();
  const options = ignore === undefined ? {} : { ignore };
  for (const { path, linkTo } of tree.files) {
    const read = linkTo === undefined ? await tree.read(path) : undefined;
    if (read?.ok !== true) continue;
    const decoded = decode(read.bytes);
    for (const hit of scan({ path, text: decoded.binary ? '' : decoded.text }, ruleset, options).hits) {
      const place = { path, isDismissed: hit.ignoredBy !== undefined };
      const known = found.get(nameOf(hit));
      if (known === undefined) found.set(nameOf(hit), [place]);
      else known.push(place);
    }
  }
  return found;
}

/**
 * `told` where the worktree control tells of the same secret; otherwise the file outside of every product that holds it,
 * if there is one. A file where the team dismissed it speaks for its own older versions and for no other file.
 */
export function standingOf(
  hit: SecretHit,
  places: Places,
  isProducts: (path: string) => boolean = () => true,
): 'told' | { readonly path: string } | undefined {
  const all = places.get(nameOf(hit)) ?? [];
  const speaking = all.filter(({ path, isDismissed }) => !isDismissed || path === hit.location.path);
  const told = speaking.some(({ path }) => isProducts(path) || path.startsWith('.github/'));
  return told ? 'told' : speaking[0];
}

/** Commits whose authors go by no secret: a name is text that anybody may set. */
export function withoutSecrets(
  commits: ReadonlyMap<string, HistoryCommit>,
  secrets: readonly string[],
): ReadonlyMap<string, HistoryCommit> {
  const unique = [...new Set(secrets)].filter((secret) => secret !== '');
  return new Map(
    [...commits].map(([id, commit]) => {
      const isNamed = unique.some((secret) => commit.author.includes(secret));
      return [id, isNamed ? { ...commit, author: 'a name that holds a secret' } : commit];
    }),
  );
}

/** What a secret is compared by: itself, or the file where a rule speaks of its name alone. */
function nameOf({ secret, rule, location }: SecretHit): string {
  return secret === '' ? `${rule}\0${location.path}` : secret;
}
