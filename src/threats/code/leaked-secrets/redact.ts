import { scryptSync } from 'node:crypto';

/** A secret as it may be shown: its length, and the documented prefix where its vendor's rule found it. */
export function redact(secret: string, rule: string): string {
  const length = Array.from(secret).length;
  if (secret.startsWith('-----BEGIN')) return `(private key, ${length} characters)`;
  const prefix = CHOSEN_BY_PEOPLE.test(rule) ? undefined : PREFIX.exec(secret)?.[0];
  return `${prefix ?? ''}…(${length} characters)`;
}

/** Rules of our pack whose secrets have no vendor's form: nothing of them may be shown. */
const CHOSEN_BY_PEOPLE = /^generic-|credentials|auth|password/;
const PREFIX =
  /^(?:(?:ghp|gho|ghu|ghs|ghr|github_pat|npm|hf|sk_live|sk_test|rk_live|rk_test)_|(?:glpat|sk-ant|sk-proj|xoxb|xoxp|pypi)-|AKIA|ASIA|AIza)(?=[\w-]{16})/;

const COST = 4096;

/** A hash of the secret that can't be guessed back cheaply: scrypt, N = 2^12, 16 bytes, hex. */
export function hashSecret(rule: string, secret: string): string {
  return scryptSync(secret, `fourproof/secret/v1${rule}`, 16, { N: COST, r: 8, p: 1 }).toString('hex');
}
