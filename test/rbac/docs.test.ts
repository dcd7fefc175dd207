import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLES = [
  ...readFileSync(join(ROOT, 'docs/rbac.md'), 'utf8').matchAll(
    /<!-- example -->\n+```console\n\$ fourproof ([^\n]+)\n([\s\S]*?)```/g,
  ),
].map(([, command = '', output = '']) => ({ command, output }));

describe('docs/rbac.md', () => {
  it('has examples', () => {
    expect(EXAMPLES).toHaveLength(3);
  });

  it.each(EXAMPLES)('prints what $command prints', async ({ command, output }) => {
    const args = command.split(' ').map((word) => (word.startsWith('examples/') ? join(ROOT, word) : word));
    const { code, stdout } = await runCli(...args);
    expect([code, stdout.trimEnd()]).toEqual([0, output.trimEnd()]);
  });
});

describe('fourproof rbac', () => {
  const insecure = join(ROOT, 'examples/shop/insecure');

  it('answers in JSON, with every rule and place', async () => {
    const { stdout } = await runCli('rbac', 'who-can', 'get', 'secrets', '--dir', insecure, '--format', 'json');
    const { schema, who } = JSON.parse(stdout) as {
      readonly schema: string;
      readonly who: readonly { readonly who: string }[];
    };
    expect(schema).toBe('fourproof/rbac/v1');
    expect(who.map((one) => one.who)).toContain('arn:aws:iam::333333333333:role/developer');
    const secrets = JSON.parse((await runCli('rbac', 'secrets', '--dir', insecure, '--format', 'json')).stdout) as {
      readonly secrets: readonly {
        readonly name: string;
        readonly readers: readonly { readonly path: readonly unknown[] }[];
      }[];
    };
    expect(secrets.secrets.map(({ name }) => name)).toEqual(['gateway', 'database']);
    expect(secrets.secrets[1]?.readers.every(({ path }) => path.length > 0)).toBe(true);
  });

  it('knows an IAM principal by its ARN, and says when it does not', async () => {
    const ask = (arn: string, dir: string) => runCli('rbac', 'can-i', 'delete', 'nodes', '--as', arn, '--dir', dir);
    const developer = 'arn:aws:iam::333333333333:role/developer';
    expect((await ask(developer, insecure)).stdout).toMatch(/^yes\n/);
    expect((await ask(developer, join(ROOT, 'examples/shop/secured'))).stdout).toBe('no\n');
    const stranger = await ask('arn:aws:iam::333333333333:role/stranger', insecure);
    expect([stranger.code, stranger.stderr]).toEqual([
      2,
      'fourproof: nothing here says who arn:aws:iam::333333333333:role/stranger is in the cluster\n',
    ]);
  });

  it('ends with 2 where there is no such folder', async () => {
    expect((await runCli('rbac', 'secrets', '--dir', join(ROOT, 'nowhere'))).code).toBe(2);
  });
});
