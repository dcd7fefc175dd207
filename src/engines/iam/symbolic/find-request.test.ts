import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../facts/iam-policy/read-policy.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { RequestPrincipal } from '../types.ts';
import { runSamples } from '../../../../conformance/random-samples.ts';
import type { Refutation } from './certificate.ts';
import { checkCertificate } from './check-certificate.ts';
import { findRequest } from './find-request.ts';

const ANN: RequestPrincipal = { kind: 'user', arn: 'arn:aws:iam::111122223333:user/ann', account: '111122223333' };

function policy(...statements: readonly object[]): IamPolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const { policy: read, problems } = readPolicy('policy.json', text);
  expect(problems).toEqual([]);
  return read;
}

const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const patterns = (...each: readonly string[]) => ({ negated: false, patterns: each });

describe('MFA conditions, for a request without MFA', () => {
  const withoutMfa = {
    space: {
      conditions: [
        { operator: 'BoolIfExists', ifExists: false, key: 'aws:MultiFactorAuthPresent', values: ['false'] },
      ].map(({ key, values }) => ({ operator: 'Bool' as const, ifExists: true, key, values })),
    },
  };
  const mfa = (effect: string, operator: string, value: string) => ({
    Effect: effect,
    Action: '*',
    Resource: '*',
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': value } },
  });
  it.each([
    ['Allow with Bool true is safe', [mfa('Allow', 'Bool', 'true')], 'none'],
    ['Allow with BoolIfExists true lets keys through', [mfa('Allow', 'BoolIfExists', 'true')], 'found'],
    ['Deny with Bool false lets keys through', [ALLOW_ALL, mfa('Deny', 'Bool', 'false')], 'found'],
    ['Deny with BoolIfExists false is safe', [ALLOW_ALL, mfa('Deny', 'BoolIfExists', 'false')], 'none'],
    ['Deny with Null true lets consoles through', [ALLOW_ALL, mfa('Deny', 'Null', 'true')], 'found'],
  ])('%s', (_, statements, kind) => {
    const answer = findRequest({ policies: { identity: [policy(...statements)] }, principal: ANN, ...withoutMfa });
    expect(answer.kind).toBe(kind);
  });
});

describe('findRequest', () => {
  it('finds the shortest action and resource outside of a deny', () => {
    const identity = [
      policy(
        { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::logs/*' },
        { Effect: 'Deny', Action: 's3:Get?', Resource: '*' },
      ),
    ];
    const answer = findRequest({ policies: { identity }, principal: ANN });
    expect(answer).toMatchObject({ kind: 'found', request: { action: 's3:Get', resource: 'arn:aws:s3:::logs/' } });
  });

  it('knows that a region lock under every level holds', () => {
    const lock = policy(ALLOW_ALL, {
      Effect: 'Deny',
      NotAction: 'iam:*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    });
    const elsewhere = (action: string) =>
      findRequest({
        policies: { identity: [policy(ALLOW_ALL)], serviceControl: [{ target: 'root', policies: [lock] }] },
        space: {
          actions: [patterns(action)],
          conditions: [
            { operator: 'StringNotEquals', ifExists: false, key: 'aws:RequestedRegion', values: ['eu-west-1'] },
          ],
        },
        principal: { kinds: ['user', 'role-session'] },
      });
    expect(elsewhere('ec2:*').kind).toBe('none');
    expect(elsewhere('*')).toMatchObject({
      kind: 'found',
      request: { context: new Map([['aws:requestedregion', 'a']]) },
    });
  });

  it('gives the language of subjects that a trust policy accepts', () => {
    const trust = policy({
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:shop/*:ref:refs/heads/main' } },
    });
    const accepted = (subject: string) =>
      findRequest({
        policies: { identity: [], resource: [trust] },
        principal: { kind: 'federated', arn: 'token.actions.githubusercontent.com' },
        space: {
          actions: [patterns('sts:AssumeRoleWithWebIdentity')],
          conditions: [
            {
              operator: 'StringLike',
              ifExists: false,
              key: 'token.actions.githubusercontent.com:sub',
              values: [subject],
            },
          ],
        },
      });
    expect(accepted('repo:shop/orders:*').kind).toBe('found');
    expect(accepted('repo:shop/orders:pull_request').kind).toBe('none');
  });

  it('gives policy variables the values of the principal', () => {
    const identity = [
      policy({ Effect: 'Allow', Action: 'iam:*', Resource: 'arn:aws:iam::111122223333:user/${aws:username}' }),
    ];
    const other = findRequest({
      policies: { identity },
      principal: ANN,
      space: { resources: [{ negated: true, patterns: [ANN.arn] }] },
    });
    expect(other.kind).toBe('none');
  });

  it('finds a value for a variable that nothing determines', () => {
    const identity = [policy({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}' })];
    const answer = findRequest({ policies: { identity }, principal: ANN });
    expect(answer).toMatchObject({ kind: 'found', request: { resource: 'arn:aws:s3:::some-value' } });
  });

  it('names who is left out of a deny', () => {
    const guard = policy(ALLOW_ALL, {
      Effect: 'Deny',
      Action: 'cloudtrail:*',
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/breakglass' } },
    });
    const answer = findRequest({
      policies: { identity: [policy(ALLOW_ALL)], serviceControl: [{ target: 'root', policies: [guard] }] },
      principal: { kinds: ['user', 'role-session'] },
      space: { actions: [patterns('cloudtrail:StopLogging')] },
    });
    expect(answer).toMatchObject({
      kind: 'found',
      request: { principal: { kind: 'role-session', role: 'arn:aws:iam::111122223333:role/breakglass' } },
    });
  });

  it('only finds real actions on real resources where it knows them', () => {
    const templates: Readonly<Record<string, readonly string[]>> = {
      's3:GetObject': ['arn:${Partition}:s3:::${BucketName}/${ObjectName}'],
      's3:ListAllMyBuckets': [],
    };
    const realism = { actions: Object.keys(templates), arnTemplates: (action: string) => templates[action] ?? [] };
    const ask = (statement: object) =>
      findRequest({ policies: { identity: [policy(statement)] }, principal: ANN, realism });
    expect(ask({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::logs/*' })).toMatchObject({
      kind: 'found',
      request: { action: 's3:GetObject', resource: 'arn:aws:s3:::logs/a' },
    });
    expect(ask({ Effect: 'Allow', Action: 's3:Put*', Resource: '*' }).kind).toBe('none');
    expect(ask({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::logs' }).kind).toBe('none');
  });

  it('says that it is undecided when the steps are spent', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      Effect: 'Deny',
      Action: '*',
      Resource: `*a${'?'.repeat(index)}*b${'?'.repeat(index)}`,
    }));
    const identity = [policy({ ...ALLOW_ALL, Resource: `*a${'?'.repeat(30)}a*` }, ...many)];
    expect(findRequest({ policies: { identity }, principal: ANN, budget: 2000 })).toMatchObject({ kind: 'undecided' });
  });

  it('agrees with the concrete evaluator on random policies', () => {
    const { disagreements, found, none } = runSamples(1, 200);
    expect(disagreements).toEqual([]);
    expect(Math.min(found, none)).toBeGreaterThan(25);
  }, 60_000);
});

describe('checkCertificate', () => {
  const none = findRequest({
    policies: { identity: [policy(ALLOW_ALL, { Effect: 'Deny', Action: 's3:*', Resource: '*' })] },
    principal: ANN,
    space: { actions: [patterns('s3:Get*')] },
  });
  const [one] = none.kind === 'none' ? none.certificate.cases : [];

  it('accepts what the search proved', () => {
    expect(one).toBeDefined();
    expect(none.kind === 'none' ? checkCertificate(none.certificate) : 'no certificate').toBeUndefined();
  });

  it('rejects a conflict that is none, one that was not assumed, and a choice without its branches', () => {
    if (one?.refutation.kind !== 'split') throw new Error('the deny is not split');
    const { refutation } = one;
    const tampered = (changed: Refutation) => checkCertificate({ cases: [{ ...one, refutation: changed }] });
    const [branch] = refutation.branches;
    if (branch?.kind !== 'conflict') throw new Error('the branch does not end in a conflict');
    const [literal] = branch.literals;
    expect(tampered({ ...refutation, branches: [] })).toMatch('left out');
    expect(tampered(branch)).toMatch('not assumed');
    expect(
      tampered({ ...refutation, branches: [{ ...branch, literals: literal === undefined ? [] : [literal] }] }),
    ).toMatch('no conflict');
  });
});
