import { TerraformError } from '../value.ts';

type Encoding =
  | 'latin1'
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | { readonly decoder: string; readonly bytes: ReadonlyMap<string, number> };

const cache = new Map<string, Encoding | undefined>();
const BY_NAME: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
  ['iso-8859-1', 'latin1'],
]);
/** How the names of encodings begin that are real, but not modelled here. */
const REAL = /^(?:utf|iso|windows|ibm|cp\d|koi8|mac|euc|shift|gb|big5|hz|us-ascii|latin|hp|cs)/;

/** Bytes of a text in an encoding of the IANA registry; undefined where the encoding is none that is modelled. */
export function encodeText(text: string, name: string): Buffer | undefined {
  const encoding = find(name);
  if (encoding === undefined) return undefined;
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const bytes = Array.from(text, (char) => byteOf(char, encoding));
  if (bytes.includes(undefined))
    throw new TerraformError(`the given string contains characters that ${name} cannot represent`);
  return Buffer.from(bytes.map((byte) => byte ?? 0));
}

/** The text of bytes in an encoding; undefined where the encoding is none that is modelled. */
export function decodeText(bytes: Buffer, name: string): string | undefined {
  const encoding = find(name);
  if (encoding === undefined) return undefined;
  if (encoding === 'utf-8') return bytes.toString('utf8');
  if (encoding === 'utf-16be')
    return (bytes.length % 2 === 0 ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
  if (encoding === 'utf-16le') return bytes.toString('utf16le');
  if (encoding === 'latin1') return bytes.toString('latin1');
  return new TextDecoder(encoding.decoder).decode(bytes);
}

function byteOf(
  char: string,
  encoding: 'latin1' | { readonly bytes: ReadonlyMap<string, number> },
): number | undefined {
  if (encoding !== 'latin1') return encoding.bytes.get(char);
  return char.charCodeAt(0) <= 0xff ? char.charCodeAt(0) : undefined;
}

function find(name: string): Encoding | undefined {
  const key = name.toLowerCase();
  if (!cache.has(key)) {
    if (cache.size > 100) cache.clear();
    cache.set(key, BY_NAME.get(key) ?? singleByte(key));
  }
  return cache.get(key);
}

/** Encodings of one byte a character that the platform decodes. */
function singleByte(name: string): Encoding | undefined {
  if (!REAL.test(name))
    throw new TerraformError(`${JSON.stringify(name)} is not a supported IANA encoding name or alias`);
  if (!/^(?:windows-125\d|iso-8859-(?:[2-8]|1[03-6])|koi8-[ru]|macintosh|ibm866)$/.test(name)) return undefined;
  const decoder = new TextDecoder(name);
  const bytes = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) {
    const char = decoder.decode(Uint8Array.of(byte));
    if (char !== '\ufffd') bytes.set(char, byte);
  }
  return { decoder: name, bytes };
}
