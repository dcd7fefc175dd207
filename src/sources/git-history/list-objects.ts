import { streamGit } from '../git/stream-git.ts';

/** An object as git lists it. */
export interface ListedObject {
  readonly id: string;
  readonly size: number;
}

/** What the object store holds, in the order of its packs, which is the fastest to read. */
export interface ObjectList {
  readonly commits: readonly ListedObject[];
  readonly tags: readonly ListedObject[];
  readonly blobs: readonly ListedObject[];
  readonly trees: readonly ListedObject[];
  /** Listed, but git cannot say what they are. */
  readonly broken: readonly string[];
  /** What git complained of while it listed. */
  readonly complaint?: string;
}

/** Lists every object of the store, reachable or not (git-cat-file(1), --batch-all-objects). */
export async function listObjects(top: string): Promise<ObjectList> {
  const format = '--batch-check=%(objectname) %(objecttype) %(objectsize)';
  const git = streamGit(top, ['cat-file', '--batch-all-objects', '--unordered', '--buffer', format]);
  const lists = new Map<string, ListedObject[]>(['commit', 'tag', 'blob', 'tree'].map((type) => [type, []]));
  const broken: string[] = [];
  let rest = '';
  for await (const chunk of git.stdout) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [id = '', type = '', size = ''] = line.split(' ');
      const list = lists.get(type);
      if (list === undefined) broken.push(id);
      else list.push({ id, size: Number(size) });
    }
  }
  const { ok, why } = await git.ended;
  const complaint = why ?? (ok ? undefined : 'git could not list the objects');
  const of = (type: string): readonly ListedObject[] => lists.get(type) ?? [];
  return {
    commits: of('commit'),
    tags: of('tag'),
    blobs: of('blob'),
    trees: of('tree'),
    broken,
    ...(complaint === undefined ? {} : { complaint }),
  };
}
