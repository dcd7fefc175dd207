#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import { buildProgram } from './program.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `fourproof verify | head` closes the pipe early: that is no failure of ours.
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

try {
  if (!isMainThread) (await import('./secrets/worker.ts')).serveScans();
  else await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.stderr.write(
    `fourproof: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nPlease report it with the command that you ran.\n`,
  );
  process.exitCode = 2;
}
