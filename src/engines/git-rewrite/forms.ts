/** A way in which a secret may be written, as bytes, and what stands there afterwards. */
export interface SecretForm {
  /** `as it is`, `base64`, `hex` ... */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly replacement: Uint8Array;
}

/** Secrets below this length, in bytes, would be found where they do not stand. */
export const SHORTEST_SECRET = 6;
/** Encoded forms are looked for only where they are long enough to be no accident. */
const SHORTEST_FORM = 8;

/**
 * The secret as it is, and as its usual encodings write it: base64 (RFC 4648, both alphabets, at each of the three
 * offsets that it may have in a longer text), hex, percent, UTF-16, and the escapes of JSON. Longest first.
 */
export function formsOf(secret: string, token: string): SecretForm[] {
  const forms = new Map<string, SecretForm>();
  const add = (name: string, bytes: Uint8Array, replacement: Uint8Array, shortest = SHORTEST_FORM): void => {
    const key = Buffer.from(bytes).toString('latin1');
    if (bytes.length >= shortest && !forms.has(key)) forms.set(key, { name, bytes, replacement });
  };
  const utf8 = Buffer.from(secret, 'utf8');
  const tokenBytes = Buffer.from(token, 'utf8');
  add('as it is', utf8, tokenBytes, SHORTEST_SECRET);
  for (const text of jsonForms(secret)) add('JSON', Buffer.from(text, 'utf8'), tokenBytes);
  for (const text of percentForms(secret, utf8)) add('percent', Buffer.from(text, 'latin1'), tokenBytes);
  const hex = utf8.toString('hex');
  for (const text of [hex, hex.toUpperCase()]) add('hex', Buffer.from(text), Buffer.from('0'.repeat(text.length)));
  for (const encoding of ['base64', 'base64url'] as const) {
    for (const offset of [0, 1, 2]) {
      const inner = base64At(utf8, offset, encoding);
      add('base64', Buffer.from(inner), Buffer.from('A'.repeat(inner.length)));
    }
  }
  add('UTF-16', Buffer.from(secret, 'utf16le'), Buffer.from(token, 'utf16le'));
  add('UTF-16', Buffer.from(secret, 'utf16le').swap16(), Buffer.from(token, 'utf16le').swap16());
  return [...forms.values()].sort((a, b) => b.bytes.length - a.bytes.length);
}

/** The characters of base64 that the secret alone decides when it stands at an offset of 0, 1 or 2 bytes in its group. */
function base64At(bytes: Buffer, offset: number, encoding: 'base64' | 'base64url'): string {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
  const text = padded.toString(encoding).replace(/=+$/, '');
  const from = Math.ceil((offset * 8) / 6);
  const to = Math.floor((padded.length * 8) / 6);
  return text.slice(from, to);
}

function jsonForms(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const unicode = (text: string): string =>
    text.replace(/[^\u0020-\u007e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const html = unicode(escaped).replace(/[<>&']/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
  return [escaped, unicode(escaped), escaped.replaceAll('/', '\\/'), html];
}

function percentForms(secret: string, bytes: Buffer): string[] {
  const all = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const strict = [...bytes]
    .map((byte) => (/[A-Za-z0-9_.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : percent(byte)))
    .join('');
  const usual = [strict, ...uriForms(secret)];
  const lower = usual.map((text) => text.replace(/%[0-9A-F]{2}/g, (part) => part.toLowerCase()));
  return [all, all.toUpperCase(), ...usual, ...lower, ...usual.map((text) => text.replaceAll('%20', '+'))];
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** encodeURI throws on half a surrogate pair; such a secret has no form of this kind. */
function uriForms(secret: string): string[] {
  return /[\ud800-\udfff]/.test(secret) ? [] : [encodeURIComponent(secret), encodeURI(secret)];
}
