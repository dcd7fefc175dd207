import { crc32 } from '../../lib/crc32.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * What the check says that a rule names: `checksum:valid` or `checksum:invalid`; nothing for a key that is not known here.
 * A finding stays one whatever it says, because a vendor may change its form.
 * - `crc32-base62`: the last six characters are the CRC-32 of what stands between the last `_` and them, in base 62
 *   (GitHub and npm: "Behind GitHub's new authentication token formats", github.blog, 2021).
 */
export function checksumTags(key: string | undefined, secret: string): readonly string[] {
  if (key !== 'crc32-base62') return [];
  const body = secret.slice(secret.lastIndexOf('_') + 1);
  const isValid = base62(crc32(Buffer.from(body.slice(0, -6), 'latin1'))) === body.slice(-6);
  return [isValid ? 'checksum:valid' : 'checksum:invalid'];
}

function base62(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = (BASE62[rest % 62] ?? '') + text;
  return text.padStart(6, '0');
}
