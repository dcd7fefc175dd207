import { spawn } from 'node:child_process';
import { safeArguments, safeEnvironment, whyNoGit } from './run-git.ts';

/** How a git that was streamed from ended. */
export interface GitEnd {
  readonly ok: boolean;
  /** What it complained of, its first line; also set when it went on after a complaint. */
  readonly why?: string;
}

/** A running git whose answer is read as it comes. */
export interface GitStream {
  readonly stdout: AsyncIterable<Buffer>;
  /** Settles when git has ended; never rejects. */
  readonly ended: Promise<GitEnd>;
  /** Ends it early. */
  stop(): void;
}

const LONGEST_COMPLAINT = 4096;

/** Runs git in a folder of a repository that is not trusted, and streams what it answers. */
export function streamGit(top: string, args: readonly string[], input: readonly string[] = []): GitStream {
  const child = spawn('git', safeArguments(top, args), {
    cwd: top,
    env: safeEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (complaint.length < LONGEST_COMPLAINT) complaint += chunk.toString('utf8');
  });
  const ended = new Promise<GitEnd>((settle) => {
    child.on('error', (error) => {
      settle({ ok: false, why: whyNoGit(error) });
      child.stdout.destroy();
    });
    child.on('close', (code) => {
      const why = complaint.trim().split('\n')[0] ?? '';
      if (code === 0) settle({ ok: true, ...(why === '' ? {} : { why }) });
      else settle({ ok: false, why: why === '' ? `git ended with ${code ?? 'a signal'}` : why });
    });
  });
  // git may end before it has read everything that it was asked.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input.length === 0 ? '' : `${input.join('\n')}\n`);
  return { stdout: readAll(child.stdout), ended, stop: () => void child.kill() };
}

async function* readAll(stream: NodeJS.ReadableStream): AsyncIterable<Buffer> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    // A stream that is destroyed because git could not start: `ended` says why.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
