import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a program printed, or why it did not end well. */
export type Printed = { readonly ok: true; readonly stdout: string } | { readonly ok: false; readonly why: string };

const TIME_LIMIT_MS = 30_000;
const LONGEST_OUTPUT = 32 * 1024 * 1024;
/** A port on which nothing answers: whatever follows the proxy settings goes nowhere. */
const NOWHERE = 'http://127.0.0.1:9';

/**
 * Runs a program that reads files of a repository that is not trusted: in an environment of its own, with an empty home, a
 * PATH on which there is nothing to call, no cluster and no way to the network by proxies.
 */
export function runProgram(file: string, args: readonly string[], scratch: string, cwd: string): Printed {
  const home = join(scratch, 'home');
  const result = spawnSync(file, args, {
    cwd,
    env: {
      PATH: join(scratch, 'nothing'),
      HOME: home,
      USERPROFILE: home,
      TMPDIR: join(scratch, 'tmp'),
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
      HELM_CONFIG_HOME: home,
      HELM_CACHE_HOME: home,
      HELM_DATA_HOME: home,
      HELM_PLUGINS: join(scratch, 'nothing'),
      HELM_KUBECONTEXT: '',
      KUBECONFIG: join(home, 'none'),
      KUSTOMIZE_PLUGIN_HOME: join(scratch, 'nothing'),
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      ALL_PROXY: NOWHERE,
      http_proxy: NOWHERE,
      https_proxy: NOWHERE,
      LC_ALL: 'C',
      GIT_ALLOW_PROTOCOL: '',
      ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }),
    },
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: LONGEST_OUTPUT,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    windowsHide: true,
  });
  if (result.error !== undefined) return { ok: false, why: describe(result.error) };
  if (result.status !== 0) {
    const lines = result.stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('WARNING'));
    const said = lines.find((line) => /error/i.test(line)) ?? lines[0] ?? '';
    return { ok: false, why: said.replaceAll(scratch, '').slice(0, 500) || `exit code ${result.status ?? 'none'}` };
  }
  return { ok: true, stdout: result.stdout };
}

function describe(error: Error & { code?: string }): string {
  if (error.code === 'ETIMEDOUT') return `it did not end within ${TIME_LIMIT_MS / 1000} s`;
  if (error.code === 'ENOBUFS') return `it printed more than ${LONGEST_OUTPUT / 1024 / 1024} MiB`;
  return error.code ?? error.message;
}
