import { input, isOn, isOpen, isTrue } from './options.ts';
import type { Answer, Invocation } from './types.ts';

export const BY_DEFAULT: Answer = { answer: 'yes', why: 'it fails on a finding by default' };

export function yes(why: string): Answer {
  return { answer: 'yes', why };
}

export function no(why: string): Answer {
  return { answer: 'no', why };
}

export function undecided(what: string): Answer {
  return { answer: 'undecided', why: `an expression decides ${what}` };
}

/** Fails only when a switch is on. */
export function onlyWithSwitch(call: Invocation, flags: readonly string[]): Answer {
  const on = isOn(call, flags);
  const flag = flags[0] ?? '';
  if (on === undefined) return undecided(flag);
  return on ? yes(`${flag} is set`) : no(`without ${flag} it ends with 0 whatever it finds`);
}

/** Fails only when a value is given that is not zero: an exit code, a threshold. */
export function onlyWithValue(value: string | undefined, name: string): Answer {
  if (value === undefined) return no(`without ${name} it ends with 0 whatever it finds`);
  if (isOpen(value)) return undecided(name);
  // A process ends with its code modulo 256.
  if (/^\d{1,15}$/.test(value) && name.includes('exit') && Number(value) % 256 === 0)
    return no(`${name} is ${value}, which ends with 0`);
  return isTrue(value) === true ? yes(`${name} is ${value}`) : no(`${name} is ${value === '' ? 'empty' : value}`);
}

/** Fails unless a switch or an input takes its failure away. */
export function unless(
  call: Invocation,
  flags: readonly string[],
  inputs: readonly string[],
  variables: readonly string[] = [],
): Answer {
  const flag = isOn(call, flags);
  if (flag === undefined) return undecided(flags[0] ?? '');
  if (flag) return no(`${flags[0] ?? ''} takes its failure away`);
  const variable = variables.find((name) => call.env.has(name));
  const value = input(call, inputs) ?? (variable === undefined ? undefined : call.env.get(variable));
  if (value === undefined) return BY_DEFAULT;
  const on = isTrue(value);
  if (on === undefined) return undecided(`\`${inputs[0] ?? variable ?? ''}\``);
  return on ? no(`\`${inputs[0] ?? variable ?? ''}: ${value}\` takes its failure away`) : BY_DEFAULT;
}

/** Fails unless an input says that it must not. */
export function unlessFalse(call: Invocation, name: string): Answer {
  const value = input(call, [name]);
  const on = value === undefined ? true : isTrue(value);
  if (on === undefined) return undecided(`\`${name}\``);
  return on ? BY_DEFAULT : no(`\`${name}: ${value ?? ''}\` takes its failure away`);
}
