import { describe, expect, it } from 'vitest';
import { evaluated } from '../../../../test/terraform/evaluated.ts';
import { awsPlan, CONFIGURATION, NAME, read, recorded, valueOf } from '../../../../test/terraform/plans.ts';
import type { Evaluation } from '../evaluate.ts';
import { withPositions } from './index.ts';

describe('positions', () => {
  it('come from the configuration that declares the address, whatever the keys', () => {
    const ours = evaluated(CONFIGURATION, {}, 'infra');
    const plan = withPositions(recorded('plan.json').plan, [ours]);
    const second = plan.resources.find(({ address }) => address === 'terraform_data.second[1]');
    expect(second?.headAt).toMatchObject({ path: 'infra/main.tf', startLine: 11 });
    expect(second?.places.get('input')).toMatchObject({ path: 'infra/main.tf', startLine: 13 });
    expect(plan.resources.find(({ module }) => module === 'module.each["r\\"s"]')?.headAt.path).toBe('infra/m/main.tf');
    expect(valueOf(plan, 'terraform_data.second[1]', 'input')?.origin.at.path).toBe('infra/plan.json');
  });

  it('go by the root that fits best, and by none where two fit equally well', () => {
    const configuration = 'resource "aws_iam_role" "ci" {\n  name = "ci"\n}\n';
    const root = (folder: string) => evaluated({ [`${folder}/main.tf`]: configuration }, {}, folder);
    const plan = read(awsPlan(), 'prod/plan.json');
    const headOf = (evaluations: readonly Evaluation[]) => withPositions(plan, evaluations).resources[0]?.headAt.path;
    expect(headOf([root('dev'), root('prod')])).toBe('prod/main.tf');
    expect(headOf([root('dev'), root('test')])).toBe('prod/plan.json');
    expect(headOf([])).toBe('prod/plan.json');
    const whole = evaluated(
      {
        'dev/main.tf': `${configuration}module "shop" {\n  source = "./shop"\n  for_each = toset(["z"])\n}\n`,
        'dev/shop/main.tf': 'resource "aws_db_instance" "this" {\n  count = 1\n}\n',
      },
      {},
      'dev',
    );
    expect(headOf([whole, root('prod')])).toBe('dev/main.tf');
    expect(withPositions(plan, [whole]).resources[1]?.headAt.path).toBe('dev/shop/main.tf');
  });

  it('give a state the providers of the configuration', () => {
    const state = read(
      JSON.stringify({
        version: 4,
        lineage: 'x',
        resources: [
          {
            mode: 'managed',
            type: 'aws_iam_role',
            name: 'ci',
            provider: `provider["${NAME}"].prod`,
            instances: [{ attributes: { name: 'ci' } }],
          },
        ],
      }),
    );
    expect(state.resources[0]?.provider).toMatchObject({ source: 'hashicorp/aws', address: 'aws.prod' });
    const configuration =
      'provider "aws" {\n  alias = "prod"\n  region = "eu-west-1"\n}\nresource "aws_iam_role" "ci" {\n  provider = aws.prod\n}\n';
    const placed = withPositions(state, [evaluated(configuration)]);
    expect(placed.resources[0]?.provider.values.entries.get('region')).toMatchObject({ value: 'eu-west-1' });
  });
});
