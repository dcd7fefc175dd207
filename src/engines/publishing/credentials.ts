import type { Step } from '../../facts/workflow/types.ts';
import { parseShell, simpleCommands } from '../../lib/shell/ast.ts';
import type { SourceLocation } from '../../model/index.ts';

/** With what a job logs in to a registry. */
export type Credentials =
  | { readonly kind: 'oidc'; readonly role: string; readonly at: SourceLocation }
  | { readonly kind: 'workflow-token'; readonly at: SourceLocation }
  | { readonly kind: 'long-lived'; readonly secret: string; readonly at: SourceLocation }
  | { readonly kind: 'unknown' };

/** A login, and whether it is for a registry; undefined where an expression decides that. */
interface Login {
  readonly credentials: Exclude<Credentials, { readonly kind: 'unknown' }>;
  isFor(registry: string): boolean | undefined;
}

const SECRET = /\bsecrets\.(\w+)|\bsecrets\[['"](\w+)['"]\]/;
const WORKFLOW_TOKEN = /\bsecrets\.GITHUB_TOKEN\b|\bgithub\.token\b/i;
const AWS = /(?:\.amazonaws\.com(?:\.cn)?|^public\.ecr\.aws)$/;
const GOOGLE = /(?:^|\.)(?:gcr\.io|pkg\.dev)$/;
const AZURE = /\.azurecr\.(?:io|cn|us)$/;

/** The credentials that the steps before a push leave for the registries that it pushes to: the last login for one counts. */
export function credentialsFor(
  registries: readonly string[],
  before: readonly Step[],
  env: ReadonlyMap<string, string>,
  push: SourceLocation,
  fill: (text: string) => string,
): Credentials {
  const logins = [...before].reverse().flatMap((step) => loginsIn(step, fill));
  const fromKeys = keysOf(env, push);
  const all = fromKeys === undefined ? logins : [...logins, fromKeys];
  const open = registries.length === 0 || registries.some(isOpen);
  if (!open) {
    const certain = all.find((login) => registries.some((registry) => login.isFor(registry) === true));
    if (certain !== undefined) return certain.credentials;
  }
  // Which login it is cannot be told: only what all of them agree on can be said.
  const possible = open
    ? all
    : all.filter((login) => registries.some((registry) => login.isFor(registry) === undefined));
  const [first] = possible;
  return first !== undefined && possible.every((login) => login.credentials.kind === first.credentials.kind)
    ? first.credentials
    : { kind: 'unknown' };
}

function loginsIn(step: Step, fill: (text: string) => string): Login[] {
  const name = (step.uses?.text.split('@')[0] ?? '').toLowerCase();
  const at = step.uses?.at ?? step.at;
  const value = (key: string): string | undefined => step.with.get(key)?.text;
  const to = (registries: RegExp, credentials: Login['credentials'] | undefined): Login[] =>
    credentials === undefined ? [] : [{ credentials, isFor: (registry) => registries.test(registry) }];
  switch (name) {
    case 'aws-actions/configure-aws-credentials':
      return to(AWS, keyOrRole(value('aws-access-key-id'), 'aws-access-key-id', value('role-to-assume'), at));
    case 'google-github-actions/auth':
      return to(
        GOOGLE,
        keyOrRole(
          value('credentials_json'),
          'credentials_json',
          value('workload_identity_provider') === undefined
            ? undefined
            : (value('service_account') ?? value('workload_identity_provider')),
          at,
        ),
      );
    case 'azure/login':
      return to(AZURE, keyOrRole(value('creds') ?? value('client-secret'), 'creds', value('client-id'), at));
    case 'docker/login-action':
    case 'redhat-actions/podman-login': {
      const credentials = fromPassword(value('password'), at);
      const registry =
        fill(value('registry') ?? 'docker.io')
          .replace(/^https?:\/\//, '')
          .split('/')[0] ?? '';
      return credentials === undefined ? [] : [{ credentials, isFor: (other) => isSame(registry, other) }];
    }
    default:
      return loginsInScript(step, fill);
  }
}

function loginsInScript(step: Step, fill: (text: string) => string): Login[] {
  const run = step.run;
  if (run === undefined) return [];
  return simpleCommands(parseShell(run.text)).flatMap((command): Login[] => {
    const words = command.words.map((word) => word.text);
    const verb = words.findIndex((word) => word === 'login');
    if (!/^(?:docker|podman|buildah|helm|skopeo|crane|oras|nerdctl)$/.test(words[0] ?? '') || verb < 0) return [];
    const credentials = fromPassword([run.text, ...[...step.env.values()].map((item) => item.text)].join('\n'), run.at);
    // `docker login` without a server is Docker Hub; the value of an option is mistaken for none of its dots.
    const server = words
      .slice(verb + 1)
      .findLast((word) => /[.:$]/.test(word) && !word.startsWith('-') && !SECRET.test(word));
    const registry =
      fill(server ?? 'docker.io')
        .replace(/^https?:\/\//, '')
        .split('/')[0] ?? '';
    return credentials === undefined ? [] : [{ credentials, isFor: (other) => isSame(registry, other) }];
  });
}

function keyOrRole(
  key: string | undefined,
  keyName: string,
  role: string | undefined,
  at: SourceLocation,
): Login['credentials'] | undefined {
  if (key !== undefined) return { kind: 'long-lived', secret: secretName(key) ?? keyName, at };
  return role === undefined ? undefined : { kind: 'oidc', role, at };
}

function keysOf(env: ReadonlyMap<string, string>, at: SourceLocation): Login | undefined {
  const key = env.get('AWS_ACCESS_KEY_ID') ?? env.get('AWS_SECRET_ACCESS_KEY');
  const secret = key === undefined ? undefined : secretName(key);
  return secret === undefined
    ? undefined
    : { credentials: { kind: 'long-lived', secret, at }, isFor: (registry) => AWS.test(registry) };
}

function isSame(login: string, registry: string): boolean | undefined {
  const plain = (text: string): string =>
    text.toLowerCase().replace(/^(?:index\.|registry-1\.)docker\.io$/, 'docker.io');
  return isOpen(login) ? undefined : plain(login) === plain(registry);
}

function isOpen(text: string): boolean {
  return text.includes('$');
}

function fromPassword(text: string | undefined, at: SourceLocation): Login['credentials'] | undefined {
  if (text === undefined) return undefined;
  if (WORKFLOW_TOKEN.test(text)) return { kind: 'workflow-token', at };
  const secret = secretName(text);
  return secret === undefined ? undefined : { kind: 'long-lived', secret, at };
}

function secretName(text: string): string | undefined {
  const match = SECRET.exec(text);
  return match?.[1] ?? match?.[2];
}
