import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../facts/iam-policy/read-policy.ts';
import { comparePolicies } from './compare-policies.ts';

function policy(...statements: readonly object[]) {
  return readPolicy('policy.json', JSON.stringify({ Version: '2012-10-17', Statement: statements })).policy;
}

const READ = { Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' };

describe('comparePolicies', () => {
  it('finds none in both directions for policies that say the same in other words', () => {
    const other = policy(
      { Effect: 'Allow', Action: 'S3:*', Resource: '*' },
      { Effect: 'Deny', NotAction: ['s3:get*', 's3:list*'], Resource: '*' },
    );
    const { onlyFirst, onlySecond } = comparePolicies(policy(READ), other);
    expect([onlyFirst.kind, onlySecond.kind]).toEqual(['none', 'none']);
  });

  it('names the statements that decide', () => {
    const narrower = policy(READ, { Sid: 'NotLogs', Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3:::logs/*' });
    const { onlyFirst, onlySecond } = comparePolicies(policy(READ), narrower);
    expect(onlyFirst).toMatchObject({ kind: 'found', allowedBy: [{ index: 0 }], deniedBy: [{ sid: 'NotLogs' }] });
    expect(onlySecond.kind).toBe('none');
  });

  it('sees what an identity policy says about roles and keys', () => {
    const assume = (role: string) =>
      policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::*:role/${role}` });
    expect(comparePolicies(assume('*'), assume('ci')).onlyFirst.kind).toBe('found');
    expect(comparePolicies(assume('ci'), assume('*')).onlyFirst.kind).toBe('none');
  });

  it("tells principals of resources' policies apart", () => {
    const grant = (...principals: readonly string[]) =>
      policy({ Effect: 'Allow', Principal: { AWS: principals }, Action: 's3:*', Resource: '*' });
    const [ann, bob] = ['arn:aws:iam::111122223333:user/ann', 'arn:aws:iam::111122223333:user/bob'];
    const { onlyFirst, onlySecond } = comparePolicies(grant(ann, bob), grant(ann));
    expect(onlyFirst).toMatchObject({ kind: 'found', request: { principal: { arn: bob } } });
    expect(onlySecond.kind).toBe('none');
    expect(comparePolicies(grant(ann), grant('111122223333')).onlyFirst.kind).toBe('none');
  });
});
