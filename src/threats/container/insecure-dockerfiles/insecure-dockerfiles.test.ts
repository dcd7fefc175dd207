import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { collectFacts } from '../../../facts/collect.ts';
import { textTree } from '../../../lib/tree-views.ts';
import { allOf, type Status } from '../../../model/index.ts';
import type { Context, Declared, FourproofControl } from '../../context.ts';
import { allowedBases, isAllowed } from './allowed-bases.ts';
import { noBuildSecrets } from './no-build-secrets.ts';
import { noRemoteAdd } from './no-remote-add.ts';
import { nonRoot } from './non-root.ts';
import { hasUrlPassword, isSecretName, isSecretValue } from './secret-names.ts';

const EXPOSURES = [nonRoot, allowedBases, noRemoteAdd, noBuildSecrets];
const CASES = join(import.meta.dirname, 'cases');

async function contextOf(files: ReadonlyMap<string, string>): Promise<Context> {
  const tree = textTree('case', files);
  const facts = await collectFacts(tree);
  const config = files.get('fourproof.yaml');
  const declared = config === undefined ? {} : (parse(config) as Declared);
  return {
    product: { name: 'case', paths: ['.'] },
    tree,
    repository: tree,
    terraform: { roots: [], releases: [] },
    terraformModules: [],
    iamTexts: () => ({ services: '', managedPolicies: '' }),
    facts,
    declared,
    secretRules: [],
    now: new Date('2026-01-01'),
  };
}

async function statusOf(control: FourproofControl, context: Context): Promise<Status> {
  const assessment = await control.judge(context);
  const isUnread = context.facts.unread.some((entry) => control.needs.includes(entry.kind));
  for (const counterexample of assessment.counterexamples) {
    const outcome = await control.replay?.(context, counterexample);
    expect(outcome, counterexample.title).toMatchObject({ confirmed: true });
  }
  if (assessment.counterexamples.length > 0) return 'open';
  if (assessment.gaps.length > 0 || isUnread) return 'unknown';
  return assessment.proof?.kind === 'proof' ? 'mitigated' : 'not-applicable';
}

function filesOf(name: string): Map<string, string> {
  const root = join(CASES, name, 'input');
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]),
  );
}

function withDockerfile(text: string): Promise<Context> {
  return contextOf(new Map([['Dockerfile', text]]));
}

describe('the exposures of container/insecure-dockerfiles', () => {
  it.each(readdirSync(CASES))('case %s', async (name) => {
    const context = await contextOf(filesOf(name));
    const statuses: Status[] = [];
    for (const control of EXPOSURES) statuses.push(await statusOf(control, context));
    expect(allOf(statuses)).toBe(name.split('.')[0]);
  });

  it('no counterexample is the same after blank lines and comments above', async () => {
    const text = 'FROM somebody/x:1\nENV DB_PASSWORD=hunter2hunter2\nADD https://x.example/y /y\nUSER 0\n';
    for (const control of EXPOSURES) {
      const before = await control.judge(await withDockerfile(text));
      const after = await control.judge(await withDockerfile(`\n# words\n\n${text}`));
      expect(before.counterexamples.length).toBeGreaterThan(0);
      expect(after.counterexamples.map((one) => one.identity)).toEqual(
        before.counterexamples.map((one) => one.identity),
      );
    }
  });

  it('never shows a secret, and marks where it stands', async () => {
    const { counterexamples } = await noBuildSecrets.judge(
      await withDockerfile('FROM alpine\nENV A=1 DB_PASSWORD="hunter2hunter2"\nUSER 5\n'),
    );
    expect(JSON.stringify(counterexamples)).not.toContain('hunter2');
    expect(counterexamples[0]?.sensitive).toMatchObject([{ startLine: 2, startColumn: 21, endColumn: 37 }]);
  });

  it('never shows the query of an address', async () => {
    const { counterexamples } = await noRemoteAdd.judge(
      await withDockerfile('FROM alpine\nADD https://x.example/a.tgz?token=hunter2hunter2 /a\nUSER 5\n'),
    );
    // What identifies it is only hashed.
    expect(JSON.stringify(counterexamples.map((one) => ({ ...one, identity: [] })))).not.toContain('hunter2');
    expect(await statusOf(noRemoteAdd, await withDockerfile('FROM alpine\nADD https://x.example/a?b=c /a\n'))).toBe(
      'open',
    );
  });

  it.each(['COPY passwd /etc/passwd', 'COPY etc/passwd /etc/', 'RUN sed -i s/1000/0/ /etc/passwd'])(
    'does not know the id of a name after %s',
    async (instruction) => {
      expect(await statusOf(nonRoot, await withDockerfile(`FROM debian:13\n${instruction}\nUSER app\n`))).toBe(
        'unknown',
      );
      expect(await statusOf(nonRoot, await withDockerfile(`FROM debian:13\n${instruction}\nUSER 5\n`))).toBe(
        'mitigated',
      );
    },
  );

  it('does not overlook a patch that may make root of it', async () => {
    const pod = (container: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, ${container}}]}}}\n`;
    const files = (user: string): Map<string, string> =>
      new Map([
        ['Dockerfile', 'FROM alpine\nUSER 5\n'],
        ['build.sh', 'docker build -t x.example/a:1 . && docker push x.example/a:1\n'],
        ['base/a.yaml', pod('image: "x.example/a:1"')],
        ['prod/patch.yaml', pod(`securityContext: {runAsUser: ${user}}`)],
      ]);
    expect(await statusOf(nonRoot, await contextOf(files('0')))).toBe('unknown');
    expect(await statusOf(nonRoot, await contextOf(files('7')))).toBe('mitigated');
  });

  it('names who runs an image as root', async () => {
    const { counterexamples } = await nonRoot.judge(await contextOf(filesOf('open.root-by-run-as-user')));
    expect(counterexamples).toHaveLength(1);
    expect(counterexamples[0]?.trace.at(-1)).toMatchObject({
      at: { path: 'deploy/orders.yaml', startLine: 12 },
      role: 'sink',
    });
  });

  it('lets compose outrank the image', async () => {
    const user = async (line: string): Promise<Status> =>
      statusOf(
        nonRoot,
        await contextOf(
          new Map([
            ['Dockerfile', 'FROM alpine\n'],
            ['compose.yaml', `services:\n  a:\n    build: .\n${line}`],
          ]),
        ),
      );
    expect(await user('    user: "1000"\n')).toBe('mitigated');
    expect(await user('    user: "0:0"\n')).toBe('open');
    expect(await user('    user: "${WHO}"\n')).toBe('unknown');
    expect(await user('')).toBe('open');
  });

  it('closes a root image that the kubelet refuses to start', async () => {
    const pod = (security: string): Map<string, string> =>
      new Map([
        ['Dockerfile', 'FROM alpine\n'],
        ['build.sh', 'docker build -t r.io/a:1 .'],
        [
          'pod.yaml',
          `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - {name: c, image: "r.io/a:2", securityContext: ${security}}\n`,
        ],
      ]);
    expect(await statusOf(nonRoot, await contextOf(pod('{runAsNonRoot: true}')))).toBe('mitigated');
    expect(await statusOf(nonRoot, await contextOf(pod('{runAsUser: 7}')))).toBe('mitigated');
    expect(await statusOf(nonRoot, await contextOf(pod('{}')))).toBe('open');
  });
});

describe('isAllowed', () => {
  const reference = {
    registry: 'docker.io',
    repository: 'library/node',
    tag: '22',
    digest: `sha256:${'a'.repeat(64)}`,
  };
  it('matches with and without tag and digest', () => {
    expect(isAllowed(reference, ['docker.io/library/node:*'])).toBe(true);
    expect(isAllowed(reference, ['docker.io/library/node:22'])).toBe(true);
    expect(isAllowed(reference, ['docker.io/library/node'])).toBe(true);
    expect(isAllowed(reference, ['docker.io/library/node:24'])).toBe(false);
    expect(isAllowed(reference, [])).toBe(false);
  });
  it('allows official repositories and distroless by default, and no look-alike', () => {
    expect(isAllowed(reference, undefined)).toBe(true);
    expect(isAllowed({ registry: 'docker.io', repository: 'node/node' }, undefined)).toBe(false);
    expect(isAllowed({ registry: 'docker.io', repository: 'library/n0de' }, undefined)).toBe(false);
    expect(isAllowed({ registry: 'docker.io.example.com', repository: 'library/node' }, undefined)).toBe(false);
    expect(isAllowed({ registry: 'gcr.io', repository: 'distroless-evil/base' }, undefined)).toBe(false);
  });
});

describe('secret names and values', () => {
  it.each([
    'DB_PASSWORD',
    'NPM_TOKEN',
    'apiKey',
    'AWS_SECRET_ACCESS_KEY',
    'PRIVATE_KEY',
    'dbPass',
    'GITHUB_TOKEN',
    'client-secret',
    'LDAP_ROOTPASS',
    'LICENSE_KEY',
  ])('%s says secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });
  it.each([
    'DB_PASSWORD_FILE',
    'TOKEN_URL',
    'SSH_PUBLIC_KEY',
    'KEYCLOAK_VERSION',
    'MAX_TOKENS',
    'GPG_KEY',
    'SECRET_NAME',
    'PASS_THROUGH',
    'BYPASS',
    'AWS_ACCESS_KEY_ID',
  ])('%s does not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
  it('knows placeholders and passwords in URLs', () => {
    expect(['', 'changeme', '<token>', 'your-token', 'true', '/run/secrets/x', 'xxxx'].some(isSecretValue)).toBe(false);
    expect(isSecretValue('hunter2hunter2')).toBe(true);
    expect(hasUrlPassword('postgres://shop:hunter2hunter2@db/shop')).toBe(true);
    expect(hasUrlPassword('postgres://shop:$PASSWORD@db/shop')).toBe(false);
    expect(hasUrlPassword('https://example.com/a:b@c')).toBe(false);
  });
});
