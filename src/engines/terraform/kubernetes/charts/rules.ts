/** Short forms for the data of the summaries. */

import type { Condition, DigestPart, ImageRule, Part } from './types.ts';

/** A switch of values that is on or off where it is not given. */
export function on(path: string, byDefault: boolean): Condition {
  return { path, is: 'true', default: String(byDefault) };
}

/** A switch that must be off. */
export function off(path: string, byDefault: boolean): Condition {
  return { path, is: 'false', default: String(byDefault) };
}

/** `path.repository` holds host and path, `path.tag` the tag; with `digest`, `path.digest` stands instead of the tag. */
export function plainImage(
  role: string,
  path: string,
  repository: string,
  more: { readonly digest?: boolean; readonly when?: readonly Condition[]; readonly tag?: string } = {},
): ImageRule {
  const digest: DigestPart = { from: [`${path}.digest`], replacesTag: true };
  return {
    role,
    path,
    repository: { from: [`${path}.repository`], default: repository },
    tag: { from: [`${path}.${more.tag ?? 'tag'}`] },
    ...(more.digest === true ? { digest } : {}),
    ...(more.when === undefined ? {} : { when: more.when }),
  };
}

export function part(from: string | readonly string[], byDefault?: string): Part {
  return { from: typeof from === 'string' ? [from] : from, ...(byDefault === undefined ? {} : { default: byDefault }) };
}
