import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textTree } from '../../../lib/tree-views.ts';
import { evaluateTree } from '../../terraform/evaluate-tree.ts';
import { Closure, pathModel, pathsToAdministrators } from '../paths/index.ts';
import { worldFromTerraform } from './from-terraform.ts';
import { managedPolicy } from '../../../../test/iam-world.ts';
import type { IamWorld } from './types.ts';

const SHOP = join(import.meta.dirname, '../../../../examples/shop');

async function worldOfShop(state: string): Promise<IamWorld> {
  const folder = join(SHOP, state, 'infrastructure');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path));
  const texts = new Map(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
  const { roots } = await evaluateTree(textTree(state, texts));
  return worldFromTerraform(roots, { managedPolicy });
}

const PRINCIPALS = [
  'arn:aws:iam::222222222222:user/alice',
  'arn:aws:iam::222222222222:user/bob',
  'arn:aws:iam::333333333333:role/developer',
  'arn:aws:iam::333333333333:role/github-publish',
  'arn:aws:iam::333333333333:role/platform',
  'arn:aws:iam::333333333333:role/shop-cluster',
  'arn:aws:iam::333333333333:role/shop-node',
  'arn:aws:iam::333333333333:role/shop-notifier',
  'arn:aws:iam::333333333333:role/shop-orders',
  'arn:aws:iam::444444444444:role/developer',
];

describe('the shop', () => {
  it.each([
    ['insecure', [...PRINCIPALS, 'arn:aws:iam::333333333333:user/ci'].sort()],
    ['secured', PRINCIPALS],
  ])('%s has these principals, all of them declared and whole', async (state, principals) => {
    const { users, roles, gaps, organisation } = await worldOfShop(state);
    const declared = [...users, ...roles].filter((holder) => holder.declared);
    expect(declared.map(({ arn }) => arn).sort()).toEqual(principals);
    expect(roles.filter(({ trust }) => trust.unknowns.length > 0)).toEqual([]);
    expect([gaps, organisation?.gaps]).toEqual([[], []]);
  });

  it('binds the accounts of its workloads by the policies of their unit', async () => {
    const { organisation } = await worldOfShop('secured');
    const prod = organisation?.nodes.get('333333333333');
    const unit = organisation?.nodes.get(prod?.parent ?? '');
    expect(unit?.serviceControl.map(({ name }) => name).sort()).toEqual(['FullAWSAccess', 'people', 'registry']);
    expect(organisation?.root.serviceControl.map(({ name }) => name).sort()).toEqual([
      'FullAWSAccess',
      'audit',
      'encryption',
      'instances',
      'regions',
    ]);
  });

  it('lets who holds a key become administrator in the insecure state alone', async () => {
    const administrators = async (state: string) => {
      const model = pathModel(await worldOfShop(state));
      const paths = pathsToAdministrators(model, new Closure(model));
      return paths
        .filter(({ certainty }) => certainty === 'certain')
        .map(({ start, goal, steps }) => [
          start.id.replace(/^.*\//, ''),
          goal.identity.id,
          steps.map(({ edge }) => edge.by).join(),
        ]);
    };
    const alice = 'arn:aws:iam::222222222222:user/alice';
    const bob = 'arn:aws:iam::222222222222:user/bob|*';
    const platform = 'arn:aws:iam::333333333333:role/platform';
    expect(await administrators('insecure')).toEqual([
      ['alice#key', alice, ''],
      ['alice#key', platform, 'sts-001'],
      ['alice#mfa', alice, ''],
      ['alice#mfa', platform, 'sts-001'],
      ['bob#key', bob, 'iam-007'],
      ['bob#key', platform, 'iam-007,sts-001'],
      ['bob#mfa', bob, 'iam-007'],
      ['bob#mfa', platform, 'iam-007,sts-001'],
    ]);
    expect(await administrators('secured')).toEqual([['alice#mfa', platform, 'sts-001']]);
  });
});
