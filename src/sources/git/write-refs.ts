import { feedGit } from './feed-git.ts';
import { runGit, type GitAnswer } from './run-git.ts';

/** A ref with the object that it names. */
export interface Ref {
  readonly name: string;
  readonly id: string;
}

/** Every ref that names an object by itself, and HEAD where it is detached. Names are bytes, one a character. */
export function listRefs(top: string): readonly Ref[] {
  const answer = runGit(top, ['for-each-ref', '--format=%(objectname)%00%(symref)%00%(refname)']);
  const lines = answer.ok ? answer.stdout.toString('latin1').split('\n') : [];
  const refs = lines.flatMap((line) => {
    const [id = '', symref, name = ''] = line.split('\0');
    return id === '' || symref !== '' ? [] : [{ name, id }];
  });
  const isDetached = !runGit(top, ['symbolic-ref', '--quiet', 'HEAD']).ok;
  const head = isDetached ? runGit(top, ['rev-parse', '--verify', '--quiet', 'HEAD']) : undefined;
  return head?.ok === true ? [...refs, { name: 'HEAD', id: head.stdout.toString('latin1').trim() }] : refs;
}

/** Moves refs in one transaction: each from the object that it was seen to name, all of them or none. The reason goes to the reflogs. */
export async function moveRefs(
  top: string,
  moves: readonly (Ref & { readonly to: string })[],
  reason: string,
): Promise<GitAnswer> {
  if (moves.length === 0) return { ok: true, stdout: Buffer.alloc(0) };
  const updates = moves.map(({ name, id, to }) => `update ${name}\0${to}\0${id}\0`);
  const script = `start\0${updates.join('')}prepare\0commit\0`;
  return feedGit(top, ['update-ref', '-m', reason, '--no-deref', '--stdin', '-z'], [Buffer.from(script, 'latin1')]);
}
