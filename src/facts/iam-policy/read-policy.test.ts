import { describe, expect, it } from 'vitest';
import { readPolicy } from './read-policy.ts';

const GOOD = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

function read(document: unknown) {
  return readPolicy('p.json', typeof document === 'string' ? document : JSON.stringify(document), 'p');
}

function problemsOf(statement: Record<string, unknown>): readonly string[] {
  const { policy, problems } = read({ Version: '2012-10-17', Statement: [statement, GOOD] });
  // What has a problem is left out, the others stand.
  expect(policy.statements.map(({ index }) => index)).toEqual(problems.length === 0 ? [0, 1] : [1]);
  expect(problems.every(({ at }) => at?.path === 'p.json')).toBe(true);
  return problems.map(({ message }) => message);
}

describe('readPolicy: the grammar of the IAM JSON policy language', () => {
  it('reads single values and lists alike', () => {
    const { policy, problems } = read({
      Statement: {
        Sid: 'S',
        Effect: 'Deny',
        NotPrincipal: { AWS: ['arn:aws:iam::111122223333:root', '444455556666'], Service: 'ec2.amazonaws.com' },
        NotAction: ['s3:Get*', 'iam:*'],
        NotResource: 'arn:aws:s3:::b/*',
        Condition: {
          'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a', 'b'] },
          Bool: { 'aws:SecureTransport': false },
          NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 },
        },
      },
    });
    expect(problems).toEqual([]);
    expect(policy).toMatchObject({ version: '2008-10-17', name: 'p', at: { path: 'p.json', startLine: 1 } });
    expect(policy.statements).toMatchObject([
      {
        sid: 'S',
        index: 0,
        effect: 'Deny',
        principals: {
          negated: true,
          principals: [
            { type: 'AWS', value: 'arn:aws:iam::111122223333:root' },
            { type: 'AWS', value: '444455556666' },
            { type: 'Service', value: 'ec2.amazonaws.com' },
          ],
        },
        actions: { negated: true, patterns: ['s3:Get*', 'iam:*'] },
        resources: { negated: true, patterns: ['arn:aws:s3:::b/*'] },
        conditions: [
          { operator: 'StringLike', ifExists: true, quantifier: 'any', key: 'aws:TagKeys', values: ['a', 'b'] },
          { operator: 'Bool', ifExists: false, key: 'aws:SecureTransport', values: ['false'] },
          { operator: 'NumericLessThan', key: 'aws:MultiFactorAuthAge', values: ['3600'] },
        ],
      },
    ]);
  });

  it('gives every statement and condition its place', () => {
    const text =
      '{\n "Statement": [\n  {"Effect": "Allow", "Action": "*",\n   "Condition": {"Bool": {"a:b": "true"}}}\n ]\n}';
    const [statement] = read(text).policy.statements;
    expect(statement?.at).toMatchObject({ startLine: 3, startColumn: 3, endLine: 4, route: 'Statement[0]' });
    expect(statement?.conditions[0]?.at).toMatchObject({ startLine: 4, startColumn: 27, endColumn: 40 });
  });

  it('reads `Principal: "*"` as anybody', () => {
    const [statement] = read({ Statement: { ...GOOD, Principal: '*' } }).policy.statements;
    expect(statement?.principals).toEqual({ negated: false, principals: [{ type: 'AWS', value: '*' }] });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown element', { ...GOOD, Principals: '*' }, 'a statement has no element Principals'],
    [
      'an unknown operator',
      { ...GOOD, Condition: { StringEqual: { a: 'b' } } },
      'there is no condition operator StringEqual',
    ],
    [
      'NullIfExists',
      { ...GOOD, Condition: { NullIfExists: { a: 'b' } } },
      'there is no condition operator NullIfExists',
    ],
    ['no effect', { Action: '*' }, 'a statement must have an Effect'],
    ['an unknown effect', { ...GOOD, Effect: 'allow' }, 'Effect must be "Allow" or "Deny"'],
    ['no action', { Effect: 'Allow', Resource: '*' }, 'a statement must have an Action or NotAction'],
    ['Action and NotAction', { ...GOOD, NotAction: 'a:b' }, 'a statement has Action or NotAction, not both'],
    [
      'an action without service',
      { ...GOOD, Action: 'GetObject' },
      'an action is `*` or service:Name, not "GetObject"',
    ],
    ['an empty list', { ...GOOD, Resource: [] }, 'Resource is empty'],
    ['an empty list of values', { ...GOOD, Condition: { Bool: { a: [] } } }, 'a is empty'],
    ['no principal', { ...GOOD, Principal: {} }, 'Principal is empty'],
    [
      'an unknown principal',
      { ...GOOD, Principal: { User: 'x' } },
      'a principal is AWS, Service, Federated or CanonicalUser, not User',
    ],
    ['a list of lists', { ...GOOD, Resource: [['*']] }, 'Resource must be a string, or a list of them'],
    ['a number', { ...GOOD, Resource: 1 }, 'Resource must be a string, or a list of them'],
    ['null', { ...GOOD, Condition: { Bool: { a: null } } }, 'a must be a string, number or boolean, or a list of them'],
    ['a condition that is a text', { ...GOOD, Condition: 'x' }, 'Condition must be an object of operators'],
  ])('leaves out a statement with %s', (_, statement, message) => {
    expect(problemsOf(statement)).toContain(message);
  });

  it('leaves out a statement with a key that stands twice', () => {
    const { policy, problems } = read('{"Statement": [{"Effect": "Allow", "Effect": "Deny", "Action": "*"}]}');
    expect([policy.statements, problems[0]?.message, problems[0]?.at?.startColumn]).toEqual([
      [],
      'Effect stands twice',
      36,
    ]);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no statement', '{}'],
    ['an empty list of statements', '{"Statement": []}'],
    ['a version that AWS does not have', `{"Version": "2012-10-18", "Statement": ${JSON.stringify(GOOD)}}`],
  ])('reads nothing from %s, and says so', (_, text) => {
    const { policy, problems } = read(text);
    expect(policy.statements).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it('keeps hostile keys harmless, and its list of problems short', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => [`k${index}`, 1]);
    const { problems } = read({ Statement: GOOD, ...Object.fromEntries(keys), ['__proto__x']: 1 });
    expect(problems).toHaveLength(201);
    expect(
      read('{"Statement": {"__proto__": {"Effect": "Allow"}, "Effect": "Deny", "Action": "*"}}').problems,
    ).toHaveLength(1);
  });
});
