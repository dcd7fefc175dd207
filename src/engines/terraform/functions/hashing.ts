/** Hash functions: https://developer.hashicorp.com/terraform/language/functions#hash-and-crypto-functions. */

import { createHash } from 'node:crypto';
import type { TfFunction } from '../functions.ts';
import { TerraformError } from '../value.ts';
import { define, string, unknown } from './define.ts';
import { readBytes } from './files.ts';
import { textAt } from './read.ts';

const ONE = { params: ['string'], gives: 'string' } as const;
/** Suffix of the function, algorithm, form of the digest. */
const HASHES = [
  ['md5', 'md5', 'hex'],
  ['sha1', 'sha1', 'hex'],
  ['sha256', 'sha256', 'hex'],
  ['sha512', 'sha512', 'hex'],
  ['base64sha256', 'sha256', 'base64'],
  ['base64sha512', 'sha512', 'base64'],
] as const;
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['dns', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
  ['url', '6ba7b811-9dad-11d1-80b4-00c04fd430c8'],
  ['oid', '6ba7b812-9dad-11d1-80b4-00c04fd430c8'],
  ['x500', '6ba7b814-9dad-11d1-80b4-00c04fd430c8'],
]);

export const HASHING: readonly (readonly [string, TfFunction])[] = [
  ...HASHES.map(([name, algorithm, form]) =>
    define(name, ONE, (args, tools) => string(digest(algorithm, textAt(args, 0), form), tools)),
  ),
  ...HASHES.map(([name, algorithm, form]) =>
    define(`file${name}`, ONE, (args, tools) =>
      string(digest(algorithm, readBytes(textAt(args, 0), tools), form), tools),
    ),
  ),
  define('uuidv5', { params: ['string', 'string'], gives: 'string' }, (args, tools) =>
    string(uuidV5(textAt(args, 0), textAt(args, 1)), tools),
  ),
  define('uuid', { gives: 'string' }, (_, tools) =>
    unknown('uuid() is random', tools, {
      type: 'string',
      notNull: true,
      pattern: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
    }),
  ),
  define('bcrypt', { params: ['string'], rest: 'number', gives: 'string' }, (_, tools) =>
    unknown('bcrypt() is salted at random', tools, { type: 'string', notNull: true, prefix: '$2a$' }),
  ),
  define('rsadecrypt', { params: ['string', 'string'], gives: 'string' }, (_, tools) =>
    unknown('rsadecrypt() is not computed', tools, { type: 'string', notNull: true }),
  ),
];

function digest(algorithm: string, data: string | Uint8Array, form: 'hex' | 'base64'): string {
  return createHash(algorithm).update(data).digest(form);
}

/** RFC 4122, 4.3: SHA-1 of the namespace's bytes and the name. */
function uuidV5(namespace: string, name: string): string {
  const id = NAMESPACES.get(namespace) ?? namespace;
  if (!/^(?:urn:uuid:)?\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?$/.test(id)) {
    throw new TerraformError(`uuidv5() doesn't support namespace ${JSON.stringify(namespace)}`);
  }
  const bytes = Buffer.from(id.replace(/^urn:uuid:|[^0-9a-fA-F]/g, ''), 'hex');
  const hash = createHash('sha1').update(bytes).update(name).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
