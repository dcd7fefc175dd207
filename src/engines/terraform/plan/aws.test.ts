import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../../test/terraform/answers.ts';
import { awsPlan, read, shown, valueOf } from '../../../../test/terraform/plans.ts';
import { attributeOfResource } from '../resource-object.ts';

describe('a plan for AWS', () => {
  it('has the resources that will be, and the data that were read', () => {
    expect(read(awsPlan()).resources.map(({ address, mode }) => `${mode} ${address}`)).toEqual([
      'managed aws_iam_role.ci',
      'managed module.shop["a.b"].aws_db_instance.this[0]',
      'data data.aws_ami.base',
    ]);
  });

  it('gives unknown attributes the form that the provider gives them', () => {
    const plan = read(awsPlan());
    const role = plan.resources.find(({ address }) => address === 'aws_iam_role.ci');
    expect(role?.values.entries.get('arn')).toMatchObject({
      kind: 'string',
      value: 'arn:aws:iam::111122223333:role/ci',
    });
    expect(role?.values.entries.get('path')).toMatchObject({ kind: 'string', value: '/' });
    expect(role?.values.entries.get('unique_id')).toMatchObject({
      kind: 'unknown',
      constraint: { pattern: 'AROA[A-Z0-9]{16,17}' },
    });
    expect(shown(plan, 'aws_iam_role.ci', 'inline_policy')).toEqual([{ policy: { $unknown: true } }]);
    expect(role === undefined ? undefined : answerOf(attributeOfResource(role, 'id'))).toBe('ci');
    expect(valueOf(plan, 'module.shop["a.b"].aws_db_instance.this[0]', 'kms_key_id')).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('known after apply'),
    });
    expect(valueOf(plan, 'module.shop["a.b"].aws_db_instance.this[0]', 'password')).toMatchObject({
      value: 'hunter2',
      sensitive: true,
    });
  });

  it('knows the provider of each, also through modules', () => {
    const [role, database, ami] = read(awsPlan()).resources;
    expect(role?.provider).toMatchObject({ source: 'hashicorp/aws', address: 'aws.prod', module: '' });
    expect(role && answerOf(role.provider.values)).toEqual({
      region: 'eu-central-1',
      assume_role: [{ role_arn: 'arn:aws:iam::111122223333:role/deploy' }],
    });
    expect(database?.provider.address).toBe('aws');
    // What an expression makes of a variable is not in the plan.
    expect(database?.provider.values.entries.get('region')).toMatchObject({
      kind: 'unknown',
      why: 'provider aws.region comes from var.region',
    });
    expect(ami?.provider).toMatchObject({ source: 'hashicorp/aws', address: 'aws' });
  });

  it('that is not the whole says so', () => {
    expect(read(awsPlan({ errored: true })).problems).toMatchObject([
      { severity: 'gap', reason: 'not-in-sight', closes: 'terraform plan' },
    ]);
    expect(read(awsPlan({ complete: false })).problems).toHaveLength(1);
    expect(read(awsPlan({ complete: true })).problems).toEqual([]);
  });
});
