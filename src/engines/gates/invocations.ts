import { optional } from '../../facts/workflow/read-steps.ts';
import type { Located, Step } from '../../facts/workflow/types.ts';
import { parseShell, simpleCommands, type ShellList, type SimpleCommand } from '../../lib/shell/ast.ts';
import { commandFates, type Fate } from '../../lib/shell/fate.ts';
import { TextPositions } from '../../lib/text-position.ts';
import type { SourceLocation } from '../../model/index.ts';
import { recogniseCommand, toolOfAction, toolOfImage } from './recognise.ts';
import type { Answer, Invocation } from './types.ts';

/** A call with what becomes of its failure inside its step. */
export interface StepCall {
  readonly call: Invocation;
  /** Whether the failure of the call fails the step. */
  readonly failsStep: Answer;
}

/** Calls of known tools in one step. */
export function callsIn(step: Step, env: ReadonlyMap<string, string>, shell: string | undefined): StepCall[] {
  if (step.uses !== undefined) return callsOfAction(step, env);
  const options = shellOptions(shell);
  const run = step.run;
  if (run === undefined || options === undefined) return [];
  const script = parseShell(run.text);
  return commandFates(script, options).flatMap((fate) => {
    const { words, assignments } = fate.command;
    const found = recogniseCommand(words.map((word) => word.text));
    if (found === undefined) return [];
    const own = assignments.map(
      ({ text }) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const,
    );
    const call: Invocation = {
      tool: found.tool,
      via: 'command',
      args: found.args,
      inputs: new Map(),
      env: new Map([...env, ...own]),
      at: placeInRun(run, fate.command),
      ...optional('folder', folderAt(script, fate.command.start, step.workingDirectory)),
    };
    const trick = redefines(run.text, script, words[0]?.text ?? '');
    const answer = toAnswer(fate);
    return [
      { call, failsStep: trick === undefined || answer.answer === 'no' ? answer : { answer: 'undecided', why: trick } },
    ];
  });
}

/** What in a script may take the place of a command, or of the status that the script ends with. */
function redefines(text: string, script: ShellList, name: string): string | undefined {
  const escaped = name.replace(/[^\w]/g, '\\$&');
  if (new RegExp(`(?:^|[\\s;&|{(])(?:function\\s+${escaped}(?![\\w-])|${escaped}\\s*\\(\\s*\\))`).test(text))
    return `the script defines a function \`${name.slice(0, 60)}\``;
  const traps = simpleCommands(script).some(
    ({ words }) => words[0]?.text === 'trap' && words.length > 2 && /\bexit\b/.test(words[1]?.text ?? ''),
  );
  return traps ? 'a `trap` of the script decides how it ends' : undefined;
}

/** The folder of a command: that of its step, unless a `cd` before it leads elsewhere. */
function folderAt(script: ShellList, start: number, folder: string | undefined): string | undefined {
  const moves = simpleCommands(script).some(
    (command) =>
      command.start < start &&
      /^(?:cd|pushd)$/.test(command.words[0]?.text ?? '') &&
      !isWorkspace(command.words[1]?.text ?? ''),
  );
  return moves ? '$PWD' : folder;
}

/** Whether a word is the folder that the repository was checked out to. */
export function isWorkspace(text: string): boolean {
  return /^(?:\.?\/?|\$GITHUB_WORKSPACE|\$\{GITHUB_WORKSPACE\}|\$\{\{\s*github\.workspace\s*\}\}|\/github\/workspace)\/?$/.test(
    text,
  );
}

function callsOfAction(step: Step, env: ReadonlyMap<string, string>): StepCall[] {
  const uses = step.uses;
  if (uses === undefined) return [];
  const image = /^docker:\/\/(.+)$/.exec(uses.text)?.[1];
  const tool = image === undefined ? toolOfAction((uses.text.split('@')[0] ?? '').toLowerCase()) : toolOfImage(image);
  if (tool === undefined) return [];
  const inputs = new Map([...step.with].map(([key, value]) => [key.toLowerCase(), value.text]));
  const args = image === undefined ? [] : (inputs.get('args') ?? '').split(/\s+/).filter((word) => word !== '');
  return [
    {
      call: { tool, via: image === undefined ? 'action' : 'command', args, inputs, env, at: uses.at },
      failsStep: { answer: 'yes', why: 'the step fails with its action' },
    },
  ];
}

/** `bash -e` is GitHub's default; undefined for shells whose scripts are not read here. */
export function shellOptions(shell: string | undefined): { errexit: boolean; pipefail: boolean } | undefined {
  if (shell === undefined || shell === 'sh') return { errexit: true, pipefail: false };
  if (shell === 'bash') return { errexit: true, pipefail: true };
  // With `-c` or `-n` the script itself does not run.
  if (
    !/^(?:\/(?:usr\/)?bin\/)?(?:ba)?sh(?:\s+(?:--noprofile|--norc|--login|--posix|[-+][abefhluvxE]*o\s+\w+|[-+][abefhluvxE]+))*\s+\{0\}\s*$/.test(
      shell,
    )
  )
    return undefined;
  return { errexit: /\s-[a-zA-Z]*e|errexit/.test(shell), pipefail: /pipefail/.test(shell) };
}

function toAnswer({ fate, why }: Fate): Answer {
  return { answer: fate === 'fails' ? 'yes' : fate === 'swallowed' ? 'no' : 'undecided', why };
}

/** Where a command of a `run:` stands; in a scalar with escapes or folded lines it is the whole scalar. */
export function placeInRun(
  { text, at, content }: Located,
  command: Pick<SimpleCommand, 'start' | 'end'>,
): SourceLocation {
  const quotes = at.endColumn - at.startColumn - text.length;
  const onOneLine = at.startLine === at.endLine && (quotes === 0 || quotes === 2);
  if (content === undefined && !onOneLine) return at;
  const inText = new TextPositions(at.path, text).range(command.start, command.end, at.route);
  const down = (content?.line ?? at.startLine) - 1;
  const right = (content?.column ?? at.startColumn + quotes / 2) - 1;
  return {
    ...inText,
    startLine: inText.startLine + down,
    startColumn: inText.startColumn + right,
    endLine: inText.endLine + down,
    endColumn: inText.endColumn + right,
  };
}
