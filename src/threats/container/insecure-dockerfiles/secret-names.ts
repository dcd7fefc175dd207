/** Whether a name says that its value is a secret, and whether a value can be one. Our own words, not a rule pack. */

const SECRETS = new Set([
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'secrets',
  'token',
  'apikey',
  'credential',
  'credentials',
  'privatekey',
  'accesskey',
  'secretkey',
  'authtoken',
]);
const KEY_KINDS = new Set([
  'api',
  'private',
  'access',
  'secret',
  'auth',
  'signing',
  'encryption',
  'ssh',
  'deploy',
  'master',
  'account',
  'storage',
  'license',
  'licence',
]);
/** Words written together: `rootpass`, `dbpassword`. */
const COMPOUND =
  /(?:password|passwd|passphrase|secret|token)$|^(?:root|db|user|admin|ldap|smtp|mail|redis|mysql|pg)pass$/;
/** Last words that turn a secret's name into the name of something about it. */
const ABOUT = new Set(
  (
    'file path url uri name names id ids dir directory ttl expiry expiration expires length size type endpoint header host port user username version provider algorithm algo alg ' +
    'enabled disabled policy manager store backend mode format prefix suffix regex count limit issuer audience arn region rotation mount'
  ).split(' '),
);
const PLACEHOLDER =
  /^(?:(?:change|replace|fill)[-_ ]?(?:me|this|in|it)?\d*|x{3,}|\*{3,}|\.{3,}|<[^<>]*>|\{\{?[^{}]*\}?\}|(?:your|my|some|the)[-_ ].*|example.*|sample.*|placeholder.*|dummy.*|fake.*|todo.*|tbd|none|null|nil|undefined|unset|empty|default|redacted|true|false|yes|no|on|off|0|1)$/i;

/** Whether the name of a variable says that it holds a secret. */
export function isSecretName(name: string): boolean {
  const words = name
    .slice(0, 200)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  if (words.includes('public') || ABOUT.has(last)) return false;
  return words.some(
    (word, index) =>
      SECRETS.has(word) ||
      COMPOUND.test(word) ||
      (word === 'key' && KEY_KINDS.has(words[index - 1] ?? '')) ||
      (word === 'pass' && index > 0 && index === words.length - 1),
  );
}

/** Whether a value may be a secret: not empty, a placeholder, a switch, or the path of a file. */
export function isSecretValue(value: string): boolean {
  const text = value.trim();
  return (
    text !== '' && text.length <= 10_000 && !PLACEHOLDER.test(text.slice(0, 200)) && !/^\.{0,2}\/[\w./-]*$/.test(text)
  );
}

/** Whether a value is a URL with a password in it: `https://user:password@host`. */
export function hasUrlPassword(value: string): boolean {
  const password = /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@]{1,200}:([^\s/:@]{1,200})@/i.exec(value.slice(0, 10_000))?.[1];
  return password !== undefined && isSecretValue(password) && !password.includes('$');
}
