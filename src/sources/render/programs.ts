import { findProgram } from './find-program.ts';
import { runProgram } from './run-program.ts';

/** A program of this machine that renders. */
export interface Program {
  readonly file: string;
  /** For people: `helm v3.17.3`. */
  readonly name: string;
  /** Arguments before those of the request: `kubectl` renders by a subcommand. */
  readonly command: readonly string[];
  /** Major and minor version. */
  readonly version: readonly [number, number];
}

/** Finds what renders charts. */
export function findHelm(scratch: string): Program | undefined {
  return identified('helm', ['template'], ['version', '--template', '{{.Version}}'], scratch);
}

/** Finds what builds kustomizations: kustomize itself, or the one that is part of kubectl. */
export function findKustomize(scratch: string): Program | undefined {
  return (
    identified('kustomize', ['build'], ['version'], scratch) ??
    identified(
      'kubectl',
      ['kustomize'],
      ['version', '--client', '-o', 'json'],
      scratch,
      /"kustomizeVersion": "([^"]+)"/,
    )
  );
}

function identified(
  name: string,
  command: readonly string[],
  asked: readonly string[],
  scratch: string,
  pattern = /(v?\d+\.\d+[\w.+-]*)/,
): Program | undefined {
  const file = findProgram(name);
  const printed = file === undefined ? undefined : runProgram(file, asked, scratch, scratch);
  if (file === undefined || printed?.ok !== true) return undefined;
  const version = pattern.exec(printed.stdout)?.[1] ?? '';
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
  const shown = name === 'kubectl' ? `kubectl kustomize ${version}` : `${name} ${version}`;
  return { file, name: shown.trim(), command, version: [Number(major), Number(minor)] };
}
