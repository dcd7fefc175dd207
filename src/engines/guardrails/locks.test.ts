import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../facts/iam-policy/read-policy.ts';
import { lockOf } from './locks.ts';

const policy = (Effect: string, Condition: object) =>
  readPolicy(
    'p',
    JSON.stringify({ Version: '2012-10-17', Statement: { Effect, Action: '*', Resource: '*', Condition } }),
  ).policy;

describe('lockOf', () => {
  it.each([
    ['Deny', 'StringNotEquals', { kind: 'only', values: ['a', 'b'] }],
    ['Deny', 'StringNotLikeIfExists', { kind: 'only', values: ['a', 'b'] }],
    ['Deny', 'ForAnyValue:StringNotLike', { kind: 'only', values: ['a', 'b'] }],
    ['Allow', 'StringEquals', { kind: 'only', values: ['a', 'b'] }],
    ['Deny', 'StringEquals', { kind: 'not', values: ['a', 'b'] }],
    ['Deny', 'Null', undefined],
  ])('reads %s %s', (effect, operator, lock) => {
    const values = operator === 'Null' ? ['false'] : ['b', 'a'];
    expect(lockOf('aws:requestedregion', [policy(effect, { [operator]: { 'aws:RequestedRegion': values } })])).toEqual(
      lock,
    );
    expect(
      lockOf('ec2:instancetype', [policy(effect, { [operator]: { 'aws:RequestedRegion': values } })]),
    ).toBeUndefined();
  });
});
