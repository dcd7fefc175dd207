import type { Job, Step } from '../../facts/workflow/types.ts';
import { parseShell, simpleCommands } from '../../lib/shell/ast.ts';
import type { SourceLocation } from '../../model/index.ts';

/** With what a job logs in to a registry. */
export type Credentials =
  | { readonly kind: 'oidc'; readonly role: string; readonly at: SourceLocation }
  | { readonly kind: 'workflow-token'; readonly at: SourceLocation }
  | { readonly kind: 'long-lived'; readonly secret: string; readonly at: SourceLocation }
  | { readonly kind: 'unknown' };

const SECRET = /\bsecrets\.(\w+)|\bsecrets\[['"](\w+)['"]\]/;
const WORKFLOW_TOKEN = /\bsecrets\.GITHUB_TOKEN\b|\bgithub\.token\b/;

/** The credentials that a job has when it comes to a step: the last login before it counts, cloud roles before registries' passwords. */
export function credentialsOf(job: Job, push: Step, env: ReadonlyMap<string, string>): Credentials {
  const before = job.steps.filter((step) => step.index < push.index);
  const found = [...before].reverse().map(credentialsIn).filter((item) => item !== undefined);
  const longLived = found.find((item) => item.kind === 'long-lived');
  const first = longLived ?? found[0];
  if (first !== undefined) return first;
  const key = env.get('AWS_ACCESS_KEY_ID') ?? env.get('AWS_SECRET_ACCESS_KEY');
  const secret = key === undefined ? undefined : secretName(key);
  return secret === undefined ? { kind: 'unknown' } : { kind: 'long-lived', secret, at: push.at };
}

function credentialsIn(step: Step): Credentials | undefined {
  const uses = step.uses?.text ?? '';
  const at = step.uses?.at ?? step.at;
  const value = (name: string): string | undefined => step.with.get(name)?.text;
  if (uses.startsWith('aws-actions/configure-aws-credentials@')) {
    const key = value('aws-access-key-id');
    if (key !== undefined) return { kind: 'long-lived', secret: secretName(key) ?? 'aws-access-key-id', at };
    const role = value('role-to-assume');
    return role === undefined ? undefined : { kind: 'oidc', role, at };
  }
  if (uses.startsWith('google-github-actions/auth@')) {
    const json = value('credentials_json');
    if (json !== undefined) return { kind: 'long-lived', secret: secretName(json) ?? 'credentials_json', at };
    const provider = value('workload_identity_provider');
    return provider === undefined ? undefined : { kind: 'oidc', role: value('service_account') ?? provider, at };
  }
  if (uses.startsWith('azure/login@')) {
    const creds = value('creds');
    if (creds !== undefined) return { kind: 'long-lived', secret: secretName(creds) ?? 'creds', at };
    return value('client-id') === undefined ? undefined : { kind: 'oidc', role: value('client-id') ?? '', at };
  }
  if (uses.startsWith('docker/login-action@')) return fromPassword(value('password'), at);
  if (step.run !== undefined) {
    for (const command of simpleCommands(parseShell(step.run.text))) {
      const words = command.words.map((word) => word.text);
      if (/^(?:docker|podman|buildah|helm|skopeo|crane)$/.test(words[0] ?? '') && words.includes('login')) {
        const login = fromPassword([step.run.text, ...[...step.env.values()].map((item) => item.text)].join('\n'), step.run.at);
        if (login !== undefined) return login;
      }
    }
  }
  return undefined;
}

function fromPassword(text: string | undefined, at: SourceLocation): Credentials | undefined {
  if (text === undefined) return undefined;
  if (WORKFLOW_TOKEN.test(text)) return { kind: 'workflow-token', at };
  const secret = secretName(text);
  return secret === undefined ? undefined : { kind: 'long-lived', secret, at };
}

function secretName(text: string): string | undefined {
  const match = SECRET.exec(text);
  return match?.[1] ?? match?.[2];
}
