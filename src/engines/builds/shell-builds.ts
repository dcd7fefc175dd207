import { parseShell, type ShellList, type SimpleCommand } from '../../lib/shell/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { below, buildArguments, readBuild } from './build-command.ts';
import { literal, patternOf, resolve, unknown, type Scope } from './resolve.ts';
import type { Build, Doubt, FoundBuilds, Resolved } from './types.ts';

/** A script and what is known when it starts. */
export interface Script {
  readonly text: string;
  /** Folder that it starts in. */
  readonly folder: string;
  /** Folder of the script file, which `$(dirname "$0")` means. */
  readonly home: string;
  readonly scope: Scope;
  readonly where: string;
  /** Place of `[start, end)` of the script. */
  place(start: number, end: number): SourceLocation;
}

interface State {
  folder: Resolved;
  readonly variables: Map<string, Resolved>;
}

const LONGEST = 200_000;

/** Finds the builds that a script makes. Folders are followed through `cd`, variables through plain assignments. */
export function buildsOfScript(script: Script): FoundBuilds {
  const builds: Build[] = [];
  const doubts: Doubt[] = [];
  if (!/\b(?:build|bud|bake|executor)\b/.test(script.text)) return { builds, doubts };
  if (script.text.length > LONGEST) {
    return {
      builds,
      doubts: [
        {
          reason: 'too-large',
          message: `${script.where}: the script is too long to be searched for builds`,
          at: script.place(0, 1),
        },
      ],
    };
  }
  const state: State = { folder: literal(script.folder), variables: new Map(script.scope.variables) };
  walk(parseShell(script.text), state);
  return { builds, doubts };

  function walk(list: ShellList, current: State): void {
    for (const command of list.flatMap((item) => item.pipelines).flatMap((pipeline) => pipeline.commands)) {
      if (command.type === 'simple') {
        simple(command, current);
        continue;
      }
      // What a subshell or a branch changes does not hold behind it for certain.
      const inner = command.type === 'group' ? current : { folder: current.folder, variables: current.variables };
      for (const part of [...command.conditions, ...command.bodies]) walk(part, inner);
    }
  }

  function simple(command: SimpleCommand, current: State): void {
    const scope: Scope = { variables: current.variables, expressions: script.scope.expressions };
    const words = command.words.map((word) => (word.dynamic ? resolve(word.text, scope) : literal(word.text)));
    const name = words[0] === undefined ? '' : patternOf(words[0]);
    if (name === '' || name === 'export' || name === 'local' || name === 'readonly' || name === 'declare') {
      for (const word of [...command.assignments, ...(name === '' ? [] : command.words.slice(1))])
        assign(word.text, current, scope);
    } else if (name === 'cd' || name === 'pushd') {
      current.folder = folderAfter(command, words, current.folder);
    } else if (name === 'popd') {
      current.folder = unknown('popd');
    }
    for (const list of command.substitutions) walk(list, { folder: current.folder, variables: current.variables });
    const found = buildArguments(words);
    if (found === undefined) return;
    const at = script.place(command.start, command.end);
    if (found.tool === 'bake') {
      doubts.push(bakeDoubt(script.where, at));
      return;
    }
    const build = readBuild(found, { folder: current.folder, at, where: script.where });
    if (build !== undefined) builds.push(build);
  }

  function folderAfter(command: SimpleCommand, words: readonly Resolved[], from: Resolved): Resolved {
    const word = command.words[1];
    if (word === undefined) return unknown('cd');
    if (/dirname|BASH_SOURCE/.test(word.text)) {
      const tail = /[)"}]((?:\/\.\.)*(?:\/[\w.-]+)*)$/.exec(word.text.slice(-200));
      return below(literal(script.home), literal(`.${tail?.[1] ?? ''}`)) ?? unknown(word.text);
    }
    if (/rev-parse --show-toplevel|GITHUB_WORKSPACE/.test(word.text)) return literal('');
    return below(from, words[1] ?? literal('.')) ?? unknown(word.text);
  }
}

/** A variable that is given two different values is open: which one holds is a matter of control flow. */
function assign(text: string, state: State, scope: Scope): void {
  const equals = text.indexOf('=');
  if (equals <= 0) return;
  const name = text.slice(0, equals).replace(/\+$/, '');
  const value = text[equals - 1] === '+' ? unknown(text) : resolve(text.slice(equals + 1), scope);
  const before = state.variables.get(name);
  const differs = before !== undefined && patternOf(before) !== patternOf(value);
  state.variables.set(name, differs ? unknown(`$${name}`) : value);
}

/** Bake files are not read. */
export function bakeDoubt(where: string, at: SourceLocation): Doubt {
  return {
    reason: 'engine-missing',
    message: `${where} builds with a bake file, whose targets and arguments are not read`,
    at,
    closes: 'build with docker/build-push-action or `docker build`, with file, target and arguments in sight',
  };
}
