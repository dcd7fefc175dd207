import type { HistorySecret } from '../../../engines/secrets-history/index.ts';
import type { Counterexample, HistoryCommit } from '../../../model/index.ts';
import { grantsOf, severityOf } from './counterexample.ts';
import { hashSecret, redact } from './redact.ts';

const SHORT = 12;

/** A secret of the history as evidence: where it came in, and how to read that version. The secret itself is in no field. */
export function historyCounterexample(
  { hit, kind, object, commit, versions }: HistorySecret,
  known: HistoryCommit | undefined,
  outside: string | undefined,
): Counterexample {
  const { rule, secret } = hit;
  const what = hit.description === '' ? `secret of rule ${rule}` : hit.description;
  const key = hit.key === undefined || secret.includes(hit.key) || hit.key.includes(secret) ? undefined : hit.key;
  const shown = secret === '' ? what : `${what} ${redact(secret, rule)}`;
  const hash = hashSecret(rule, secret);
  const revision = commit ?? object;
  const location = { ...hit.location, revision };
  const { path } = location;
  const by = known === undefined ? '' : ` (${known.author}, ${known.date.slice(0, 10)})`;
  const since = commit === undefined ? `object ${object.slice(0, SHORT)}` : `commit ${commit.slice(0, SHORT)}${by}`;
  const place = commit === undefined && kind === 'blob' ? since : `${path} of ${since}`;
  const now = outside === undefined ? 'the tree no longer does' : `${outside}, which no product holds, still does`;
  const more = versions > 1 ? `, and ${versions - 1} later ${versions === 2 ? 'version' : 'versions'} of it` : '';
  return {
    title: `${shown}${key === undefined ? '' : ` in ${key}`}, in the history since ${since}`,
    severity: severityOf(hit),
    summary: `${place}${more} holds a ${what}${key === undefined ? '' : `, as the value of ${key}`}; ${now}. Whoever clones the repository has it.`,
    input: {
      kind: 'secret',
      rule,
      path,
      hash,
      object,
      ...(commit === undefined ? {} : { commit }),
      ...(known === undefined ? {} : { author: known.author, date: known.date }),
      ...(key === undefined ? {} : { key }),
    },
    trace: [{ at: location, note: shown, role: 'sink' }],
    replay: { engine: 'history', args: { rule, path, hash, object } },
    grants: grantsOf(hit),
    identity: [rule, key ?? '', hash],
    ...(secret === '' ? {} : { sensitive: [location] }),
    ...(hit.ignoredBy === undefined ? {} : { ignoredBy: hit.ignoredBy }),
  };
}
