import type { Located, Step } from '../../facts/workflow/types.ts';
import { parseShell, type SimpleCommand } from '../../lib/shell/ast.ts';
import { commandFates, type Fate } from '../../lib/shell/fate.ts';
import { TextPositions } from '../../lib/text-position.ts';
import type { SourceLocation } from '../../model/index.ts';
import { TOOLS } from './tools.ts';
import type { Answer, Invocation, Tool } from './types.ts';

/** A call with what becomes of its failure inside its step. */
export interface StepCall {
  readonly call: Invocation;
  /** Whether the failure of the call fails the step. */
  readonly failsStep: Answer;
}

/** Calls of known tools in one step. */
export function callsIn(step: Step, env: ReadonlyMap<string, string>, shell: string | undefined): StepCall[] {
  if (step.uses !== undefined) return callsOfAction(step, env);
  if (step.run === undefined) return [];
  const run = step.run;
  const options = shellOptions(shell);
  if (options === undefined) return [];
  return commandFates(parseShell(run.text), options).flatMap((fate) => {
    const found = recogniseCommand(fate.command.words.map((word) => word.text));
    if (found === undefined) return [];
    const call: Invocation = { tool: found.tool, via: 'command', args: found.args, inputs: new Map(), env, at: placeInRun(run, fate.command) };
    return [{ call, failsStep: toAnswer(fate) }];
  });
}

function callsOfAction(step: Step, env: ReadonlyMap<string, string>): StepCall[] {
  const name = (step.uses?.text ?? '').split('@')[0]?.toLowerCase() ?? '';
  const docker = /^docker:\/\/(.+)$/.exec(step.uses?.text ?? '')?.[1];
  const tool = docker === undefined ? TOOLS.find((candidate) => candidate.actions.some((action) => (action.endsWith('/') ? name.startsWith(action) : name === action))) : toolOfImage(docker);
  if (tool === undefined || step.uses === undefined) return [];
  const inputs = new Map([...step.with].map(([key, value]) => [key.toLowerCase(), value.text]));
  const args = docker === undefined ? [] : (inputs.get('args') ?? '').split(/\s+/).filter((word) => word !== '');
  const via = docker === undefined ? 'action' : 'command';
  return [{ call: { tool, via, args, inputs, env, at: step.uses.at }, failsStep: { answer: 'yes', why: 'the step fails with its action' } }];
}

/** `bash -e` is GitHub's default; undefined for shells whose scripts are not read here. */
function shellOptions(shell: string | undefined): { errexit: boolean; pipefail: boolean } | undefined {
  if (shell === undefined) return { errexit: true, pipefail: false };
  if (shell === 'bash') return { errexit: true, pipefail: true };
  if (shell === 'sh') return { errexit: true, pipefail: false };
  if (!/^(?:bash|sh|\/bin\/(?:ba)?sh)\b/.test(shell)) return undefined;
  return { errexit: /\s-\w*e/.test(shell), pipefail: /pipefail/.test(shell) };
}

function toAnswer({ fate, why }: Fate): Answer {
  return { answer: fate === 'fails' ? 'yes' : fate === 'swallowed' ? 'no' : 'undecided', why };
}

/** Where a command of a `run:` stands; a script in a block has its own lines, every other one is its whole scalar. */
export function placeInRun({ text, at, content }: Located, command: Pick<SimpleCommand, 'start' | 'end'>): SourceLocation {
  if (content === undefined) return at;
  const inText = new TextPositions(at.path, text).range(command.start, command.end, at.route);
  const down = content.line - 1;
  const right = content.column - 1;
  return { ...inText, startLine: inText.startLine + down, startColumn: inText.startColumn + right, endLine: inText.endLine + down, endColumn: inText.endColumn + right };
}

const RUNNERS: readonly (readonly string[])[] = [
  ['npx'],
  ['bunx'],
  ['uvx'],
  ['pnpm', 'dlx'],
  ['pnpm', 'exec'],
  ['yarn', 'dlx'],
  ['yarn', 'exec'],
  ['npm', 'exec'],
  ['pipx', 'run'],
  ['poetry', 'run'],
  ['uv', 'run'],
  ['go', 'run'],
  ['python', '-m'],
  ['python3', '-m'],
  ['sudo'],
  ['time'],
  ['nice'],
  ['exec'],
  ['command'],
  ['env'],
  ['xargs'],
];
const MOST_WRAPPERS = 6;

/** Finds a known tool behind the wrappers that people run it with. */
export function recogniseCommand(words: readonly string[]): { readonly tool: Tool; readonly args: readonly string[] } | undefined {
  let rest = [...words];
  for (let round = 0; round < MOST_WRAPPERS; round++) {
    const tool = toolNamed(rest);
    if (tool !== undefined) return tool;
    const runner = RUNNERS.find((prefix) => prefix.every((word, index) => rest[index] === word));
    if (runner !== undefined) {
      rest = skipOptions(rest.slice(runner.length));
    } else if (rest[0] === 'timeout') {
      rest = skipOptions(rest.slice(1)).slice(1);
    } else if (/^(?:docker|podman)$/.test(rest[0] ?? '') && rest[1] === 'run') {
      const at = rest.findIndex((word, index) => index > 1 && toolOfImage(word) !== undefined);
      const found = at < 0 ? undefined : toolOfImage(rest[at] ?? '');
      if (found === undefined) return undefined;
      const args = rest.slice(at + 1);
      return { tool: found, args: found.commands.includes(args[0] ?? '') ? args.slice(1) : args };
    } else {
      return undefined;
    }
  }
  return undefined;
}

/** Options of a runner, and assignments after `env`; `-p name` and `--package name` take a word with them. */
function skipOptions(words: readonly string[]): string[] {
  let at = 0;
  while (at < words.length && (/^-/.test(words[at] ?? '') || /^[A-Za-z_]\w*=/.test(words[at] ?? ''))) {
    const takesValue = ['-p', '--package', '--from', '--python', '-n', '-P', '-I', '--with'].includes(words[at] ?? '');
    at += takesValue ? 2 : 1;
  }
  return words.slice(at);
}

function toolNamed(words: readonly string[]): { tool: Tool; args: readonly string[] } | undefined {
  const [first = '', second = '', third = ''] = words;
  // `npx fourproof@1.2.3`, `./bin/gitleaks`, `github.com/x/gitleaks/v8@latest`
  const name = (first.replace(/(?<=.)@[^@/]*$/, '').replace(/\/v\d+$/, '').split('/').at(-1) ?? '').toLowerCase();
  for (const [length, spelled] of [
    [1, name],
    [2, `${name} ${second}`],
    [3, `${name} ${second} ${third}`],
  ] as const) {
    const tool = TOOLS.find((candidate) => candidate.commands.includes(spelled));
    if (tool !== undefined) return { tool, args: words.slice(length) };
  }
  return undefined;
}

const IMAGES: Readonly<Record<string, string>> = {
  'aquasec/trivy': 'trivy',
  'zricethezav/gitleaks': 'gitleaks',
  'gitleaks/gitleaks': 'gitleaks',
  'trufflesecurity/trufflehog': 'trufflehog',
  'semgrep/semgrep': 'semgrep',
  'returntocorp/semgrep': 'semgrep',
  'hadolint/hadolint': 'hadolint',
  'anchore/grype': 'grype',
  'bridgecrew/checkov': 'checkov',
  'google/osv-scanner': 'osv-scanner',
  'owasp/dependency-check': 'dependency-check',
};

function toolOfImage(image: string): Tool | undefined {
  const name = image.split('@')[0]?.replace(/:[^/]*$/, '') ?? '';
  const id = Object.entries(IMAGES).find(([repository]) => name === repository || name.endsWith(`/${repository}`))?.[1];
  return TOOLS.find((tool) => tool.id === id);
}
