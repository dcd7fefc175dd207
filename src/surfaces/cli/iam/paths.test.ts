import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CommandFailure } from '../exit.ts';
import { pathsCommand, type PathsOptions } from './paths-command.ts';
import { whoCanCommand } from './who-can-command.ts';

const SHOP = join(import.meta.dirname, '../../../../examples/shop');
const PLATFORM = 'arn:aws:iam::333333333333:role/platform';

async function printed(run: () => Promise<number>): Promise<string> {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((out += String(chunk)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  expect(await run()).toBe(0);
  return out;
}

function paths(state: string, options: Partial<PathsOptions> = {}): Promise<string> {
  return printed(() => pathsCommand({ dir: join(SHOP, state), format: 'text', ...options }));
}

afterEach(() => vi.restoreAllMocks());

describe('fourproof iam paths', () => {
  it('prints each step with its request', async () => {
    const text = await paths('insecure', { from: 'bob', to: PLATFORM });
    expect(text).toContain('✘ arn:aws:iam::222222222222:user/bob with a key, without MFA');
    expect(text).toContain('1. gives arn:aws:iam::222222222222:user/bob any policy (iam-007)');
    expect(text).toContain('iam:PutUserPolicy on arn:aws:iam::222222222222:user/bob');
    expect(text).toContain('infrastructure/identity/roles.tf:');
  });

  it('prints the same as data', async () => {
    const { schema, paths: found } = JSON.parse(await paths('secured', { format: 'json' })) as {
      readonly schema: string;
      readonly paths: readonly object[];
    };
    expect(schema).toBe('fourproof/iam-paths/v1');
    expect(found).toMatchObject([
      { certainty: 'certain', from: { credential: 'mfa' }, to: { principal: PLATFORM }, steps: [{ by: 'sts-001' }] },
    ]);
  });

  it('fails for somebody who is not there', async () => {
    await expect(paths('secured', { from: 'nobody' })).rejects.toThrow(CommandFailure);
    await expect(paths('secured', { to: 'arn:aws:iam::1:role/none' })).rejects.toThrow(CommandFailure);
  });
});

describe('fourproof iam who-can', () => {
  const arn = 'arn:aws:ecr:eu-west-1:333333333333:repository/shop/orders';

  it('prints who may, with the statement that allows it', async () => {
    const dir = join(SHOP, 'secured');
    const text = await printed(() => whoCanCommand('ecr:PutImage', arn, { dir, format: 'text' }));
    expect(text).toContain('ci repo:shop-example/shop:ref:refs/heads/main');
    expect(text).toContain('identity: push');
    expect(text).not.toContain('service-account');
  });

  it('fails for an action that does not exist', async () => {
    await expect(whoCanCommand('ecr:PutEverything', '*', { dir: SHOP, format: 'text' })).rejects.toThrow(
      CommandFailure,
    );
  });
});
