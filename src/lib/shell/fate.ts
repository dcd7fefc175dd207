import type { AndOr, Command, Pipeline, ShellList, SimpleCommand } from './ast.ts';

/** What becomes of the failure of one command: whether the whole script then fails. */
export interface Fate {
  readonly command: SimpleCommand;
  readonly fate: 'fails' | 'swallowed' | 'undecided';
  /** Why, in words for people. */
  readonly why: string;
}

/** The shell's options at the start: GitHub runs `bash -e` without `shell:`, and `bash -eo pipefail` with `shell: bash`. */
export interface ShellOptions {
  readonly errexit: boolean;
  readonly pipefail: boolean;
}

type Outcome = Omit<Fate, 'command'>;
const FAILS: Outcome = { fate: 'fails', why: 'its failure fails the script' };

/** What would happen if just this one command of the script failed, for each of its simple commands. */
export function commandFates(script: ShellList, options: ShellOptions): Fate[] {
  const fates: Fate[] = [];
  walkList(script, options, FAILS, fates);
  return fates;
}

/** `last`: what a failing status of the whole list comes to. Returns the options in force after it. */
function walkList(list: ShellList, start: ShellOptions, last: Outcome, fates: Fate[]): ShellOptions {
  let options = start;
  let reached = true;
  list.forEach((item, index) => {
    const isLast = index === list.length - 1;
    const looksBack = list.slice(index + 1).some((later) => readsStatus(later));
    const atEnd: Outcome = isLast
      ? last
      : looksBack
        ? { fate: 'undecided', why: 'a later command reads its exit status' }
        : { fate: 'swallowed', why: 'the script goes on after it and ends with another status' };
    if (reached) {
      walkItem(item, options, atEnd, fates, { readsPipe: list.slice(index + 1).some(readsPipeStatus) });
    } else {
      walkItem(item, options, { fate: 'swallowed', why: 'the script exits before it' }, fates, { override: true });
    }
    options = optionsAfter(item, options);
    if (isPlain(item) && item.pipelines[0]?.commands.some(endsScript)) reached = false;
  });
  return options;
}

function walkItem(
  item: AndOr,
  options: ShellOptions,
  atEnd: Outcome,
  fates: Fate[],
  { override = false, readsPipe = false }: { readonly override?: boolean; readonly readsPipe?: boolean } = {},
): void {
  item.pipelines.forEach((pipeline, index) => {
    const outcome = override ? atEnd : outcomeInList(item, index, options, atEnd);
    walkPipeline(pipeline, options, outcome, fates, readsPipe);
  });
}

/** What the failure of the pipeline at `index` comes to, by the rules of `set -e` (IEEE 1003.1, set, -e). */
function outcomeInList(item: AndOr, index: number, options: ShellOptions, atEnd: Outcome): Outcome {
  if (item.background) return { fate: 'swallowed', why: 'it runs in the background' };
  const orElse = item.operators.findIndex((operator, at) => at >= index && operator === '||');
  if (orElse >= 0) {
    const other = item.pipelines[orElse + 1];
    if (other !== undefined && certainlyFails(other)) return FAILS;
    if (other !== undefined && certainlySucceeds(other)) {
      return { fate: 'swallowed', why: `\`|| ${firstWords(other)}\` takes its failure away` };
    }
    return { fate: 'undecided', why: 'what stands after `||` decides' };
  }
  const isFinal = index === item.pipelines.length - 1;
  return isFinal && options.errexit ? FAILS : atEnd;
}

function walkPipeline(
  pipeline: Pipeline,
  options: ShellOptions,
  outcome: Outcome,
  fates: Fate[],
  readsPipe = false,
): void {
  pipeline.commands.forEach((command, index) => {
    const isLast = index === pipeline.commands.length - 1;
    let own = outcome;
    if (pipeline.negated) own = { fate: 'swallowed', why: '`!` turns its failure into success' };
    else if (!isLast && !options.pipefail && readsPipe) own = undecided('a later command reads PIPESTATUS');
    else if (!isLast && !options.pipefail)
      own = { fate: 'swallowed', why: 'only the last command of the pipe counts without pipefail' };
    walkCommand(command, options, own, fates);
  });
}

function walkCommand(command: Command, options: ShellOptions, outcome: Outcome, fates: Fate[]): void {
  if (command.type === 'simple') {
    fates.push({ command, ...outcome });
    const onlyAssigns = command.words.length === 0;
    const inner: Outcome = onlyAssigns ? outcome : { fate: 'swallowed', why: 'only its output is used' };
    command.substitutions.forEach((list) => walkList(list, { ...options, errexit: false }, inner, fates));
    return;
  }
  switch (command.type) {
    case 'group':
    case 'subshell':
      command.bodies.forEach((body) => walkList(body, options, outcome, fates));
      return;
    case 'loop':
      command.conditions.forEach((list) =>
        walkList(list, { ...options, errexit: false }, undecided('the loop asks for its status'), fates),
      );
      command.bodies.forEach((body) =>
        walkList(body, options, options.errexit ? FAILS : undecided('it runs in a loop'), fates),
      );
      return;
    case 'if':
      walkIf(command.conditions, command.bodies, options, fates);
      return;
    case 'function':
    case 'case':
      command.bodies.forEach((body) => forced(body, `it stands in a ${command.type}`, fates));
  }
}

function walkIf(
  conditions: readonly ShellList[],
  bodies: readonly ShellList[],
  options: ShellOptions,
  fates: Fate[],
): void {
  conditions.forEach((list, index) => {
    const only = list.length === 1 ? list[0] : undefined;
    const pipeline = only?.pipelines.length === 1 ? only.pipelines[0] : undefined;
    const taken = pipeline?.negated === true ? bodies[index] : conditions.length === 1 ? bodies[1] : undefined;
    const asked: Outcome =
      pipeline !== undefined && taken !== undefined && exitsWithFailure(taken)
        ? { fate: 'fails', why: 'the branch that runs when it fails exits with failure' }
        : pipeline !== undefined && index === 0 && taken === undefined && bodies.length === 1
          ? { fate: 'swallowed', why: 'an `if` asks for its status and nothing fails when it does' }
          : undecided('an `if` asks for its status');
    if (pipeline === undefined) forced(list, asked.why, fates);
    else walkPipeline({ ...pipeline, negated: false }, options, asked, fates);
  });
  bodies.forEach((body) => forced(body, 'it runs only under a condition', fates));
}

function forced(list: ShellList, why: string, fates: Fate[]): void {
  const inner: Fate[] = [];
  walkList(list, { errexit: true, pipefail: true }, FAILS, inner);
  fates.push(...inner.map((fate): Fate => (fate.fate === 'fails' ? { ...fate, fate: 'undecided', why } : fate)));
}

function undecided(why: string): Outcome {
  return { fate: 'undecided', why };
}

function isPlain(item: AndOr): boolean {
  return item.pipelines.length === 1 && !item.background && item.pipelines[0]?.commands.length === 1;
}

function nameOf(command: Command): string | undefined {
  return command.type === 'simple' ? command.words[0]?.text : undefined;
}

/** `exit`, or `exec` of a command that takes the place of the shell. */
function endsScript(command: Command): boolean {
  const name = nameOf(command);
  return name === 'exit' || (name === 'exec' && command.type === 'simple' && command.words.length > 1);
}

function exitsWithFailure(list: ShellList): boolean {
  return list.some((item) => isPlain(item) && item.pipelines[0] !== undefined && certainlyFails(item.pipelines[0]));
}

function certainlyFails(pipeline: Pipeline): boolean {
  const command = pipeline.commands.at(-1);
  if (command === undefined || pipeline.negated || pipeline.commands.length !== 1) return false;
  if (command.type === 'group') return exitsWithFailure(command.bodies[0] ?? []);
  if (command.type !== 'simple') return false;
  const [name, status] = command.words.map((word) => word.text);
  return (
    (name === 'exit' && /^[1-9]\d*$/.test(status ?? '')) ||
    name === 'false' ||
    (name === 'exit' && status === undefined)
  );
}

function certainlySucceeds(pipeline: Pipeline): boolean {
  const command = pipeline.commands.at(-1);
  if (command === undefined || pipeline.negated) return false;
  if (command.type === 'group') {
    const last = command.bodies[0]?.at(-1)?.pipelines.at(-1);
    return last !== undefined && certainlySucceeds(last) && !exitsWithFailure(command.bodies[0] ?? []);
  }
  if (command.type !== 'simple') return false;
  const [name, status] = command.words.map((word) => word.text);
  // `|| failed=1` keeps the failure for later.
  if (name === undefined) return command.assignments.length === 0;
  return ['true', ':', 'echo', 'printf'].includes(name) || (name === 'exit' && status === '0');
}

function firstWords(pipeline: Pipeline): string {
  const command = pipeline.commands[0];
  return command?.type === 'simple'
    ? command.words
        .slice(0, 2)
        .map((word) => word.text)
        .join(' ')
        .slice(0, 40)
    : '{ … }';
}

function optionsAfter(item: AndOr, options: ShellOptions): ShellOptions {
  const command = isPlain(item) ? item.pipelines[0]?.commands[0] : undefined;
  if (command?.type !== 'simple' || command.words[0]?.text !== 'set') return options;
  let { errexit, pipefail } = options;
  const words = command.words.slice(1).map((word) => word.text);
  words.forEach((word, index) => {
    const on = word.startsWith('-');
    if (!on && !word.startsWith('+')) return;
    if (/^[+-][a-z]*e/.test(word)) errexit = on;
    if (/^[+-][a-z]*o$/.test(word)) {
      if (words[index + 1] === 'pipefail') pipefail = on;
      if (words[index + 1] === 'errexit') errexit = on;
    }
  });
  return { errexit, pipefail };
}

function readsStatus(item: AndOr, status = /\$\?|\$\{?PIPESTATUS/): boolean {
  return item.pipelines.some((pipeline) =>
    pipeline.commands.some((command) =>
      command.type === 'simple'
        ? [...command.words, ...command.assignments].some((word) => status.test(word.text))
        : [...command.conditions, ...command.bodies].some((list) => list.some((inner) => readsStatus(inner, status))),
    ),
  );
}

function readsPipeStatus(item: AndOr): boolean {
  return readsStatus(item, /PIPESTATUS/);
}
