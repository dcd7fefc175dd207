import { describe, expect, it } from 'vitest';
import { readIamData } from '../../../sources/assets.ts';
import { managedPolicies } from './managed-policies.ts';
import { serviceData } from './service-data.ts';

const texts = readIamData();
const data = serviceData(texts.services);
const { managedPolicy, arns, about } = managedPolicies(texts.managedPolicies);

describe('serviceData', () => {
  it('knows actions without case, and says where it comes from', () => {
    expect(data.actions.length).toBeGreaterThan(20_000);
    expect([data.actionExists('S3:getobject'), data.actionExists('s3:GetObjekt')]).toEqual([true, false]);
    expect(data.actionsMatching('iam:create*accesskey')).toEqual(['iam:CreateAccessKey']);
    expect(data.actionsMatching('iam:*').every((action) => action.startsWith('iam:'))).toBe(true);
    expect(data.about).toMatchObject({ licence: 'MIT', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string });
  });

  it('knows what actions work on', () => {
    expect(data.arnTemplates('sts:AssumeRole')).toEqual(['arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}']);
    expect(data.resourceTypesOf('s3:GetObject').map(({ name }) => name)).toContain('object');
    expect([data.arnTemplates('ec2:DescribeInstances'), data.arnTemplates('no:Action')]).toEqual([[], []]);
    expect(data.conditionKeys('iam:PassRole')).toContain('iam:PassedToService');
    expect(data.accessLevel('iam:AttachRolePolicy')).toBe('Permissions management');
    expect(data.accessLevel('s3:ListBucket')).toBe('List');
  });

  it('knows the types of context keys, also with the name of a tag', () => {
    expect(
      ['aws:MultiFactorAuthPresent', 'aws:sourceip', 'aws:TagKeys', 'aws:PrincipalTag/team', 'no:key'].map(
        data.keyType,
      ),
    ).toEqual(['Bool', 'IPAddress', 'ArrayOfString', 'String', undefined]);
  });
});

describe('managedPolicies', () => {
  it('has every policy of AWS, read without a problem', () => {
    expect(arns.length).toBeGreaterThan(1500);
    expect(arns.every((arn) => (managedPolicy(arn)?.statements.length ?? 0) > 0)).toBe(true);
    expect(about.licence).toBe('MIT');
  });

  it('gives the same object each time, in every partition', () => {
    const admin = managedPolicy('arn:aws:iam::aws:policy/AdministratorAccess');
    expect(admin?.statements).toEqual([
      {
        index: 0,
        effect: 'Allow',
        actions: { negated: false, patterns: ['*'] },
        resources: { negated: false, patterns: ['*'] },
        conditions: [],
      },
    ]);
    expect(managedPolicy('arn:aws-us-gov:iam::aws:policy/AdministratorAccess')).toBe(admin);
    expect(managedPolicy('arn:aws:iam::aws:policy/Nothing')).toBeUndefined();
  });
});
