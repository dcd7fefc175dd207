import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { Value } from './atoms.ts';
import type { RequestQuery, RequestSpace } from './types.ts';

/** Values that are tried for the variables of one question. */
const MOST_TRIES = 24;
const FRESH = 'some-value';

/**
 * Narrower spaces in which policy variables that were left open have a value: the one that the search chose, a fresh one, those
 * that the policies compare the key with, and none. A request that is found in one of them is real; that none is found proves nothing.
 */
export function instantiations(
  free: ReadonlySet<string>,
  space: RequestSpace,
  valueOf: (dimension: string) => Value,
  query: RequestQuery,
): readonly RequestSpace[] {
  const names = [...free];
  const chosen = names.map((name) => textOf(valueOf(`key:${name}`)) ?? FRESH);
  const tries: (readonly (string | undefined)[])[] = [chosen, names.map(() => FRESH), names.map(() => undefined)];
  for (const [index, name] of names.entries()) {
    for (const text of comparedWith(name, query, valueOf))
      tries.push(chosen.map((value, at) => (at === index ? text : value)));
    tries.push(chosen.map((value, at) => (at === index ? undefined : value)));
  }
  return tries.slice(0, MOST_TRIES).map((values) => {
    const context = new Map(space.context ?? []);
    const absent = [...(space.absent ?? [])];
    for (const [index, name] of names.entries()) {
      const value = values[index];
      if (value === undefined) absent.push(name);
      else context.set(name, value);
    }
    return { ...space, context, absent };
  });
}

function textOf(value: Value): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

/** Texts without wildcards with which a key is compared, and the values of keys that are compared with it. */
function comparedWith(
  name: string,
  { policies, notAllowedBy, space }: RequestQuery,
  valueOf: (dimension: string) => Value,
): readonly string[] {
  const documents: readonly IamPolicy[] = [
    ...policies.identity,
    ...(policies.resource ?? []),
    ...(notAllowedBy?.identity ?? []),
    ...(notAllowedBy?.resource ?? []),
  ];
  const conditions = [
    ...(space?.conditions ?? []),
    ...documents.flatMap(({ statements }) => statements.flatMap((statement) => statement.conditions)),
  ];
  const values = conditions.filter(({ key }) => key.toLowerCase() === name).flatMap((condition) => condition.values);
  const others = conditions
    .filter((condition) => condition.values.some((value) => value.toLowerCase() === `\${${name}}`))
    .flatMap(({ key }) => textOf(valueOf(`key:${key.toLowerCase()}`)) ?? []);
  return [...new Set([...others, ...values.filter((value) => !/[*?]|\$\{/.test(value))])].slice(0, 8);
}
