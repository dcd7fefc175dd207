import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The folder of this repository. */
export const ROOT = join(import.meta.dirname, '../..');

/** How a command ended. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  /** Both streams, for people: stdout first. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a command, of node_modules/.bin before those of PATH, without a shell and without stdin. */
export function run(command: string, args: readonly string[], { cwd = ROOT, env = {} }: RunOptions = {}): Ran {
  const path = `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, PATH: path, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error !== undefined) return { status: 127, stdout: '', output: `${command}: ${error.message}\n` };
  const ending = signal === null ? '' : `\n${command} was ended by ${signal}\n`;
  return { status: status ?? 128, stdout, output: `${stdout}${stderr}${ending}` };
}

/** A duration for people. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
