import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  isInBaseline,
  isListed,
  readBaseline,
  readFingerprints,
  skipsPath,
  type FileOptions,
  type Leak,
  type Ruleset,
} from '../../../engines/secrets/index.ts';
import { inert } from '../../../lib/inert.ts';
import { FileReader } from '../../../sources/worktree/read-file.ts';
import { openWorktree } from '../../../sources/worktree/worktree.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';
import { Progress } from '../progress.ts';
import { scanHistoryCommand } from './history.ts';
import type { ScanCommandOptions } from './options.ts';
import { readAndScan, type Scanned } from './read-and-scan.ts';
import { Rate } from './rate.ts';
import { renderLeaks } from './render.ts';
import { compileTexts, readRuleTexts, type RuleTexts } from './rules.ts';
import { scanStaged } from './staged.ts';
import { HAS_THREADS, scanInThreads } from './threads.ts';

/** A tree with less than this, in bytes, is scanned before a second thread has compiled its rules. */
const WORTH_THREADS = 40_000_000;

/** `fourproof secrets scan`: 0 nothing found, 1 secrets, 2 a configuration or rule that can't be used, 3 nothing to read. */
export async function scanCommand(where: string, options: ScanCommandOptions): Promise<number> {
  if (options.history === true || options.range !== undefined) return scanHistoryCommand(where, options);
  const { root, asked, files } = open(where);
  const texts = readRuleTexts(root, options.config);
  const ruleset = compileTexts(texts);
  for (const { path, line, message } of [...ruleset.problems, ...ruleset.warnings])
    say(`${path}${line === undefined ? '' : `:${line}`}: ${message}`);
  if (ruleset.rules.length === 0) throw new CommandFailure('fourproof: no rule can be used, so nothing was scanned');
  const known = readKnown(options.baseline);
  const scanOptions = {
    decodeDepth: options.decodeDepth,
    archiveDepth: options.archiveDepth,
    textOnly: texts.team === undefined,
  };
  const scanned =
    options.staged === true
      ? scanStaged(root, asked, ruleset, scanOptions)
      : await scanTree(
          root,
          chosen(files, root, asked, ruleset, options),
          texts,
          ruleset,
          scanOptions,
          options.threads,
        );
  for (const message of scanned.problems) say(message);
  const ignored = readIgnored(root, where);
  const leaks = scanned.leaks.filter((leak) => !isListed(ignored, leak) && !isInBaseline(known, leak)).sort(byPlace);
  put(renderLeaks(leaks, ruleset, options), options.output);
  return leaks.length > 0 ? 1 : ruleset.problems.length > 0 ? 2 : 0;
}

interface Listed {
  readonly path: string;
  readonly size: number;
  readonly linkTo?: string;
}

function open(where: string): { readonly root: string; readonly asked: string; readonly files: readonly Listed[] } {
  const isFile = existsSync(where) && statSync(where).isFile();
  const opened = openWorktree(isFile ? dirname(where) : where);
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`, opened.empty ? 3 : 2);
  const { tree, root } = opened;
  if (!isFile) return { root, asked: opened.asked, files: tree.files };
  const path = relative(root, realpathSync(resolve(where)))
    .split(sep)
    .join('/');
  const files = tree.files.filter((file) => file.path === path);
  if (files.length === 0) throw new CommandFailure(`fourproof: ${where} is ignored or cannot be read`, 3);
  return { root, asked: path, files };
}

function chosen(
  files: readonly Listed[],
  root: string,
  asked: string,
  ruleset: Ruleset,
  { config, baseline }: ScanCommandOptions,
): readonly Listed[] {
  const own = [config, baseline].flatMap((path) => (path === undefined ? [] : [relative(root, resolve(path))]));
  const aside = new Set(['.gitleaks.toml', ...own.map((path) => path.split(sep).join('/'))]);
  return files.filter(
    ({ path }) =>
      (asked === '.' || path === asked || path.startsWith(`${asked}/`)) &&
      !aside.has(path) &&
      !skipsPath(path, ruleset),
  );
}

async function scanTree(
  root: string,
  files: readonly Listed[],
  texts: RuleTexts,
  ruleset: Ruleset,
  options: FileOptions,
  asked: number,
): Promise<Scanned> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const progress = new Progress();
  const rate = new Rate(size);
  const all: Scanned[] = [];
  const done = (scanned: Scanned): void => {
    all.push(scanned);
    progress.show(rate.after(scanned.bytes));
  };
  const threads = asked > 0 ? asked : size < WORTH_THREADS ? 1 : Math.min(8, availableParallelism());
  if (threads > 1 && HAS_THREADS) {
    const jobs = files.map(({ path, size: bytes, linkTo }) => ({ job: [path, linkTo ?? path] as const, size: bytes }));
    await scanInThreads(threads, root, jobs, texts, options, done);
  } else {
    const reader = new FileReader(root);
    for (const { path, linkTo } of files) done(readAndScan(reader, path, ruleset, options, linkTo));
  }
  progress.clear();
  return {
    leaks: all.flatMap(({ leaks }) => leaks),
    problems: all.flatMap(({ problems }) => problems),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** `.gitleaksignore` of the root, and of the folder that was named. */
function readIgnored(root: string, where: string): ReadonlySet<string> {
  const paths = new Set([root, where].map((folder) => join(resolve(folder), '.gitleaksignore')));
  const texts = [...paths].flatMap((path) => (existsSync(path) ? [readFileSync(path, 'utf8')] : []));
  return readFingerprints(texts.join('\n'));
}

function readKnown(path: string | undefined): NonNullable<ReturnType<typeof readBaseline>> {
  if (path === undefined) return [];
  const text = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const known = text === undefined ? undefined : readBaseline(text);
  if (known === undefined) throw new CommandFailure(`fourproof: ${path} is no JSON report of secrets`);
  return known;
}

function byPlace(a: Leak, b: Leak): number {
  return (
    compare(a.path, b.path) || a.startLine - b.startLine || a.startColumn - b.startColumn || compare(a.rule, b.rule)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function say(message: string): void {
  process.stderr.write(`fourproof: ${inert(message)}\n`);
}
