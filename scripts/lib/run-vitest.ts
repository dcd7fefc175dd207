import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { run, type Ran } from './run.ts';

/** How many tests ran, and how they ended. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Runs vitest and counts. A test that was left out, and a file that did not even load, count as failed. */
export function runVitest(args: readonly string[]): Ran & { readonly count: Count } {
  const folder = mkdtempSync(join(tmpdir(), 'fourproof-tests-'));
  const file = join(folder, 'report.json');
  try {
    const ran = run('vitest', ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
    const count = existsSync(file) ? countOf(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 };
    const honest = ran.status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
    return { ...ran, status: honest.failed > 0 ? Math.max(ran.status, 1) : ran.status, count: honest };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The line that adds up: the last one of each script that runs tests. */
export function countLine({ passed, failed }: Count): string {
  return `${passed} passed, ${failed} failed`;
}

function countOf(json: string): Count {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report.parse(JSON.parse(json));
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  );
  return { passed: numPassedTests, failed: numFailedTests + numPendingTests + numTodoTests + unloaded.length };
}
