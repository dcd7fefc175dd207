import type { HistoryVersion } from '../../model/index.ts';
import { streamGit } from '../git/stream-git.ts';

/** A blob that a commit brought to a path. */
export interface Introduction extends HistoryVersion {
  /** What stood at the path before, in each parent; zeros for nothing. */
  readonly before: readonly string[];
}

/** Where blobs stood, by their ids. */
export interface VersionMap {
  /** Oldest first. */
  of(blob: string): readonly Introduction[];
  readonly blobs: Iterable<string>;
  /** Place of a commit in topological order; undefined for one that was not walked. */
  orderOf(commit: string): number | undefined;
  /** Why the map is not whole. */
  readonly complaint?: string;
}

const COMMIT_MARK = '\u0001';

/**
 * Which commit brought which blob to which path: the raw differences of commits to their parents, those of merges only
 * where they differ from every parent (git-log(1), -c), so that what only a merge's resolution holds has its commit.
 */
export async function mapVersions(
  top: string,
  revisions: readonly string[],
  options: readonly string[] = [],
): Promise<VersionMap> {
  const diff = ['-c', '--raw', '--no-abbrev', '--root', '--no-renames', '-r', '-z'];
  // Asked for nothing, git would walk from HEAD.
  if (revisions.length === 0) return { of: () => [], blobs: [], orderOf: () => undefined };
  const git = streamGit(
    top,
    ['log', '--stdin', '--topo-order', ...diff, '--no-ext-diff', '--no-color', `--format=%x01%H`, ...options],
    revisions,
  );
  const introductions = new Map<string, Map<string, Introduction>>();
  const orders = new Map<string, number>();
  const paths = new Map<string, string>();
  let commit = '';
  let order = 0;
  let header: readonly string[] | undefined;
  const take = (token: string): void => {
    if (header !== undefined) {
      const path = paths.get(token) ?? decodePath(token);
      paths.set(token, path);
      note(header, path);
      header = undefined;
      return;
    }
    const trimmed = token.startsWith('\n') ? token.slice(1) : token;
    if (trimmed.startsWith(COMMIT_MARK)) {
      commit = trimmed.slice(1);
      order--;
      orders.set(commit, order);
    } else if (trimmed.startsWith(':')) header = trimmed.split(' ');
  };
  const note = (fields: readonly string[], path: string): void => {
    // `:100644 100644 <old> <new> M`, with one more colon, mode and id for each further parent.
    const parents = (fields[0] ?? '').lastIndexOf(':') + 1;
    const mode = fields[parents] ?? '';
    const blob = fields[2 * parents + 1] ?? '';
    // A submodule's id (160000) is a commit of another repository.
    if (!mode.startsWith('10') && mode !== '120000') return;
    const before = fields.slice(parents + 1, 2 * parents + 1);
    const places = introductions.get(blob);
    // Newest first: the last one to be seen at a path is the oldest.
    if (places === undefined) introductions.set(blob, new Map([[path, { path, commit, order, before }]]));
    else places.set(path, { path, commit, order, before });
  };
  let rest = '';
  for await (const chunk of git.stdout) {
    const tokens = (rest + chunk.toString('latin1')).split('\0');
    rest = tokens.pop() ?? '';
    for (const token of tokens) take(token);
  }
  const { ok, why } = await git.ended;
  const complaint = why ?? (ok ? undefined : 'git could not walk the commits');
  return {
    of: (blob) => [...(introductions.get(blob)?.values() ?? [])].sort((a, b) => a.order - b.order),
    blobs: introductions.keys(),
    orderOf: (id) => orders.get(id),
    ...(complaint === undefined ? {} : { complaint }),
  };
}

/** A path is bytes: as UTF-8 where it is, otherwise with U+FFFD for what is not. */
function decodePath(latin1: string): string {
  return /^[\x00-\x7f]*$/.test(latin1) ? latin1 : Buffer.from(latin1, 'latin1').toString('utf8');
}
