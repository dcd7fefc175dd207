import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../facts/iam-policy/read-policy.ts';
import { readIamData } from '../../../sources/assets.ts';
import { serviceData } from '../services/service-data.ts';
import { previewOf } from './preview.ts';
import { readEvent } from './read-event.ts';
import type { PreviewAnswer } from './types.ts';

const services = serviceData(readIamData().services);
const ROLE = 'arn:aws:iam::111122223333:role/deploy';
const SESSION = {
  type: 'AssumedRole',
  principalId: 'AROA:run',
  arn: 'arn:aws:sts::111122223333:assumed-role/deploy/run',
  accountId: '111122223333',
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: ROLE, accountId: '111122223333' },
    attributes: { mfaAuthenticated: 'false', creationDate: '2026-11-20T10:00:00Z' },
  },
};

function event(eventSource: string, eventName: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    eventType: 'AwsApiCall',
    eventSource,
    eventName,
    eventTime: '2026-11-20T10:01:00Z',
    eventID: 'e-1',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2',
    userIdentity: SESSION,
    ...more,
  };
}

function preview(record: unknown, ...statements: readonly object[]): PreviewAnswer | string {
  const reading = readEvent(record, services.actionExists);
  if (reading.kind === 'skipped') return reading.why;
  const { policy, problems } = readPolicy('scp.json', JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  expect(problems).toEqual([]);
  return previewOf(policy, services)(reading.request);
}

function kind(record: unknown, ...statements: readonly object[]): string {
  const answer = preview(record, ...statements);
  return typeof answer === 'string' ? answer : answer.kind;
}

const deny = (Action: string | readonly string[], Condition?: object, Resource: string | readonly string[] = '*') => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

describe('a recorded request against a policy', () => {
  it('is denied or not where the record tells all that the policy asks', () => {
    const lock = {
      ...deny('x:y'),
      NotAction: ['iam:*'],
      Action: undefined,
      Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    };
    expect(kind(event('ec2.amazonaws.com', 'RunInstances'), lock)).toBe('allowed');
    expect(kind(event('ec2.amazonaws.com', 'RunInstances', { awsRegion: 'us-east-1' }), lock)).toBe('denied');
    expect(kind(event('iam.amazonaws.com', 'CreateUser', { awsRegion: 'us-east-1' }), lock)).toBe('allowed');
  });

  it.each([
    ['aws:SourceIp', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'denied'],
    ['aws:SourceIp', { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, 'allowed'],
    ['aws:MultiFactorAuthPresent', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, 'denied'],
    ['aws:PrincipalArn', { ArnNotLike: { 'aws:PrincipalArn': ROLE } }, 'allowed'],
    ['aws:PrincipalArn', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/other' } }, 'denied'],
    ['aws:ViaAWSService', { Bool: { 'aws:ViaAWSService': 'true' } }, 'allowed'],
    ['aws:PrincipalTag/team', { StringEquals: { 'aws:PrincipalTag/team': 'a' } }, 'unknown'],
    ['aws:PrincipalOrgID', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'unknown'],
  ])('knows %s of %j: %s', (_, condition, answer) => {
    expect(kind(event('sqs.amazonaws.com', 'CreateQueue'), deny('sqs:*', condition))).toBe(answer);
  });

  it('names the key that CloudTrail lacks, and asks for none that changes nothing', () => {
    const tag = { StringEquals: { 'aws:PrincipalTag/team': 'a' } };
    expect(preview(event('sqs.amazonaws.com', 'CreateQueue'), deny('sqs:*', tag))).toMatchObject({
      kind: 'unknown',
      lacks: ['aws:PrincipalTag/team'],
    });
    const both = { ...tag, StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    expect(kind(event('sqs.amazonaws.com', 'CreateQueue'), deny('sqs:*', both))).toBe('allowed');
    expect(kind(event('sqs.amazonaws.com', 'CreateQueue'), deny('sqs:*', tag), deny('sqs:CreateQueue'))).toBe('denied');
  });

  it('knows resources by their ARNs, and by the form that they must have', () => {
    const read = (ARN: string) => event('s3.amazonaws.com', 'GetObject', { resources: [{ ARN }] });
    const secret = deny('s3:GetObject', undefined, 'arn:aws:s3:::secret/*');
    expect(kind(read('arn:aws:s3:::secret/a'), secret)).toBe('denied');
    expect(kind(read('arn:aws:s3:::open/a'), secret)).toBe('allowed');
    const volume = event('ec2.amazonaws.com', 'CreateVolume');
    expect(kind(volume, deny('ec2:CreateVolume', undefined, 'arn:aws:ec2:*:*:volume/*'))).toBe('denied');
    expect(kind(volume, deny('ec2:CreateVolume', undefined, 'arn:aws:ec2:us-*:*:volume/*'))).toBe('allowed');
    expect(kind(volume, deny('ec2:CreateVolume', undefined, 'arn:aws:ec2:*:*:volume/vol-1*'))).toBe('unknown');
    expect(
      kind(event('ec2.amazonaws.com', 'RunInstances'), deny('ec2:RunInstances', undefined, 'arn:aws:ec2:*:*:volume/*')),
    ).toBe('unknown');
  });

  it('knows keys that repeat a parameter', () => {
    const large = deny(
      'ec2:RunInstances',
      { StringNotLike: { 'ec2:InstanceType': 't3.*' } },
      'arn:aws:ec2:*:*:instance/*',
    );
    const run = (requestParameters: object) =>
      kind(event('ec2.amazonaws.com', 'RunInstances', { requestParameters }), large);
    expect([run({ instanceType: 't3.micro' }), run({ instanceType: 'p5.48xlarge' }), run({})]).toEqual([
      'allowed',
      'denied',
      'unknown',
    ]);
  });

  it('takes a policy with an Allow for all that its level allows', () => {
    const allow = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    expect(kind(event('s3.amazonaws.com', 'ListBuckets'), allow)).toBe('allowed');
    expect(kind(event('sqs.amazonaws.com', 'CreateQueue'), allow)).toBe('denied');
  });
});

describe('a record', () => {
  it('is read under the name that IAM has for it', () => {
    const action = (source: string, name: string) => {
      const reading = readEvent(event(source, name), services.actionExists);
      return reading.kind === 'request' ? reading.request.action : reading.why;
    };
    expect(action('s3.amazonaws.com', 'ListBuckets')).toBe('s3:ListAllMyBuckets');
    expect(action('lambda.amazonaws.com', 'CreateFunction20150331')).toBe('lambda:CreateFunction');
    expect(action('monitoring.amazonaws.com', 'PutMetricAlarm')).toBe('cloudwatch:PutMetricAlarm');
    expect(action('nothing.amazonaws.com', 'Foo')).toMatch(/no action of IAM is known/);
  });

  it('is skipped where no policy of the organisation binds who made it', () => {
    const linked = {
      ...SESSION,
      sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/aws-service-role/x/y' } },
    };
    const all = deny('*');
    expect(kind(event('sqs.amazonaws.com', 'CreateQueue', { userIdentity: linked }), all)).toMatch(/service-linked/);
    expect(
      kind(event('sqs.amazonaws.com', 'CreateQueue', { userIdentity: { type: 'AWSService', invokedBy: 'x' } }), all),
    ).toMatch(/AWSService/);
    for (const junk of [
      null,
      1,
      'x',
      [],
      {},
      { eventName: 1 },
      event('s3.amazonaws.com', 'GetObject', { userIdentity: null }),
    ])
      expect(readEvent(junk, services.actionExists).kind).toBe('skipped');
  });
});
