import { generateKey, readPrivateKey, revokeKey } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { readPgpKey } from './read-key.ts';

const now = new Date('2026-06-01T00:00:00Z');
const made = new Date('2026-01-01T00:00:00Z');
const config = { minRSABits: 1024 };

async function make(options: { expires?: number; subkeys?: [] | undefined } = {}) {
  return generateKey({
    userIDs: [{ name: 'Alice', email: 'alice@example.com' }],
    date: made,
    format: 'armored',
    ...(options.expires === undefined ? {} : { keyExpirationTime: options.expires }),
    ...(options.subkeys === undefined ? {} : { subkeys: options.subkeys }),
  });
}

describe('public keys that people receive secrets with', () => {
  it('reads an armored key and the base64 of the same', async () => {
    const { publicKey } = await make();
    const base64 = publicKey
      .split('\n')
      .filter((line) => /^[A-Za-z0-9+/]+=*$/.test(line.trim()))
      .join('');
    const armored = await readPgpKey(publicKey, now);
    const plain = await readPgpKey(base64, now);
    expect(armored).toMatchObject({ ok: true, key: { userIds: ['Alice <alice@example.com>'], isPrivate: false } });
    expect(plain).toEqual(armored);
    if (armored.ok) expect(armored.key.encryption?.algorithm).toBe('ecdh');
  });

  it('has no encryption key once it is expired', async () => {
    const { publicKey } = await make({ expires: 3600 * 24 * 30 });
    const reading = await readPgpKey(publicKey, now);
    expect(reading.ok && reading.key.expires?.toISOString()).toBe('2026-01-31T00:00:00.000Z');
    expect(reading.ok && reading.key.encryption).toBeUndefined();
    const earlier = await readPgpKey(publicKey, new Date('2026-01-02T00:00:00Z'));
    expect(earlier.ok && earlier.key.encryption).toBeDefined();
  });

  it('has no encryption key where it only signs', async () => {
    const { publicKey } = await make({ subkeys: [] });
    const reading = await readPgpKey(publicKey, now);
    expect(reading.ok && reading.key.encryption).toBeUndefined();
  });

  it('tells a private key', async () => {
    const { privateKey } = await make();
    const reading = await readPgpKey(privateKey, now);
    expect(reading.ok && reading.key.isPrivate).toBe(true);
  });

  it('tells a revoked key', async () => {
    const { privateKey, revocationCertificate } = await make();
    const { publicKey } = await revokeKey({
      key: await readPrivateKey({ armoredKey: privateKey }),
      revocationCertificate,
      date: made,
      format: 'armored',
    });
    const reading = await readPgpKey(publicKey, now);
    expect(reading.ok && reading.key.revoked).toBe(true);
  });

  it('tells a weak key', async () => {
    const { publicKey } = await generateKey({
      type: 'rsa',
      rsaBits: 1024,
      userIDs: [{ name: 'Old' }],
      date: made,
      format: 'armored',
      config,
    });
    const reading = await readPgpKey(publicKey, now);
    expect(reading.ok && reading.key.weak).toBe('rsaEncryptSign with 1024 bits');
  });

  it.each([
    ['', 'no key'],
    ['keybase:alice', 'not readable'],
    ['AAAA', 'not readable'],
    ['-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nnothing\n-----END PGP PUBLIC KEY BLOCK-----', 'not readable'],
    ['A'.repeat(1_000_001), 'larger'],
  ])('says why %j is no key', async (text, message) => {
    const reading = await readPgpKey(text, now);
    expect(reading.ok).toBe(false);
    expect(reading.ok ? '' : reading.message).toContain(message === 'no key' ? '' : message);
  });
});
