import type { Invocation } from './types.ts';

/** Value of the first of some flags, written `--flag value` or `--flag=value`; undefined where none has one. */
export function flagValue({ args }: Pick<Invocation, 'args'>, names: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    for (const name of names) {
      if (arg.startsWith(`${name}=`)) return arg.slice(name.length + 1);
      const next = args[index + 1];
      if (arg === name && next !== undefined && !next.startsWith('-')) return next;
    }
  }
  return undefined;
}

/** All values of some flags that may be repeated. */
export function flagValues({ args }: Pick<Invocation, 'args'>, names: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const name = names.find((candidate) => arg === candidate || arg.startsWith(`${candidate}=`));
    if (name === undefined) return [];
    return arg === name ? (args[index + 1] ?? []) : arg.slice(name.length + 1);
  });
}

export function hasFlag({ args }: Pick<Invocation, 'args'>, name: string): boolean {
  return args.some((arg) => arg === name || arg.startsWith(`${name}=`));
}

export function anyFlag(call: Invocation, names: readonly string[]): boolean {
  return names.some((name) => hasFlag(call, name));
}

/** The first of some inputs of an action that is set, trimmed. */
export function input({ inputs }: Pick<Invocation, 'inputs'>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = inputs.get(name.toLowerCase());
    if (value !== undefined) return value.trim();
  }
  return undefined;
}

/** Words that are no flags. The value of a flag written apart is taken for one: only the first word is dependable. */
export function positional({ args }: Pick<Invocation, 'args'>): string[] {
  return args.filter((arg) => !arg.startsWith('-'));
}
