import type { TfUnknown, TfValue } from './value.ts';

/** A text as a regular expression that matches it alone. */
export function escapePattern(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** What a function's unknown result is known to be, where the form of its argument is known. */
export function constrainedResult(name: string, args: readonly TfValue[], result: TfUnknown): TfUnknown | undefined {
  const [value, found, replacement] = args;
  if (value?.kind !== 'unknown' || found?.kind !== 'string') return undefined;
  const removes = name === 'trimprefix' || (name === 'replace' && isText(replacement, '') && !isRegex(found.value));
  const narrowed = removes ? withoutPrefix(value, found.value) : undefined;
  return narrowed === undefined ? undefined : { ...narrowed, origin: result.origin };
}

/**
 * The unknown text without a prefix that its form begins with; undefined where that is not certain, or where the
 * rest could hold the prefix again.
 */
export function withoutPrefix(value: TfUnknown, prefix: string): TfUnknown | undefined {
  const pattern = value.constraint?.pattern;
  const start = escapePattern(prefix);
  if (prefix === '' || pattern?.startsWith(start) !== true) return undefined;
  const rest = pattern.slice(start.length);
  // A quantifier or an alternative would reach into the prefix.
  if (/^[*+?{|)]/.test(rest) || /(?:^|[^\\])\|/.test(rest) || couldHold(rest, prefix)) return undefined;
  const known = value.constraint?.prefix;
  const { prefix: _, ...constraint } = value.constraint ?? {};
  return {
    ...value,
    constraint: {
      ...constraint,
      pattern: rest,
      ...(known?.startsWith(prefix) === true && known.length > prefix.length
        ? { prefix: known.slice(prefix.length) }
        : {}),
    },
  };
}

/** Whether a text of the pattern could hold a mark of the prefix that letters and digits are not: `:` of `https://`. */
function couldHold(pattern: string, prefix: string): boolean {
  const mark = /[^\w\s-]/.exec(prefix)?.[0];
  if (mark === undefined) return true;
  // Groups of this engine are `(?:`; a colon there is no text.
  const bare = pattern.replaceAll('(?:', '(');
  return bare.includes(mark) || /(?:^|[^\\])\.|\\[sSDW]|\[\^|!-~/.test(bare);
}

function isText(value: TfValue | undefined, text: string): boolean {
  return value?.kind === 'string' && value.value === text;
}

/** `/…/` as the second argument of replace is a regular expression. */
function isRegex(value: string): boolean {
  return value.length > 1 && value.startsWith('/') && value.endsWith('/');
}
