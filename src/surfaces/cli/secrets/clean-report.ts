import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inert } from '../../../lib/inert.ts';
import { readCommits } from '../../../sources/git-history/commits.ts';
import { runGit } from '../../../sources/git/run-git.ts';
import type { Cleaning } from './clean.ts';

const MOST_LINES = 50;
const SHORT = 12;

/** What a cleaning did or would do, what cannot be done from here, and what people must do, in order. */
export async function reportCleaning(cleaning: Cleaning, format: 'text' | 'json'): Promise<string> {
  return format === 'json' ? JSON.stringify(toJson(cleaning), null, 2) : await toText(cleaning);
}

function toJson({ unwanted, emptied, plan, done }: Cleaning): unknown {
  return {
    schema: 'fourproof/clean/v1',
    written: done !== undefined,
    secrets: unwanted.map(({ shown }) => shown),
    emptied: [...emptied],
    counts: plan.counts,
    refs: plan.moves.map(({ name, id, to }) => ({ name, from: id, to })),
    signaturesLost: plan.unsigned,
    objects: Object.fromEntries(plan.map),
    ...(done === undefined ? {} : { backup: done.backup ?? null, proof: done.proof }),
  };
}

async function toText(cleaning: Cleaning): Promise<string> {
  const { top, unwanted, emptied, plan, done } = cleaning;
  const { blobs, trees, commits, tags } = plan.counts;
  const lines = [
    'Rotate first: revoke the secret where it was issued. Whoever cloned, forked or cached the repository keeps it.',
    '',
    `${done === undefined ? 'Would replace' : 'Replaced'} ${counted(unwanted.length, 'secret')}${emptied.size === 0 ? '' : ` and empty ${counted(emptied.size, 'version')} of files`}:`,
    ...some(unwanted.map(({ shown }) => shown)),
    `  blobs ${of(blobs)} · trees ${of(trees)} · commits ${of(commits)} · tags ${of(tags)}; everything else stays bit for bit`,
    ...(await firstChanged(top, plan.map)),
    '',
    `Refs that ${done === undefined ? 'move' : 'moved'}: ${plan.moves.length}`,
    ...some(plan.moves.map(({ name, id, to }) => `${name} ${id.slice(0, SHORT)} → ${to.slice(0, SHORT)}`)),
    ...(plan.unsigned.length === 0
      ? []
      : [
          '',
          `Signatures that are no longer true and ${done === undefined ? 'go' : 'went'}: ${plan.unsigned.length}`,
          ...some(plan.unsigned.map((id) => id.slice(0, SHORT))),
        ]),
    '',
    ...outcome(cleaning),
    '',
    'Not to be cleaned from here:',
    ...elsewhere(top),
  ];
  return lines.map((line) => inert(line)).join('\n');
}

function outcome({ done }: Cleaning): string[] {
  if (done === undefined)
    return [
      'Nothing was written. With --write: a backup outside the repository, then the rewriting, then objects that nothing reaches are deleted, then a proof.',
    ];
  const { proof, backup } = done;
  const looked = `${proof.objects} objects and ${proof.files} other files of the git folder were read again`;
  return [
    ...(proof.left.length === 0
      ? [`✔ ${looked}: none holds a secret as it is, or in base64, hex, percent, UTF-16 or JSON.`]
      : [`✘ ${looked}: something is left:`, ...some(proof.left)]),
    ...(backup === undefined
      ? []
      : [`The backup still holds the secrets: ${backup}`, '  delete it when nothing is missed.']),
  ];
}

function elsewhere(top: string): string[] {
  const remote = runGit(top, ['remote']);
  const hasRemote = remote.ok && remote.stdout.length > 0;
  return [
    ...(hasRemote
      ? [
          '  the remote: git push --force --all && git push --force --tags, before you fetch again (a fetch brings the old commits back)',
        ]
      : []),
    '  forks and clones of others: each must clone again; a merge of an old branch brings the secret back',
    '  pull requests and caches of the forge (refs/pull/*, commit pages): ask its support to delete them',
    '  build caches, images, packages, logs and backups that were made of old versions',
    '  contents that are compressed or encrypted inside files were not searched',
    ...(existsSync(join(top, '.git/lfs'))
      ? ['  Git LFS: its objects are not git objects; delete them at the forge']
      : []),
    ...(existsSync(join(top, '.git/modules')) ? ['  submodules: repositories of their own'] : []),
  ];
}

async function firstChanged(top: string, map: ReadonlyMap<string, string>): Promise<string[]> {
  // Both old and new commits can be read in a dry run; afterwards only the new ones.
  const commits = await readCommits(top, [...map.keys()].slice(0, 200_000));
  const [oldest] = [...commits.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  return oldest === undefined
    ? []
    : [`  oldest changed commit: ${oldest.id.slice(0, SHORT)} ${oldest.date.slice(0, 10)} ${oldest.subject}`];
}

function some(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => `  ${line}`);
  return lines.length > MOST_LINES
    ? [...shown, `  and ${lines.length - MOST_LINES} more (--format json has all)`]
    : shown;
}

function of({ changed, all }: { readonly changed: number; readonly all: number }): string {
  return `${changed} of ${all}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
