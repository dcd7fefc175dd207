/**
 * Whether gitleaks takes a file for a program, document or archive and does not read it: the signatures of type
 * `application/*` of h2non/filetype 1.1.3. Other binary files (images, sound, film) are read.
 */
export function isApplication(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  return (
    SIGNATURES.some(({ at, signature }) => holds(bytes, at, signature)) ||
    isShockwave(bytes) ||
    isEmbeddedFont(bytes) ||
    isDex(bytes)
  );
}

interface Signature {
  readonly at: number;
  readonly signature: string;
}

/** As latin1. */
const SIGNATURES: readonly Signature[] = [
  ...[
    '\0asm\x01\0\0\0',
    'PK\x03\x04',
    'PK\x03\x06',
    'PK\x03\x08',
    'PK\x05\x04',
    'PK\x05\x06',
    'PK\x05\x08',
    'PK\x07\x04',
    'PK\x07\x06',
    'PK\x07\x08',
    'Rar!\x1a\x07\0',
    'Rar!\x1a\x07\x01',
    '\x1f\x8b\x08',
    'BZh',
    '7z\xbc\xaf\x27\x1c',
    '\xfd7zXZ\0',
    '\x28\xb5\x2f\xfd',
    '%PDF',
    'MZ',
    '{\\rtf',
    '%!',
    'SQLi',
    'NES\x1a',
    'Cr24',
    'MSCF',
    'ISc(',
    '!<arch>',
    '\x1f\xa0',
    '\x1f\x9d',
    'LZIP',
    '\xed\xab\xee\xdb',
    '\x7fELF',
    '\xfe\xed\xfa\xcf',
    '\xfe\xed\xfa\xce',
    '\xbe\xba\xfe\xca',
    '\xcf\xfa\xed\xfe',
    '\xce\xfa\xed\xfe',
    '\xca\xfe\xba\xbe',
    '\xd0\xcf\x11\xe0',
    'wOFF\0\x01\0\0',
    'wOF2\0\x01\0\0',
    '\0\x01\0\0\0',
    'OTTO\0',
  ].map((signature) => ({ at: 0, signature })),
  { at: 257, signature: 'ustar' },
  { at: 128, signature: 'DICM' },
  { at: 32769, signature: 'CD001' },
];

function holds(bytes: Uint8Array, at: number, signature: string): boolean {
  for (let i = 0; i < signature.length; i++) if (bytes[at + i] !== signature.charCodeAt(i)) return false;
  return true;
}

function isShockwave(bytes: Uint8Array): boolean {
  return bytes.length > 2 && (bytes[0] === 0x43 || bytes[0] === 0x46) && holds(bytes, 1, 'WS');
}

function isEmbeddedFont(bytes: Uint8Array): boolean {
  const versions = ['\x02\0\x01', '\x01\0\0', '\x02\0\x02'];
  return bytes.length > 35 && holds(bytes, 34, 'LP') && versions.some((version) => holds(bytes, 8, version));
}

function isDex(bytes: Uint8Array): boolean {
  return bytes.length > 36 && holds(bytes, 0, 'dex\n') && bytes[36] === 0x70;
}
