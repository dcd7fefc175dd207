import type { Invocation } from './types.ts';

type Words = Pick<Invocation, 'args'>;

/** Value of some flags, written `--flag value` or `--flag=value`; the last one counts; undefined where none has one. */
export function flagValue(call: Words, names: readonly string[]): string | undefined {
  return flagValues(call, names).at(-1);
}

/** All values of some flags that may be repeated, in order. */
export function flagValues({ args }: Words, names: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const name = names.find((candidate) => arg === candidate || arg.startsWith(`${candidate}=`));
    if (name === undefined) return [];
    if (arg !== name) return [arg.slice(name.length + 1)];
    const next = args[index + 1];
    return next === undefined || next.startsWith('-') ? [] : [next];
  });
}

/** Whether a flag is given, with or without a value. */
export function hasFlag({ args }: Words, name: string): boolean {
  return args.some((arg) => arg === name || arg.startsWith(`${name}=`));
}

/** Whether a switch is on: `--fail` and `--fail=true` are, `--fail=false` is not; undefined where an expression decides. */
export function isOn({ args }: Words, names: readonly string[]): boolean | undefined {
  const last = args.findLast((arg) => names.some((name) => arg === name || arg.startsWith(`${name}=`)));
  if (last === undefined) return false;
  const equals = last.indexOf('=');
  return equals < 0 ? true : isTrue(last.slice(equals + 1));
}

/** What a word says as a switch; undefined where an expression or a variable decides. */
export function isTrue(text: string): boolean | undefined {
  if (isOpen(text)) return undefined;
  return !/^(?:false|0|no|off|)$/i.test(text.trim());
}

/** Whether a variable or an expression decides a part of a text. */
export function isOpen(text: string): boolean {
  return text.includes('$');
}

/** The first of some inputs of an action that is set, trimmed. */
export function input({ inputs }: Pick<Invocation, 'inputs'>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = inputs.get(name.toLowerCase());
    if (value !== undefined) return value.trim();
  }
  return undefined;
}

/** Words that are no flags. The value of a flag written apart is taken for one: look for words that are known. */
export function positional({ args }: Words): string[] {
  return args.filter((arg) => !arg.startsWith('-'));
}

/** The first word that is one of some subcommands. */
export function subcommand(call: Words, names: readonly string[]): string | undefined {
  return positional(call).find((word) => names.includes(word));
}
