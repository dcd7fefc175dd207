import type { HistoryBatch } from '../../model/index.ts';
import { runGit } from '../git/run-git.ts';
import { readBatches } from './open-history.ts';
import { mapVersions, type Introduction } from './versions.ts';

/** What a range of commits brings in, or why it cannot be told. */
export type OpenedRange =
  | {
      readonly ok: true;
      readonly commits: number;
      readonly batches: () => AsyncIterable<HistoryBatch>;
      /** What stood at the paths of a blob before. */
      readonly introductions: (blob: string) => readonly Introduction[];
    }
  | { readonly ok: false; readonly why: string };

/** The blobs that the commits of `base..head` bring to their paths, and the messages of these commits. */
export async function openRange(top: string, range: string): Promise<OpenedRange> {
  const [, base = '', dots, head = ''] = /^(.*?)(\.{2,3})(.*)$/.exec(range) ?? [];
  if (dots === undefined) return { ok: false, why: `${range} is no range: write base..head` };
  const ends = [base, head].map((name) => commitOf(top, name === '' ? 'HEAD' : name));
  const [from, to] = ends;
  if (from === undefined || to === undefined)
    return { ok: false, why: `${from === undefined ? base : head} is no commit of this repository` };
  const without = dots === '...' ? runGit(top, ['merge-base', '--all', from, to]) : undefined;
  if (without?.ok === false) return { ok: false, why: `${base} and ${head} have no common commit here` };
  const excluded = without?.stdout.toString('latin1').trim().split('\n') ?? [from];
  const revisions = [to, ...excluded.map((id) => `^${id}`)];
  const listed = runGit(top, ['rev-list', ...revisions]);
  if (!listed.ok) return { ok: false, why: listed.why };
  const commits = listed.stdout.toString('latin1').split('\n').filter(Boolean);
  const versions = await mapVersions(top, revisions);
  if (versions.complaint !== undefined) return { ok: false, why: versions.complaint };
  // Sizes are for progress alone, and git tells them when it reads.
  const wanted = [...commits, ...versions.blobs].filter((id) => !/^0+$/.test(id)).map((id) => ({ id, size: 0 }));
  return {
    ok: true,
    commits: commits.length,
    batches: () => readBatches(top, wanted, versions),
    introductions: (blob) => versions.of(blob),
  };
}

function commitOf(top: string, name: string): string | undefined {
  if (name.startsWith('-')) return undefined;
  const answer = runGit(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  return answer.ok ? answer.stdout.toString('latin1').trim() : undefined;
}
