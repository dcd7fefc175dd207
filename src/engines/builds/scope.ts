import type { DockerfileFact, Instruction } from '../../facts/dockerfile/types.ts';
import { expand, type Expansion, type Variable } from './expand.ts';
import type { BuiltImage } from './types.ts';

/** Names and what they stand for at one point of a build. */
export interface Names {
  readonly env: Map<string, Variable>;
  readonly args: Map<string, Variable>;
}

const UNKNOWN: Variable = { kind: 'unknown' };
const UNSET: Variable = { kind: 'unset' };

/** The arguments before the first FROM, which FROM alone sees; a stage gets one by naming it in an ARG of its own. */
export function globalArguments(file: DockerfileFact, image: BuiltImage): ReadonlyMap<string, Variable> {
  const names = platformArguments(image.platform);
  for (const { name, value } of file.globalArgs.flatMap((arg) => arg.assignments)) {
    const look = (other: string): Variable => names.get(other) ?? UNSET;
    names.set(
      name,
      givenArgument(image, name) ??
        (value === undefined ? missingArgument(image) : toVariable(expand(value.text, look, file.escape))),
    );
  }
  return names;
}

/** Automatic platform arguments: https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope. */
function platformArguments(platform: string): Map<string, Variable> {
  const [os = '', arch = '', variant = ''] = platform.split('/');
  const value = (text: string): Variable => ({ kind: 'value', text });
  return new Map([
    ['TARGETPLATFORM', value(platform)],
    ['TARGETOS', value(os)],
    ['TARGETARCH', value(arch)],
    ['TARGETVARIANT', value(variant)],
    ...['BUILDPLATFORM', 'BUILDOS', 'BUILDARCH', 'BUILDVARIANT'].map((name) => [name, UNKNOWN] as const),
  ]);
}

/** What the build gives for an argument. */
function givenArgument(image: BuiltImage, name: string): Variable | undefined {
  const given = image.args.get(name);
  if (given === undefined) return undefined;
  return given.known ? { kind: 'value', text: given.text } : UNKNOWN;
}

/** An argument without default that no build gives: nothing, or open where no build is in sight. */
function missingArgument(image: BuiltImage): Variable {
  return image.builds.length > 0 ? UNSET : UNKNOWN;
}

function toVariable(expansion: Expansion): Variable {
  return expansion.known ? { kind: 'value', text: expansion.text } : UNKNOWN;
}

/** Looks a name up: ENV outranks ARG; where the base's own environment is not in sight, what is not set here is open. */
export function lookupIn(names: Names, baseIsOpen: boolean): (name: string) => Variable {
  return (name) => names.env.get(name) ?? names.args.get(name) ?? (baseIsOpen ? UNKNOWN : UNSET);
}

/** Takes the effect of ARG or ENV on the names. */
export function applyNames(
  names: Names,
  instruction: Instruction,
  context: {
    readonly image: BuiltImage;
    readonly globals: ReadonlyMap<string, Variable>;
    readonly baseIsOpen: boolean;
    readonly escape: string;
  },
): void {
  if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') return;
  // One instruction sees the names as they were before it.
  const look = lookupIn(names, context.baseIsOpen);
  const values = instruction.assignments.map(({ value }) =>
    value === undefined ? undefined : toVariable(expand(value.text, look, context.escape)),
  );
  instruction.assignments.forEach(({ name }, index) => {
    const written = values[index];
    if (instruction.keyword === 'ENV') names.env.set(name, written ?? UNSET);
    else
      names.args.set(
        name,
        givenArgument(context.image, name) ?? written ?? context.globals.get(name) ?? missingArgument(context.image),
      );
  });
}
