import { Argument } from 'commander';

/** The folder that most commands are about. */
export function path(what = 'folder of the product'): Argument {
  return new Argument('[path]', what).default('.', 'here');
}

/** Gathers an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
