import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';

/** What git answered, or why it did not. */
export type GitAnswer = { readonly ok: true; readonly stdout: Buffer } | { readonly ok: false; readonly why: string };

const TIME_LIMIT_MS = 60_000;
const LONGEST_ANSWER = 1 << 30;

/**
 * Configuration of the repository may name programs (hooks, fsmonitor, filters, pagers, remote helpers) and comes
 * from whoever wrote the repository: everything that could run one is switched off, and nothing is fetched.
 */
const SAFE_CONFIG = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.attributesFile=/dev/null',
  'core.untrackedCache=false',
  'core.alternateRefsCommand=false',
  'core.quotePath=false',
  // Caches beside the objects may say something else than the objects do.
  'core.commitGraph=false',
  'core.multiPackIndex=false',
  'core.bigFileThreshold=32m',
  'advice.graftFileDeprecated=false',
  // Files that the configuration names are not read either: a pipe would never end.
  'diff.orderFile=/dev/null',
  'log.mailmap=false',
  'i18n.logOutputEncoding=UTF-8',
  'protocol.allow=never',
  'safe.directory=*',
  'gc.auto=0',
  'log.showSignature=false',
  'submodule.recurse=false',
];

/** Runs git in a folder of a repository that is not trusted. */
export function runGit(
  top: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): GitAnswer {
  const result = spawnSync('git', safeArguments(top, args), {
    cwd: options.cwd ?? top,
    env: safeEnvironment(),
    timeout: TIME_LIMIT_MS,
    maxBuffer: LONGEST_ANSWER,
    input: options.input ?? '',
    windowsHide: true,
  });
  if (result.error !== undefined) return { ok: false, why: whyNoGit(result.error) };
  if (result.status !== 0)
    return { ok: false, why: result.stderr.toString().trim().split('\n')[0] ?? `exit code ${result.status}` };
  return { ok: true, stdout: result.stdout };
}

/** The whole command line of a git that runs nothing of the repository. */
export function safeArguments(top: string, args: readonly string[]): string[] {
  const config = SAFE_CONFIG.flatMap((setting) => ['-c', setting]);
  // A bare repository is its own git folder, and has no worktree.
  const folder = join(top, '.git');
  const place = existsSync(folder) ? [`--git-dir=${folder}`, `--work-tree=${top}`] : [`--git-dir=${top}`];
  return [...config, ...place, '--no-replace-objects', ...args];
}

/** The environment of a git that reads no configuration but the user's own and the repository's. */
export function safeEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, SystemRoot, TMPDIR, XDG_CONFIG_HOME } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    // The user's own ignore file counts (`--exclude-standard`), so the home folder stays.
    ...(HOME === undefined ? {} : { HOME }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    ...(XDG_CONFIG_HOME === undefined ? {} : { XDG_CONFIG_HOME }),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
  };
}

/** Why git could not be run, for people. */
export function whyNoGit(error: Error & { code?: string }): string {
  if (error.code === 'ENOENT') return 'git is not installed';
  if (error.code === 'ETIMEDOUT') return `git did not answer within ${TIME_LIMIT_MS / 1000} s`;
  return error.message;
}
