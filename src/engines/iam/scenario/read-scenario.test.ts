import { describe, expect, it } from 'vitest';
import { readScenario } from './read-scenario.ts';

const ALLOW = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const REQUEST = { principal: 'arn:aws:iam::111122223333:user/ann', action: 's3:GetObject' };

function read(document: unknown) {
  return readScenario('r.json', typeof document === 'string' ? document : JSON.stringify(document), () => undefined);
}

function messages(document: unknown): readonly string[] {
  const { scenario, problems } = read(document);
  expect(scenario === undefined).toBe(problems.length > 0);
  return problems.map(({ message }) => message);
}

describe('readScenario', () => {
  it.each([
    ['*', { kind: 'anonymous', arn: '*' }],
    ['ec2.amazonaws.com', { kind: 'service', arn: 'ec2.amazonaws.com' }],
    ['accounts.google.com', { kind: 'federated', arn: 'accounts.google.com' }],
    [
      'arn:aws:iam::111122223333:saml-provider/x',
      { kind: 'federated', arn: 'arn:aws:iam::111122223333:saml-provider/x' },
    ],
    [
      'arn:aws:iam::111122223333:root',
      { kind: 'root', arn: 'arn:aws:iam::111122223333:root', account: '111122223333' },
    ],
    [
      'arn:aws:iam::111122223333:role/a/b',
      { kind: 'role', arn: 'arn:aws:iam::111122223333:role/a/b', account: '111122223333' },
    ],
    [
      'arn:aws:sts::111122223333:federated-user/b',
      { kind: 'federated-user', arn: 'arn:aws:sts::111122223333:federated-user/b', account: '111122223333' },
    ],
    [
      {
        arn: 'arn:aws:sts::111122223333:assumed-role/r/s',
        role: 'arn:aws:iam::111122223333:role/p/r',
        serviceLinked: true,
      },
      {
        kind: 'role-session',
        arn: 'arn:aws:sts::111122223333:assumed-role/r/s',
        account: '111122223333',
        role: 'arn:aws:iam::111122223333:role/p/r',
        serviceLinked: true,
      },
    ],
  ])('reads the principal %j', (principal, expected) => {
    expect(read({ request: { ...REQUEST, principal } }).scenario?.request.principal).toEqual(expected);
  });

  it('reads the account of the resource from its ARN, and context keys without case', () => {
    const context = { 'AWS:TagKeys': ['a', 1], 'aws:SecureTransport': true };
    const resource = 'arn:aws:sqs:eu-west-1:444455556666:q';
    const request = read({ request: { ...REQUEST, resource, context } }).scenario?.request;
    expect(request?.resourceAccount).toBe('444455556666');
    expect([...(request?.context ?? [])]).toEqual([
      ['aws:tagkeys', ['a', '1']],
      ['aws:securetransport', 'true'],
    ]);
    expect(read({ request: REQUEST }).scenario?.request.resource).toBe('*');
  });

  it('reads policies in every form, and levels in both', () => {
    const applied = read({
      request: REQUEST,
      identityPolicies: [ALLOW, { name: 'n', policy: ALLOW }, JSON.stringify(ALLOW)],
      sessionPolicies: [],
      serviceControlPolicies: [[ALLOW], { target: 'ou', policies: ALLOW }],
      managementAccount: true,
    }).scenario?.applied;
    expect(applied?.identity.map(({ name }) => name)).toEqual(['identityPolicies[0]', 'n', 'identityPolicies[2]']);
    expect(applied).toMatchObject({ session: [], managementAccount: true });
    expect(applied?.serviceControl?.map(({ target, policies }) => [target, policies.length])).toEqual([
      ['level 1', 1],
      ['ou', 1],
    ]);
    expect(applied?.boundary).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'not valid JSON: expected a key in double quotes'],
    ['a list', [], 'expected an object with a request and policies'],
    ['no request', {}, 'request is missing'],
    ['no principal', { request: { action: 's3:X' } }, 'principal must be an ARN, the name of a service, or "*"'],
    [
      'a principal without account',
      { request: { ...REQUEST, principal: 'arn:aws:iam:::user/x' } },
      'the ARN of a principal must name its account',
    ],
    [
      'an unknown kind',
      { request: { ...REQUEST, principal: { arn: '*', kind: 'people' } } },
      'there is no such kind: one of user, role, role-session, federated-user, root, service, federated, anonymous',
    ],
    [
      'a principal of no kind',
      { request: { ...REQUEST, principal: 'ann' } },
      'give the kind of principal that ann is: one of user, role, role-session, federated-user, root, service, federated, anonymous',
    ],
    [
      'an unknown policy of AWS',
      { request: REQUEST, identityPolicies: 'arn:aws:iam::aws:policy/X' },
      'AWS has no policy arn:aws:iam::aws:policy/X',
    ],
    [
      'a principal in an identity policy',
      { request: REQUEST, identityPolicies: { Statement: { ...ALLOW.Statement, Principal: '*' } } },
      'only policies of resources have a Principal',
    ],
    [
      'a resource policy without',
      { request: REQUEST, resourcePolicies: ALLOW },
      'a statement of a resource policy must have a Principal',
    ],
    [
      'levels that are none',
      { request: REQUEST, serviceControlPolicies: ALLOW },
      'serviceControlPolicies must be a list of levels, from the root down to the account',
    ],
    [
      'a level without policies',
      { request: REQUEST, serviceControlPolicies: [{ target: 'x' }] },
      'a level must be { "target": …, "policies": […] }, or a list of policies',
    ],
    [
      'the same key twice',
      { request: { ...REQUEST, context: { 'a:b': '1', 'A:b': '1' } } },
      'A:b stands twice; keys have no case',
    ],
    [
      'a broken text',
      { request: REQUEST, identityPolicies: '{"Statement"' },
      'not valid JSON: expected `:` after a key',
    ],
  ])('refuses %s', (_, document, message) => {
    expect(messages(document)).toEqual([message]);
  });
});
