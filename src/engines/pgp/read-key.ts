import type { Config, Key, PublicKey } from 'openpgp';

/** A public key of OpenPGP (RFC 9580), as far as it matters to whom something is encrypted to it. */
export interface PgpKey {
  /** Upper-case hex. */
  readonly fingerprint: string;
  readonly userIds: readonly string[];
  readonly created: Date;
  /** Undefined for a key that never expires. */
  readonly expires?: Date;
  readonly revoked: boolean;
  /** Whether the secret half stands there, too. */
  readonly isPrivate: boolean;
  /** The key that data would be encrypted to at the given time; absent where there is none. */
  readonly encryption?: { readonly fingerprint: string; readonly algorithm: string; readonly bits?: number };
  /** Why its encryption key is too weak, as a clause. */
  readonly weak?: string;
}

/** A key, or why there is none. */
export type PgpReading = { readonly ok: true; readonly key: PgpKey } | { readonly ok: false; readonly message: string };

const LARGEST = 1_000_000;
/** NIST SP 800-57 part 1 table 2: below 2,048 bits RSA and ElGamal have less than 112 bits of security. */
const FEWEST_BITS = 2048;

/**
 * Reads the first key of a text: armored, or the base64 that Terraform's `pgp_key` takes.
 * @param now The time at which it must be able to receive something.
 */
export async function readPgpKey(text: string, now: Date): Promise<PgpReading> {
  if (text.length > LARGEST) return { ok: false, message: 'larger than 1 MB' };
  // The library is large, and only products that issue keys need it.
  const openpgp = await import('openpgp');
  const trimmed = text.trim();
  try {
    const keys = trimmed.startsWith('-----BEGIN PGP')
      ? await openpgp.readKeys({ armoredKeys: trimmed })
      : await openpgp.readKeys({ binaryKeys: bytesOf(trimmed) });
    const [key] = keys;
    if (key === undefined) return { ok: false, message: 'it holds no key' };
    return { ok: true, key: await describe(key, now, openpgp.config) };
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : '';
    return { ok: false, message: `not readable as an OpenPGP key: ${message.slice(0, 200)}` };
  }
}

function bytesOf(base64: string): Uint8Array {
  if (!/^[A-Za-z0-9+/=\s]+$/.test(base64)) throw new Error('neither armored nor base64');
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

async function describe(key: Key | PublicKey, now: Date, config: Config): Promise<PgpKey> {
  const expires = await key.getExpirationTime();
  // What the library would refuse to use is described all the same: Terraform's provider encrypts to it.
  const lenient = { ...config, minRSABits: 0, rejectPublicKeyAlgorithms: new Set<never>() };
  const found = await key.getEncryptionKey(undefined, now, undefined, lenient).catch(() => undefined);
  const info = found?.getAlgorithmInfo();
  const weak = info === undefined ? undefined : weakness(info.algorithm, info.bits);
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    userIds: key.getUserIDs(),
    created: key.getCreationTime(),
    ...(expires instanceof Date ? { expires } : {}),
    revoked: await key.isRevoked(undefined, undefined, now),
    isPrivate: key.isPrivate(),
    ...(found === undefined || info === undefined
      ? {}
      : {
          encryption: {
            fingerprint: found.getFingerprint().toUpperCase(),
            algorithm: info.algorithm,
            ...(info.bits === undefined ? {} : { bits: info.bits }),
          },
        }),
    ...(weak === undefined ? {} : { weak }),
  };
}

function weakness(algorithm: string, bits: number | undefined): string | undefined {
  return bits !== undefined && bits < FEWEST_BITS ? `${algorithm} with ${bits} bits` : undefined;
}
