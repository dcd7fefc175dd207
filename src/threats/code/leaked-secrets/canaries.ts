import { createHash } from 'node:crypto';

/** A file that a drill plants, with a secret that never worked anywhere. */
export interface Canary {
  /** What it is, for people. */
  readonly kind: string;
  readonly path: string;
  readonly text: string;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SENSITIVE_WORD = ['pass', 'word'].join('');

/** Languages and formats in which a password canary can be planted, by the ending of their files. */
const PASSWORDS: ReadonlyMap<string, (value: string) => string> = new Map([
  ['properties', (value) => `spring.datasource.${SENSITIVE_WORD}=${value}\n`],
  ['yaml', (value) => `database:\n  user: app\n  ${SENSITIVE_WORD}: ${value}\n`],
  ['java', (value) => `class Canary {\n  static final String DB_${SENSITIVE_WORD.toUpperCase()} = "${value}";\n}\n`],
  ['js', (value) => `export const config = { user: 'app', ${SENSITIVE_WORD}: '${value}' };\n`],
  ['tf', (value) => `locals {\n  db_${SENSITIVE_WORD} = "${value}"\n}\n`],
]);

/** File endings that are of the same kind. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['yml', 'yaml'],
  ['ts', 'js'],
  ['mjs', 'js'],
  ['cjs', 'js'],
  ['tsx', 'js'],
  ['jsx', 'js'],
  ['kt', 'java'],
  ['tfvars', 'tf'],
]);

/**
 * The secrets that a gate must stop: always an AWS key pair, a private key and a GitHub token, and a password in each
 * kind of file that the product has. Invented, the same each time, and assembled here so that this file holds none.
 */
export function canaries(paths: readonly string[]): Canary[] {
  const kinds = new Set(paths.map((path) => ending(path)));
  const planted: Canary[] = [
    {
      kind: 'AWS access key pair',
      path: 'fourproof-canary-aws.env',
      text: `AWS_ACCESS_KEY_ID=${'AK'}${'IA'}${letters('aws-id', 16, BASE32)}\nAWS_SECRET_ACCESS_KEY=${letters('aws-secret', 40, BASE62)}\n`,
    },
    { kind: 'private key', path: 'fourproof-canary-key.pem', text: pem() },
    {
      kind: 'GitHub token',
      path: 'fourproof-canary-github.env',
      text: `GITHUB_TOKEN=${'gh'}${'p_'}${letters('github', 36, BASE62)}\n`,
    },
  ];
  for (const [kind, write] of PASSWORDS) {
    if (!kinds.has(kind)) continue;
    const text = write(`${letters(`password-${kind}`, 14, BASE62)}7q`);
    planted.push({ kind: `${SENSITIVE_WORD} in ${kind}`, path: `fourproof-canary.${kind}`, text });
  }
  return planted;
}

function ending(path: string): string {
  const end = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return SAME_AS.get(end) ?? end;
}

function pem(): string {
  const label = ['RSA', 'PRIVATE', 'KEY'].join(' ');
  const lines = Array.from({ length: 12 }, (_, i) => letters(`pem-${i}`, 64, BASE62));
  return `-----BEGIN ${label}-----\nMII${lines.join('\n').slice(3)}\n-----END ${label}-----\n`;
}

/** Deterministic letters from a name, of an alphabet of at most 256. */
function letters(name: string, length: number, alphabet: string): string {
  let out = '';
  for (let block = 0; out.length < length; block++) {
    for (const byte of createHash('sha256').update(`fourproof/canary/v1/${name}/${block}`).digest()) {
      out += alphabet[byte % alphabet.length] ?? '';
    }
  }
  return out.slice(0, length);
}
