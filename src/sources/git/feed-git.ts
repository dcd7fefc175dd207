import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { GitAnswer } from './run-git.ts';
import { safeArguments, safeEnvironment, whyNoGit } from './run-git.ts';

/** Runs git with an input that is made while it reads; for commands that write. No hook of the repository runs. */
export async function feedGit(
  top: string,
  args: readonly string[],
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = [],
): Promise<GitAnswer> {
  const child = spawn('git', safeArguments(top, args), {
    cwd: top,
    env: safeEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const out: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  let failure: Error | undefined;
  child.on('error', (error) => (failure = error));
  const closed = new Promise<number | null>((settle) => child.on('close', settle));
  // git may end before it has read everything: its exit code says why.
  child.stdin.on('error', () => undefined);
  for await (const chunk of input) {
    if (child.stdin.destroyed) break;
    if (!child.stdin.write(chunk)) await Promise.race([once(child.stdin, 'drain').catch(() => undefined), closed]);
  }
  child.stdin.end();
  const code = await closed;
  if (failure !== undefined) return { ok: false, why: whyNoGit(failure) };
  const why = Buffer.concat(complaints).toString('utf8').trim().split('\n').at(-1) ?? '';
  if (code !== 0) return { ok: false, why: why === '' ? `git ended with ${code ?? 'a signal'}` : why };
  return { ok: true, stdout: Buffer.concat(out) };
}
