import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileOptions } from '../../../engines/secrets/index.ts';
import { PACKAGE_ROOT } from '../../../sources/assets.ts';
import type { Scanned } from './read-and-scan.ts';
import type { RuleTexts } from './rules.ts';
import type { WorkerStart } from './worker.ts';

/** A path, and the path that its bytes are read from. */
export type Job = readonly [path: string, readFrom: string];

/** Run from its sources the program is TypeScript, which a worker thread of Node 20 does not load. */
export const HAS_THREADS = import.meta.filename.endsWith('.js');

/** Bytes that one message to a worker is about. */
const BATCH = 4_000_000;

/** Scans files in worker threads. `done` is told of each batch; results come in no order. */
export async function scanInThreads(
  threads: number,
  root: string,
  files: readonly { readonly job: Job; readonly size: number }[],
  texts: RuleTexts,
  options: FileOptions,
  done: (scanned: Scanned) => void,
): Promise<void> {
  const batches = batchesOf(files);
  const start: WorkerStart = { root, texts, options };
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(threads, batches.length) }, async () => {
      const worker = new Worker(PROGRAM, { workerData: start });
      try {
        for (let batch = batches[next++]; batch !== undefined; batch = batches[next++]) done(await ask(worker, batch));
      } finally {
        await worker.terminate();
      }
    }),
  );
}

/** The program itself: in a worker thread it serves scans. */
const PROGRAM = join(PACKAGE_ROOT, 'dist/cli.js');

function ask(worker: Worker, batch: readonly Job[]): Promise<Scanned> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: Scanned) => {
      worker.off('error', reject);
      resolve(answer);
    });
    worker.postMessage(batch);
  });
}

function batchesOf(files: readonly { readonly job: Job; readonly size: number }[]): Job[][] {
  const batches: Job[][] = [];
  let size = Infinity;
  for (const file of files) {
    if (size >= BATCH) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(file.job);
    size += file.size;
  }
  return batches;
}
