import { onePerPlace, scan, type IgnoreList, type Ruleset, type SecretHit } from '../secrets/index.ts';
import type { Gap, History, HistoryObject, HistoryVersion } from '../../model/index.ts';
import { pathKinds } from './path-kinds.ts';
import { PieceReader } from './piece-reader.ts';

/** Paths of what has none. */
const MESSAGE_PATHS = { commit: 'commit message', tag: 'tag message', blob: 'object without a path' } as const;

/** A secret of the history: the oldest version of a file, or the message, that holds it. */
export interface HistorySecret {
  readonly hit: SecretHit;
  readonly kind: HistoryObject['kind'];
  /** Object that holds it. */
  readonly object: string;
  /** Commit that brought it in; absent for a tag and for an object that no commit holds. */
  readonly commit?: string;
  readonly order: number;
  /** How many objects hold it. */
  readonly versions: number;
}

/** What a history is searched with. */
export interface HistoryPlan {
  readonly ruleset: Ruleset;
  readonly ignore?: IgnoreList;
}

/** What a search of the whole history gave. */
export interface HistorySearch {
  readonly secrets: readonly HistorySecret[];
  readonly gaps: readonly Gap[];
  /** Ids of the objects that were searched. */
  readonly searched: readonly string[];
  readonly binaries: number;
}

/** Names that an object without a path is tried with: one for each kind of file that rules are about. */
const GUESSES = ['a.env', 'a.java', 'Dockerfile', '.npmrc', 'a.json'];

/** First line of a file that Git LFS keeps elsewhere (its specification, "The Pointer"). */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1\n';

/** Searches every object of a history. The same secret in many versions of one file is one. */
export async function searchHistory(history: History, plan: HistoryPlan): Promise<HistorySearch> {
  const secrets = new Map<string, HistorySecret>();
  const gaps = new Map<string, Gap>();
  const searched = new Set<string>();
  const binary = new Set<string>();
  const pointers = new Set<string>();
  const reader = new PieceReader();
  const kindOf = pathKinds(plan.ruleset);
  const options = plan.ignore === undefined ? {} : { ignore: plan.ignore };
  const note = (gap: Gap): void => void gaps.set(gap.identity ?? gap.message, gap);

  const take = (object: HistoryObject, hits: readonly SecretHit[], path: string, at?: HistoryVersion): void => {
    const { id, kind } = object;
    const ordinals = new Map<string, number>();
    for (const hit of hits) {
      const same = JSON.stringify([hit.rule, path, hit.key ?? '', hit.secret]);
      const ordinal = ordinals.get(same) ?? 0;
      ordinals.set(same, ordinal + 1);
      const known = secrets.get(`${same}${ordinal}`);
      const versions = (known?.versions ?? 0) + 1;
      const order = at?.order ?? 0;
      const isOlder = known === undefined || order < known.order || (order === known.order && id < known.object);
      const commit = at === undefined ? {} : { commit: at.commit };
      secrets.set(
        `${same}${ordinal}`,
        isOlder ? { hit, kind, object: id, order, versions, ...commit } : { ...known, versions },
      );
    }
  };

  for await (const { objects, unseen } of history.batches()) {
    for (const { reason, message, closes, identity } of unseen)
      note({ reason, message: `history: ${message}`, closes, identity: `history ${identity}` });
    for (const object of objects) {
      searched.add(object.id);
      const piece = reader.next(object);
      if (piece.binary) binary.add(object.id);
      if (object.size < 1024 && piece.text.startsWith(LFS_POINTER)) pointers.add(object.id);
      const scanAs = (path: string): readonly SecretHit[] => {
        const found = scan({ ...piece, path }, plan.ruleset, options);
        for (const { rule, message } of found.problems) {
          const identity = `${object.id} ${rule}`;
          note({ reason: 'out-of-budget', message: `object ${object.id}: ${message}`, identity });
        }
        return onePerPlace(piece.own(found.hits));
      };
      // To the rules most paths are alike: what holds nothing under one of them holds nothing under the others.
      const kinds = new Map<string, boolean>();
      for (const version of object.versions) {
        const kind = object.versions.length === 1 ? '' : kindOf(version.path);
        if (kinds.get(kind) === false) continue;
        const path = version.path === '' ? MESSAGE_PATHS.commit : version.path;
        const hits = scanAs(path);
        kinds.set(kind, hits.length > 0);
        take(object, hits, path, version);
      }
      if (object.versions.length > 0) continue;
      const nameless = scanAs(MESSAGE_PATHS[object.kind]);
      take(object, nameless, MESSAGE_PATHS[object.kind]);
      if (object.kind !== 'blob' || nameless.length > 0) continue;
      const guess = GUESSES.find((path) => scanAs(path).length > 0);
      if (guess !== undefined) note(namelessGap(object.id, guess));
    }
  }
  if (pointers.size > 0) note(lfsGap(pointers.size));
  return {
    secrets: [...secrets.values()],
    gaps: [...gaps.values()],
    searched: [...searched].sort(),
    binaries: binary.size,
  };
}

/** Whether it is a secret depends on what kind of file it was, which nothing in the repository says. */
function namelessGap(id: string, guess: string): Gap {
  return {
    reason: 'not-in-sight',
    message: `object ${id}, which no commit holds, would hold a secret if it were a file like ${guess}; its name is not known`,
    closes: `git cat-file -p ${id}; then git prune, if it is no longer needed`,
    identity: `nameless ${id}`,
  };
}

function lfsGap(count: number): Gap {
  const files = count === 1 ? '1 file is' : `${count} files are`;
  return {
    reason: 'not-in-sight',
    message: `history: ${files} kept by Git LFS; git has only the pointers, and the contents were not searched`,
    closes: 'git lfs fetch --all; then search .git/lfs/objects by hand',
    identity: 'history lfs',
  };
}
