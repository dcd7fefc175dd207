import type { Replacer } from './replacer.ts';

/** What git writes into reflogs when refs move to rewritten commits. */
export const MOVED = 'fourproof: secrets clean';

/** A reflog with new ids and without secrets; undefined when nothing in it changes. Lines are `<old> <new> <who>\t<what>`.
 * The move itself is no step of anybody's: in a list of stashes it would be one more. */
export function rewriteReflog(
  bytes: Uint8Array,
  map: ReadonlyMap<string, string>,
  replacer: Replacer,
): Uint8Array | undefined {
  let changes = false;
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split(/(?<=\n)/);
  const steps = lines.filter((line) => !line.endsWith(`\t${MOVED}\n`));
  if (steps.length < lines.length) changes = true;
  const text = steps.join('');
  const renamed = text.replace(/^([0-9a-f]{40,64}) ([0-9a-f]{40,64})(?= )/gm, (line, before: string, after: string) => {
    const now = `${map.get(before) ?? before} ${map.get(after) ?? after}`;
    if (now !== line) changes = true;
    return now;
  });
  const written = Buffer.from(renamed, 'latin1');
  return replacer.replace(written) ?? (changes ? written : undefined);
}
