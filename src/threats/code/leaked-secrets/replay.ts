import { decode, scan } from '../../../engines/secrets/index.ts';
import type { Replayable, ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { hashSecret } from './redact.ts';
import { searchPlan } from './team-rules.ts';

/** Reads the file again, runs only that rule over the whole text, without keywords and windows, and compares the hash. */
export async function replayHit(context: Context, { replay }: Replayable): Promise<ReplayOutcome> {
  const { rule, path, hash } = replay.args;
  if (typeof rule !== 'string' || typeof path !== 'string' || typeof hash !== 'string') {
    return { confirmed: false, steps: ['the replay names no rule, path and hash'] };
  }
  const read = await context.tree.read(path);
  if (!read.ok) return { confirmed: false, steps: [`${path} can't be read: ${read.why}`] };
  const decoded = decode(read.bytes);
  const { ruleset } = await searchPlan(context);
  const input = { path, text: decoded.binary ? '' : decoded.text };
  const { hits } = scan(input, ruleset, { plain: true, only: rule });
  const same = hits.find((hit) => hashSecret(rule, hit.secret) === hash);
  const steps = [
    `read ${path}`,
    `ran rule ${rule} over the whole text: ${hits.length} ${hits.length === 1 ? 'match' : 'matches'}`,
  ];
  if (same === undefined) return { confirmed: false, steps: [...steps, 'none has the same hash'] };
  return { confirmed: true, steps: [...steps, `the secret in line ${same.location.startLine} has the same hash`] };
}
