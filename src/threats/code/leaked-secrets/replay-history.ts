import { scan } from '../../../engines/secrets/index.ts';
import { PieceReader } from '../../../engines/secrets-history/index.ts';
import type { Replayable, ReplayOutcome } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { hashSecret } from './redact.ts';
import { searchPlan } from './team-rules.ts';

/** Reads the object again by its id, runs only that rule over its whole text, without keywords and windows, and compares the hash. */
export async function replayHistory(context: Context, { replay }: Replayable): Promise<ReplayOutcome> {
  const { rule, path, hash, object } = replay.args;
  if (typeof rule !== 'string' || typeof path !== 'string' || typeof hash !== 'string' || typeof object !== 'string')
    return { confirmed: false, steps: ['the replay names no rule, path, hash and object'] };
  const { history } = context.repository;
  if (history === undefined) return { confirmed: false, steps: ['there is no history to read the object from'] };
  const { ruleset } = await searchPlan(context);
  const reader = new PieceReader();
  let matches = 0;
  let line: number | undefined;
  let size: number | undefined;
  for await (const piece of history.read(object)) {
    size = piece.size;
    const { text, own } = reader.next(piece);
    const hits = own(scan({ path, text }, ruleset, { plain: true, only: rule }).hits);
    matches += hits.length;
    line ??= hits.find((hit) => hashSecret(rule, hit.secret) === hash)?.location.startLine;
  }
  if (size === undefined) return { confirmed: false, steps: [`object ${object} can't be read`] };
  const steps = [
    `read object ${object}, ${size} bytes`,
    `ran rule ${rule} over the whole text as ${path}: ${matches} ${matches === 1 ? 'match' : 'matches'}`,
  ];
  if (line === undefined) return { confirmed: false, steps: [...steps, 'none has the same hash'] };
  return { confirmed: true, steps: [...steps, `the secret in line ${line} has the same hash`] };
}
