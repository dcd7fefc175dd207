import type { HistoryCommit } from '../../model/index.ts';
import { streamGit } from '../git/stream-git.ts';

const FIELDS = ['%H', '%an', '%ae', '%aI', '%s'];

/** Author, date and subject of commits; those that git cannot read are left out. */
export async function readCommits(top: string, ids: readonly string[]): Promise<ReadonlyMap<string, HistoryCommit>> {
  const commits = new Map<string, HistoryCommit>();
  const wanted = [...new Set(ids)].filter((id) => /^[0-9a-f]{40,64}$/.test(id));
  if (wanted.length === 0) return commits;
  const format = `--format=${FIELDS.join('%x00')}%x00`;
  const git = streamGit(top, ['log', '--stdin', '--no-walk=unsorted', '-z', '--no-patch', format], wanted);
  const chunks: Buffer[] = [];
  for await (const chunk of git.stdout) chunks.push(chunk);
  await git.ended;
  // Five fields and their ends, then the end of the record.
  const tokens = Buffer.concat(chunks).toString('utf8').split('\0');
  for (let at = 0; at + FIELDS.length <= tokens.length; at += FIELDS.length + 1) {
    const [id = '', author = '', email = '', date = '', subject = ''] = tokens.slice(at, at + FIELDS.length);
    commits.set(id, { id, author, email, date, subject });
  }
  return commits;
}
