import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import {
  formsOf,
  MOVED,
  replacerOf,
  rewriteReflog,
  type NewObject,
  type Replacer,
} from '../../../engines/git-rewrite/index.ts';
import { findGitTop } from '../../../sources/git/git-top.ts';
import { runGit, type GitAnswer } from '../../../sources/git/run-git.ts';
import { PackSpool } from '../../../sources/git/write-pack.ts';
import { listRefs, moveRefs } from '../../../sources/git/write-refs.ts';
import { changeFiles, dropUnreachable, writeBundle } from '../../../sources/git/write-store.ts';
import { readCloneState, type CloneState } from '../../../sources/git-history/clone-state.ts';
import { dangersOf } from '../../../sources/git-history/dangers.ts';
import { listObjects, type ObjectList } from '../../../sources/git-history/list-objects.ts';
import { mapVersions } from '../../../sources/git-history/versions.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';
import { planCleaning, type CleanPlan } from './clean-plan.ts';
import { proveClean, type CleanProof } from './clean-proof.ts';
import { reportCleaning } from './clean-report.ts';
import { unwantedSecrets, type Unwanted } from './clean-secrets.ts';

/** Options of `fourproof secrets clean`, as commander gives them. */
export interface CleanOptions {
  /** A file with a secret a line, or `secret==>what stands in its place`. */
  readonly secretsFile?: string;
  /** Everything that `secrets scan --history` finds and nobody allows. */
  readonly found?: boolean;
  /** Findings of the history, `commit:file:rule:line`. */
  readonly finding?: readonly string[];
  /** Files that are taken out whole, wherever they stood in the history. */
  readonly path?: readonly string[];
  readonly token: string;
  readonly write?: boolean;
  /** Where the backup goes; false with `--no-backup`. */
  readonly backup?: string | boolean;
  readonly format: 'text' | 'json';
}

/** A cleaning, done or planned. */
export interface Cleaning {
  readonly top: string;
  readonly unwanted: readonly Unwanted[];
  readonly emptied: ReadonlySet<string>;
  readonly plan: CleanPlan;
  /** Absent in a dry run. */
  readonly done?: { readonly backup?: string; readonly proof: CleanProof };
}

/** `fourproof secrets clean`: 0 nothing left (or a dry run), 1 something is left, 2 refused. Never pushes. */
export async function cleanCommand(where: string, options: CleanOptions): Promise<number> {
  const { top, state } = open(where);
  stage('look');
  const unwanted = await unwantedSecrets(top, options);
  if (unwanted.length === 0 && options.path === undefined)
    throw new CommandFailure('fourproof: nothing to clean: give --secrets-file, --found, --finding or --path');
  const list = await listObjects(top);
  const [broken] = list.broken;
  if (list.complaint !== undefined || broken !== undefined)
    throw new CommandFailure(
      `fourproof: ${list.complaint ?? `object ${broken ?? ''} cannot be read`}: git fsck, and mend it first`,
    );
  const emptied = options.path === undefined ? new Set<string>() : await blobsAt(top, list, options.path);
  const replacer = replacerOf(unwanted.flatMap(({ secret, token }) => formsOf(secret, token)));
  refuseNames(top, replacer);
  const cleaning = { top, unwanted, emptied };
  if (options.write !== true) {
    const plan = await planCleaning(top, list, replacer, emptied, () => undefined);
    refuseTip(top, state, plan);
    put(await reportCleaning({ ...cleaning, plan }, options.format), undefined);
    return 0;
  }
  const { plan, backup } = await write(top, state, list, replacer, emptied, options);
  stage('proof');
  const proof = await proveClean(top, state, replacer, new Set(plan.map.keys()));
  const done = { proof, ...(backup === undefined ? {} : { backup }) };
  put(await reportCleaning({ ...cleaning, plan, done }, options.format), undefined);
  return proof.left.length > 0 ? 1 : 0;
}

/**
 * Writes in an order in which every step leaves a repository that works: new objects beside the old ones, then all
 * refs at once, then reflogs, and only then goes what nothing reaches. Run again after an interruption it goes on.
 */
async function write(
  top: string,
  state: CloneState,
  list: ObjectList,
  replacer: Replacer,
  emptied: ReadonlySet<string>,
  options: CleanOptions,
): Promise<{ readonly plan: CleanPlan; readonly backup?: string }> {
  const spool = new PackSpool();
  try {
    stage('plan');
    const emit = ({ type, bytes }: NewObject): void => spool.add(type, bytes);
    const plan = await planCleaning(top, list, replacer, emptied, emit);
    refuseTip(top, state, plan);
    stage('backup');
    const backup = options.backup === false ? undefined : await backUp(top, state, options.backup);
    stage('pack');
    const idLength = list.commits[0]?.id.length ?? list.blobs[0]?.id.length ?? 40;
    if (spool.count > 0) must(await spool.write(top, idLength), 'the new objects could not be written');
    stage('refs');
    must(await moveRefs(top, plan.moves, MOVED), 'the refs could not be moved, and none was');
    stage('reflogs');
    changeFiles(join(state.commonDir, 'logs'), join(state.gitDir, 'fourproof-reflog'), (bytes) =>
      rewriteReflog(bytes, plan.map, replacer),
    );
    stage('prune');
    must(await dropUnreachable(top, state.gitDir, state.commonDir), 'old objects could not be dropped');
    return { plan, ...(backup === undefined ? {} : { backup }) };
  } finally {
    spool.remove();
  }
}

function open(where: string): { readonly top: string; readonly state: CloneState } {
  if (!existsSync(where)) throw new CommandFailure(`fourproof: ${where} does not exist`);
  const asked = realpathSync(resolve(where));
  const top = findGitTop(asked) ?? asked;
  const state = readCloneState(top);
  if (state === undefined) throw new CommandFailure(`fourproof: ${where} is no git repository`);
  const dangers = dangersOf(top, state);
  if (dangers.length > 0) {
    const lines = dangers.map(({ what, todo }) => `  ${what}: ${todo}`);
    throw new CommandFailure(['fourproof: this repository cannot be rewritten as it is:', ...lines].join('\n'));
  }
  return { top, state };
}

/** Blobs that stood at one of the paths at any time. The empty file is everybody's. */
async function blobsAt(top: string, list: ObjectList, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const commits = list.commits.map(({ id }) => id);
  const versions = await mapVersions(top, commits);
  const wanted = new Set(paths.map((path) => path.replace(/^\.\//, '')));
  const sizes = new Map(list.blobs.map(({ id, size }) => [id, size]));
  const found = [...versions.blobs].filter(
    (id) => (sizes.get(id) ?? 0) > 0 && versions.of(id).some(({ path }) => wanted.has(path)),
  );
  if (found.length === 0) throw new CommandFailure(`fourproof: no file ever stood at ${[...wanted].join(', ')}`);
  return new Set(found);
}

function refuseNames(top: string, replacer: Replacer): void {
  const named = listRefs(top).filter(({ name }) => replacer.find(Buffer.from(name, 'latin1')).length > 0);
  if (named.length > 0)
    throw new CommandFailure(
      `fourproof: ${named.length} ${named.length === 1 ? 'ref is' : 'refs are'} named by a secret: rename or delete them first (git for-each-ref)`,
    );
}

/** What is checked out is the team's to change, so that the code that runs goes on running. */
function refuseTip(top: string, state: CloneState, { map }: CleanPlan): void {
  if (state.bare) return;
  const listed = runGit(top, ['ls-tree', '-r', '-t', '-z', 'HEAD']);
  const lines = listed.ok ? listed.stdout.toString('utf8').split('\0') : [];
  const held = lines.flatMap((line) => {
    const [, type, id = '', path = ''] = /^\d+ (\w+) ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    return type === 'blob' && map.has(id) ? [path] : [];
  });
  const tree = runGit(top, ['rev-parse', '--verify', '--quiet', 'HEAD^{tree}']);
  if (!tree.ok || !map.has(tree.stdout.toString('latin1').trim())) return;
  const places = held.length === 0 ? 'the name of a file' : held.slice(0, 20).join(', ');
  throw new CommandFailure(
    `fourproof: the newest version still holds it: ${places}\n  take it out there and commit, so that what runs is yours to change; then clean the history`,
  );
}

async function backUp(
  top: string,
  state: CloneState,
  asked: string | boolean | undefined,
): Promise<string | undefined> {
  if (listRefs(top).length === 0) return undefined;
  const time = new Date().toISOString().replace(/[-:]|\..*/g, '');
  const name = `${basename(top).replace(/\.git$/, '')}-before-cleaning-${time}.bundle`;
  const file = typeof asked === 'string' ? resolve(asked) : join(dirname(top), name);
  const isInside = [top, state.commonDir].some((folder) => !relative(folder, file).startsWith('..'));
  if (isInside) throw new CommandFailure(`fourproof: ${file} is inside the repository: name a place outside of it`);
  if (existsSync(file)) throw new CommandFailure(`fourproof: ${file} exists already`);
  must(await writeBundle(top, file), 'the backup could not be written');
  return file;
}

function must(answer: GitAnswer, what: string): void {
  if (!answer.ok) throw new CommandFailure(`fourproof: ${what}: ${answer.why}`);
}

/** Announced, so that whoever watches, or interrupts, knows where it stands. */
function stage(name: string): void {
  process.stderr.write(`fourproof: stage ${name}\n`);
}
