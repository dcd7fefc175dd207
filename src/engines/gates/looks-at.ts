import { posix } from 'node:path';
import { isWorkspace } from './invocations.ts';
import { flagValues, hasFlag, isOpen, subcommand } from './options.ts';
import type { Answer, Invocation } from './types.ts';

/** Whether a call looks at a path, by the folders and commits that it is given; tools that are not listed look at all. */
export function looksAt(call: Invocation, path: string): Answer {
  if (call.via === 'action') return EVERYTHING;
  switch (call.tool.id) {
    case 'fourproof':
      return fourproofLooksAt(call, path);
    case 'gitleaks':
      return gitleaksLooksAt(call, path);
    case 'trivy':
      return inTargets(targetsAfter(call, ['fs', 'filesystem', 'repo', 'repository', 'config', 'conf']), call, path);
    case 'trufflehog':
      return inTargets(targetsAfter(call, ['filesystem']), call, path);
    default:
      return EVERYTHING;
  }
}

const EVERYTHING: Answer = { answer: 'yes', why: 'it looks at everything' };

/** Flags of gitleaks that take the next word with them. */
const GITLEAKS_VALUED =
  /^(?:-[cbilfrs]|--(?:config|baseline-path|enable-rule|gitleaks-ignore-path|log-level|log-opts|max-target-megabytes|max-decode-depth|max-archive-depth|report-format|report-path|report-template|exit-code|platform|diagnostics|diagnostics-dir|timeout|source))$/;

/** `git` and `detect` read commits wherever they stand; `dir`, and `detect --no-git`, the folders that they are given. */
function gitleaksLooksAt(call: Invocation, path: string): Answer {
  const { args } = call;
  const mode = subcommand(call, ['detect', 'git', 'dir', 'directory', 'file', 'files', 'stdin']);
  if (mode === 'stdin') return undecided('what it is given to read is not known');
  if (hasFlag(call, '--staged') || hasFlag(call, '--pre-commit'))
    return { answer: 'no', why: 'it looks at what is staged, and nothing is staged in a workflow' };
  const words = args.filter((word, at) => !word.startsWith('-') && !GITLEAKS_VALUED.test(args[at - 1] ?? ''));
  const targets = [...words.slice(words.indexOf(mode ?? '') + 1), ...flagValues(call, ['--source', '-s'])];
  if (mode === 'git' || (mode === 'detect' && !hasFlag(call, '--no-git'))) {
    const at = args.findIndex((arg) => /^--log-opts(?:=|$)/.test(arg));
    const options = at < 0 ? '' : args[at] === '--log-opts' ? (args[at + 1] ?? '') : (args[at] ?? '').slice(11);
    // A range, or all commits; everything else may leave the change out.
    const isWhole = options
      .split(/\s+/)
      .every((word) => !word.startsWith('-') || /^--(?:all|full-history)$/.test(word));
    return isWhole ? EVERYTHING : undecided(`which commits \`${options.slice(0, 80)}\` leaves is not decided here`);
  }
  return inTargets(targets, call, path);
}

/** Words after a subcommand that are neither flags nor, written apart, the value of one. */
function targetsAfter({ args }: Pick<Invocation, 'args'>, modes: readonly string[]): string[] {
  const from = args.findIndex((arg) => modes.includes(arg));
  if (from < 0) return [];
  return args.filter((arg, at) => at > from && !arg.startsWith('-') && !/^--?[^=]+$/.test(args[at - 1] ?? ''));
}

/** Whether one of some files and folders holds a path; none is the folder in which the call runs. */
function inTargets(targets: readonly string[], { folder }: Pick<Invocation, 'folder'>, path: string): Answer {
  const answers = (targets.length === 0 ? ['.'] : targets).map((target) => holds(target, folder, path));
  const shown = targets.join(', ').slice(0, 100);
  if (answers.includes('yes')) return { answer: 'yes', why: 'it looks there' };
  if (answers.includes('undecided')) return undecided(`where it looks (${shown || folder || ''}) is not known`);
  return { answer: 'no', why: `it looks at ${shown || folder || ''} only` };
}

function holds(target: string, folder: string | undefined, path: string): Answer['answer'] {
  const inFolder = folder === undefined || isWorkspace(folder) ? '.' : folder;
  const isRoot = isWorkspace(target) && target !== '' && !/^\.\/?$/.test(target);
  const whole = isRoot ? '.' : target.startsWith('/') ? target : posix.join(inFolder, target);
  if (isOpen(whole) || whole.startsWith('/') || whole.includes('`')) return 'undecided';
  const plain = posix.normalize(whole).replace(/\/$/, '');
  return plain === '.' || plain.startsWith('..') || path === plain || path.startsWith(`${plain}/`) ? 'yes' : 'no';
}

function undecided(why: string): Answer {
  return { answer: 'undecided', why };
}

const VALUED = new Set(['-f', '--format', '-o', '--output', '--fail-on', '--now']);

/** Whether a call of our own command line looks at a path: `verify` may name a folder. */
export function fourproofLooksAt({ args, folder: cwd }: Pick<Invocation, 'args' | 'folder'>, path: string): Answer {
  const words = args.filter((word, index) => !word.startsWith('-') && !VALUED.has(args[index - 1] ?? ''));
  const [verb] = words;
  const [folder] = verb === 'verify' ? words.slice(1) : verb === 'diff' ? words.slice(3) : words;
  const inFolder = cwd === undefined || isWorkspace(cwd) ? '.' : cwd;
  const plain = posix.join(inFolder, folder ?? '.').replace(/\/$/, '');
  if (/[$`]/.test(plain))
    return { answer: 'undecided', why: `an expression decides the folder \`${plain}\` that it verifies` };
  // Workflows belong to the git root and are read whichever folder is asked for.
  const holds = plain === '' || plain === '.' || path.startsWith(`${plain}/`) || path.startsWith('.github/');
  return holds
    ? { answer: 'yes', why: `it verifies ${plain === '' ? '.' : plain}` }
    : { answer: 'no', why: `it verifies ${plain} only` };
}
