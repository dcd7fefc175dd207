import { readPgpKey, type PgpKey } from '../../../engines/pgp/read-key.ts';
import type { TfValue } from '../../../engines/terraform/index.ts';
import type { SourceLocation } from '../../../model/index.ts';

/** What is wrong with the key that a secret is encrypted to, if anything is. */
export type PgpJudgement =
  | { readonly kind: 'good'; readonly key: PgpKey; readonly at: SourceLocation }
  | { readonly kind: 'fault'; readonly fault: string; readonly id: string; readonly at: SourceLocation }
  | { readonly kind: 'gap'; readonly why: string; readonly closes: string; readonly at: SourceLocation };

/** Judges the value of a `pgp_key` at a time: base64 of a public key, armored, or a name at Keybase. */
export async function judgePgpKey(value: TfValue, now: Date): Promise<PgpJudgement> {
  const { at } = value.origin;
  if (value.kind !== 'string')
    return {
      kind: 'gap',
      why: value.kind === 'unknown' ? value.why : 'it is no text',
      closes: 'keep the public key in a file of the repository and read it with file()',
      at,
    };
  if (value.value.startsWith('keybase:'))
    return {
      kind: 'gap',
      why: `the key of ${value.value.slice(0, 80)} is fetched from Keybase when it is applied`,
      closes: 'keep the public key in a file of the repository and read it with file()',
      at,
    };
  const reading = await readPgpKey(value.value, now);
  if (!reading.ok)
    return { kind: 'fault', fault: `its PGP key cannot be used: ${reading.message}`, id: 'unreadable', at };
  const fault = faultOf(reading.key, now);
  return fault === undefined ? { kind: 'good', key: reading.key, at } : { kind: 'fault', ...fault, at };
}

function faultOf(key: PgpKey, now: Date): { readonly fault: string; readonly id: string } | undefined {
  const short = key.fingerprint.slice(-16);
  if (key.isPrivate) return { id: 'private', fault: `the private half of PGP key ${short} stands in the repository` };
  if (key.revoked) return { id: 'revoked', fault: `PGP key ${short} is revoked` };
  if (key.expires !== undefined && key.expires <= now)
    return { id: 'expired', fault: `PGP key ${short} expired on ${key.expires.toISOString().slice(0, 10)}` };
  if (key.encryption === undefined)
    return { id: 'no-encryption', fault: `PGP key ${short} has no subkey that can be encrypted to` };
  return key.weak === undefined ? undefined : { id: 'weak', fault: `PGP key ${short} is weak: ${key.weak}` };
}
