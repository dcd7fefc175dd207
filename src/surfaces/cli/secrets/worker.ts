import { parentPort, workerData } from 'node:worker_threads';
import type { FileOptions } from '../../../engines/secrets/index.ts';
import { FileReader } from '../../../sources/worktree/read-file.ts';
import { readAndScan } from './read-and-scan.ts';
import { compileTexts, type RuleTexts } from './rules.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly root: string;
  readonly texts: RuleTexts;
  readonly options: FileOptions;
}

/** Runs in a worker thread: takes lists of paths, gives back what it found in them, until it is ended. */
export function serveScans(): void {
  const { root, texts, options } = workerData as WorkerStart;
  const reader = new FileReader(root);
  const ruleset = compileTexts(texts);
  parentPort?.on('message', (paths: readonly (readonly [string, string])[]) => {
    const all = paths.map(([path, readFrom]) => readAndScan(reader, path, ruleset, options, readFrom));
    parentPort?.postMessage({
      leaks: all.flatMap(({ leaks }) => leaks),
      problems: all.flatMap(({ problems }) => problems),
      bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    });
  });
}
