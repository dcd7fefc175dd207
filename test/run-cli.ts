import { vi } from 'vitest';
import { buildProgram } from '../src/surfaces/cli/program.ts';

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.name = 'Exit';
    this.code = code;
  }
}

/** Runs the command line in this process and takes what it prints. */
export async function runCli(...args: readonly string[]): Promise<CliRun> {
  let stdout = '';
  let stderr = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  const error = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Exit(Number(code ?? 0));
  });
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await buildProgram().parseAsync(['node', 'fourproof', ...args]);
    return { code: process.exitCode, stdout, stderr };
  } catch (thrown) {
    if (thrown instanceof Exit) return { code: thrown.code, stdout, stderr };
    throw thrown;
  } finally {
    process.exitCode = before;
    out.mockRestore();
    error.mockRestore();
    exit.mockRestore();
  }
}
