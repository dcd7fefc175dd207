import type { SecretHit } from '../../../engines/secrets/index.ts';
import type { Counterexample, Severity } from '../../../model/index.ts';
import { hashSecret, redact } from './redact.ts';

/** A found secret as evidence. The secret itself is in no field, only its place, its form and a slow hash. */
export function counterexampleOf(hit: SecretHit): Counterexample {
  const { rule, secret, location } = hit;
  const kind = hit.description === '' ? `secret of rule ${rule}` : hit.description;
  const key = hit.key === undefined || secret.includes(hit.key) || hit.key.includes(secret) ? undefined : hit.key;
  const shown = secret === '' ? kind : `${kind} ${redact(secret, rule)}`;
  const named = key === undefined ? '' : ` in ${key}`;
  const hash = hashSecret(rule, secret);
  return {
    title: `${shown}${named}`,
    severity: severityOf(hit),
    summary: `${location.path} holds a ${kind}${key === undefined ? '' : `, as the value of ${key}`}. Whoever reads the file has it.`,
    input: { kind: 'secret', rule, path: location.path, hash, ...(key === undefined ? {} : { key }) },
    trace: [{ at: location, note: shown, role: 'sink' }],
    replay: { engine: 'worktree', args: { rule, path: location.path, hash } },
    grants: grantsOf(hit),
    identity: [rule, key ?? '', hash],
    ...(secret === '' ? {} : { sensitive: [location] }),
    ...(hit.ignoredBy === undefined ? {} : { ignoredBy: hit.ignoredBy }),
  };
}

/** A password among tests most often opens only what the tests start; a key of a vendor opens the vendor wherever it stands. */
export function severityOf({ tags, rule, location }: SecretHit): Severity {
  if (tags.includes('severity:critical')) return 'critical';
  const isTest = /(?:^|\/)(?:tests?|__tests__|e2e|cypress|fixtures?|testdata|specs?)\/|[._-](?:test|spec)\.\w+$/i.test(
    location.path,
  );
  return isTest && rule.startsWith('generic-') ? 'low' : 'high';
}

/** What whoever has it can do with it, by the tags of its rule. */
export function grantsOf({ tags }: SecretHit): string[] {
  const grants = tags.flatMap((tag) => (tag.startsWith('grants:') ? [tag.slice('grants:'.length)] : []));
  return grants.length > 0 ? grants : ['uses the secret as its owner'];
}
