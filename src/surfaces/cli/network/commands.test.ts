import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../../test/run-cli.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const PAGE = readFileSync(join(ROOT, 'docs/network.md'), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/^```console\n\$ fourproof (.*)\n([\s\S]*?)^```/gm)].map(
  ([, command = '', output = '']) => ({ command, output }),
);
const SECURED = join(ROOT, 'examples/shop/secured');

describe('the examples of docs/network.md', () => {
  it.each(EXAMPLES)('$command', async ({ command, output }) => {
    const args = command.split(' ').map((word) => (word.startsWith('examples/') ? join(ROOT, word) : word));
    const { code, stdout } = await runCli(...args);
    expect(code).toBe(0);
    const parts = output.split('...\n');
    expect(stdout.startsWith(parts[0] ?? '')).toBe(true);
    expect(stdout.endsWith(parts.at(-1) ?? '')).toBe(true);
    if (parts.length === 1) expect(stdout).toBe(output);
  });

  it('are several', () => {
    expect(EXAMPLES.length).toBe(4);
  });
});

describe('fourproof network', () => {
  it('prints JSON that holds the same', async () => {
    const { code, stdout } = await runCli('network', 'connlist', '--dir', SECURED, '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'fourproof/network/v1',
      connections: expect.arrayContaining([
        {
          from: ['orders/orders[Deployment]'],
          to: ['notifier/notifier[Deployment]'],
          allowed: [{ protocol: 'TCP', from: 8081, to: 8081 }],
          unclear: [],
        },
      ]) as unknown,
    });
  });

  it.each([
    [['can-reach', 'nobody', 'orders', '80'], 'no workload is called nobody'],
    [['can-reach', 'orders', 'notifier', 'http'], 'is no port'],
    [['can-reach', 'orders', 'notifier', '70000'], 'is no port'],
    [['can-reach', '8.8.8.8', '10.0.0.1', '80'], 'one of the ends must be a pod'],
    [['connlist', '--pod-network', 'x'], 'is no block of addresses'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await runCli('network', ...args, '--dir', SECURED);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
