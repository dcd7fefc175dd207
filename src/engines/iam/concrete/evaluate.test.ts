import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../facts/iam-policy/read-policy.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { AppliedPolicies, IamRequest, RequestPrincipal } from '../types.ts';
import { evaluate } from './evaluate.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const USER = {
  kind: 'user',
  arn: `arn:aws:iam::${ACCOUNT}:user/team/ann`,
  account: ACCOUNT,
} satisfies RequestPrincipal;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/path/ci`;
const SESSION = {
  kind: 'role-session',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ci/run`,
  account: ACCOUNT,
  role: ROLE,
} satisfies RequestPrincipal;
const FEDERATED_USER = {
  kind: 'federated-user',
  arn: `arn:aws:sts::${ACCOUNT}:federated-user/bob`,
  account: ACCOUNT,
} satisfies RequestPrincipal;
const ROOT = { kind: 'root', arn: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT } satisfies RequestPrincipal;
const SERVICE = { kind: 'service', arn: 'ec2.amazonaws.com' } satisfies RequestPrincipal;
const ANYBODY = { kind: 'anonymous', arn: '*' } satisfies RequestPrincipal;
const OIDC = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const WEB = { kind: 'federated', arn: OIDC } satisfies RequestPrincipal;
const TRUSTED = `arn:aws:iam::${ACCOUNT}:role/target`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;

type Statement = Record<string, unknown>;

function policy(...statements: Statement[]): IamPolicy {
  const Statement = statements.map((each) => ({ Effect: 'Allow', Action: '*', ...each }));
  const { policy: read, problems } = readPolicy('p.json', JSON.stringify({ Version: '2012-10-17', Statement }));
  expect(problems).toEqual([]);
  return read;
}

const ALLOW = [policy({ Resource: '*' })];
const DENY = [policy({ Effect: 'Deny', Resource: '*' })];
const NONE: readonly IamPolicy[] = [];
const level = (...policies: (readonly IamPolicy[])[]) =>
  policies.map((each, index) => ({ target: `level-${index}`, policies: each }));
const to = (...arns: string[]) => [policy({ Principal: { AWS: arns }, Resource: '*' })];

function request(principal: RequestPrincipal, more: Partial<IamRequest> = {}): IamRequest {
  return { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', context: new Map(), ...more };
}

/** `Allowed`, `ExplicitlyDenied`, or what is missing. */
function decide(asked: IamRequest, applied: Partial<AppliedPolicies>): string {
  const { decision, missing } = evaluate(asked, { identity: NONE, ...applied });
  return decision === 'ImplicitlyDenied' ? missing.join(' ') : decision;
}

describe('Policy evaluation for requests within a single account', () => {
  it.each<[string, RequestPrincipal, Partial<AppliedPolicies>, string]>([
    ['nothing allows', USER, {}, 'identity'],
    ['the identity policy allows', USER, { identity: ALLOW }, 'Allowed'],
    ['the resource policy allows the user', USER, { resource: to(USER.arn) }, 'Allowed'],
    ['both are there and neither allows', USER, { resource: to(ROOT.arn.replace('1', '2')) }, 'identity resource'],
    ['the resource policy names the account', USER, { resource: to(ROOT.arn) }, 'identity'],
    ['the resource policy names the account id', USER, { resource: to(ACCOUNT), identity: ALLOW }, 'Allowed'],
    ['the resource policy allows anybody', USER, { resource: to('*') }, 'Allowed'],
    [
      'identity allows, resource denies',
      USER,
      { identity: ALLOW, resource: [policy({ Effect: 'Deny', Principal: '*', Resource: '*' })] },
      'ExplicitlyDenied',
    ],
    [
      'a deny of the identity policy wins',
      USER,
      { identity: [...ALLOW, ...DENY], resource: to(USER.arn) },
      'ExplicitlyDenied',
    ],
    ['a role by its identity policy', SESSION, { identity: ALLOW }, 'Allowed'],
    ['a role by the resource policy', SESSION, { resource: to(ROLE) }, 'Allowed'],
    ['a session by the resource policy', SESSION, { resource: to(SESSION.arn) }, 'Allowed'],
    ['another session', SESSION, { resource: to(`${SESSION.arn}2`) }, 'identity resource'],
    ['the role itself', { kind: 'role', arn: ROLE, account: ACCOUNT }, { resource: to(ROLE) }, 'Allowed'],
    ['root needs no policy', ROOT, {}, 'Allowed'],
    [
      'root is denied by the resource',
      ROOT,
      { resource: [policy({ Effect: 'Deny', Principal: '*', Resource: '*' })] },
      'ExplicitlyDenied',
    ],
    ['a service needs the resource', SERVICE, { identity: ALLOW }, 'resource'],
    [
      'a service is named',
      SERVICE,
      { resource: [policy({ Principal: { Service: SERVICE.arn }, Resource: '*' })] },
      'Allowed',
    ],
    [
      'another service is named',
      SERVICE,
      { resource: [policy({ Principal: { Service: 's3.amazonaws.com' }, Resource: '*' })] },
      'resource',
    ],
    [
      'any service is named',
      SERVICE,
      { resource: [policy({ Principal: { Service: '*' }, Resource: '*' })] },
      'Allowed',
    ],
    ['anybody anonymous', ANYBODY, { resource: to('*') }, 'Allowed'],
    ['anonymous is no account', ANYBODY, { resource: to(ACCOUNT) }, 'resource'],
    ['a resource policy without a Principal speaks about nobody', USER, { resource: ALLOW }, 'identity resource'],
  ])('%s', (_, principal, applied, expected) => {
    expect(decide(request(principal), applied)).toBe(expected);
  });
});

describe('Policy evaluation logic: resource-based policies and implicit denies in other policy types', () => {
  const limits = { identity: ALLOW, boundary: NONE };
  it.each<[string, RequestPrincipal, Partial<AppliedPolicies>, string]>([
    ['a boundary limits identity policies', USER, limits, 'boundary'],
    ['a boundary that allows alone gives nothing', USER, { boundary: ALLOW }, 'identity'],
    ['identity and boundary', USER, { identity: ALLOW, boundary: ALLOW }, 'Allowed'],
    ['IAM users: not limited by a boundary', USER, { boundary: NONE, resource: to(USER.arn) }, 'Allowed'],
    ['IAM roles: limited by a boundary', SESSION, { boundary: NONE, resource: to(ROLE) }, 'boundary'],
    ['IAM roles: limited by a session policy', SESSION, { session: NONE, resource: to(ROLE) }, 'session'],
    [
      'IAM roles: not limited by identity policies',
      SESSION,
      { session: ALLOW, boundary: ALLOW, resource: to(ROLE) },
      'Allowed',
    ],
    [
      'IAM role sessions: not limited',
      SESSION,
      { session: NONE, boundary: NONE, resource: to(SESSION.arn) },
      'Allowed',
    ],
    [
      'a wildcard with aws:PrincipalArn: not limited',
      SESSION,
      {
        session: NONE,
        boundary: NONE,
        resource: [policy({ Principal: '*', Resource: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE } } })],
      },
      'Allowed',
    ],
    [
      'an explicit deny of a boundary counts always',
      USER,
      { boundary: DENY, resource: to(USER.arn) },
      'ExplicitlyDenied',
    ],
    [
      'an explicit deny of a session policy counts always',
      SESSION,
      { session: DENY, resource: to(SESSION.arn) },
      'ExplicitlyDenied',
    ],
    ['session policies limit identity policies', SESSION, { identity: ALLOW, session: NONE }, 'session'],
    ['federated users without session policy', FEDERATED_USER, { identity: ALLOW }, 'session'],
    ['federated users with a session policy', FEDERATED_USER, { identity: ALLOW, session: ALLOW }, 'Allowed'],
    [
      'federated users named themselves: not limited',
      FEDERATED_USER,
      { session: NONE, boundary: NONE, resource: to(FEDERATED_USER.arn) },
      'Allowed',
    ],
    [
      'the account: limited like identity policies',
      USER,
      { identity: ALLOW, boundary: NONE, resource: to(ACCOUNT) },
      'boundary',
    ],
  ])('%s', (_, principal, applied, expected) => {
    expect(decide(request(principal), applied)).toBe(expected);
  });
});

describe('Cross-account policy evaluation logic', () => {
  it.each<[string, RequestPrincipal, Partial<AppliedPolicies>, string]>([
    ['neither', USER, {}, 'identity resource'],
    ['only the identity policy', USER, { identity: ALLOW }, 'resource'],
    ['only the resource policy', USER, { resource: to(USER.arn) }, 'identity'],
    ['both', USER, { identity: ALLOW, resource: to(USER.arn) }, 'Allowed'],
    ['both, by the account', USER, { identity: ALLOW, resource: to(ACCOUNT) }, 'Allowed'],
    ['both, for anybody', USER, { identity: ALLOW, resource: to('*') }, 'Allowed'],
    [
      'both, and a boundary that does not',
      USER,
      { identity: ALLOW, boundary: NONE, resource: to(USER.arn) },
      'boundary',
    ],
    ['a session that is named, without identity policy', SESSION, { resource: to(SESSION.arn) }, 'identity'],
    [
      'a session policy that does not',
      SESSION,
      { identity: ALLOW, session: NONE, resource: to(SESSION.arn) },
      'session',
    ],
    [
      'a deny in the other account',
      USER,
      {
        identity: ALLOW,
        resource: [...to(USER.arn), policy({ Effect: 'Deny', Principal: { AWS: ACCOUNT }, Resource: '*' })],
      },
      'ExplicitlyDenied',
    ],
    ['root of the other account, not named', ROOT, {}, 'resource'],
    ['root of the other account, named', ROOT, { resource: to(ACCOUNT) }, 'Allowed'],
    ['anonymous', ANYBODY, { resource: to('*') }, 'Allowed'],
  ])('%s', (_, principal, applied, expected) => {
    expect(decide(request(principal, { resourceAccount: OTHER }), applied)).toBe(expected);
  });
});

describe('SCP evaluation', () => {
  const identity = ALLOW;
  const only = (action: string) => [policy({ Action: action, Resource: '*' })];
  it.each<[string, RequestPrincipal, Partial<AppliedPolicies>, string]>([
    ['every level allows', USER, { identity, serviceControl: level(ALLOW, ALLOW, ALLOW) }, 'Allowed'],
    [
      'a unit in the middle does not',
      USER,
      { identity, serviceControl: level(ALLOW, only('ec2:*'), ALLOW) },
      'serviceControl',
    ],
    ['the account does not', USER, { identity, serviceControl: level(ALLOW, ALLOW, NONE) }, 'serviceControl'],
    [
      'one of two policies of a level allows',
      USER,
      { identity, serviceControl: level([...only('ec2:*'), ...only('s3:*')]) },
      'Allowed',
    ],
    ['a deny at the root', USER, { identity, serviceControl: level([...ALLOW, ...DENY], ALLOW) }, 'ExplicitlyDenied'],
    ['no levels bind nothing', USER, { identity, serviceControl: [] }, 'Allowed'],
    ['SCPs grant nothing', USER, { serviceControl: level(ALLOW) }, 'identity'],
    [
      'they limit what resource policies give',
      USER,
      { resource: to(USER.arn), serviceControl: level(NONE) },
      'serviceControl',
    ],
    ['they bind root of a member account', ROOT, { serviceControl: level([...ALLOW, ...DENY]) }, 'ExplicitlyDenied'],
    [
      'they do not bind the management account',
      USER,
      { identity, managementAccount: true, serviceControl: level(DENY) },
      'Allowed',
    ],
    [
      'they do not bind service-linked roles',
      { ...SESSION, serviceLinked: true },
      { identity, serviceControl: level(DENY) },
      'Allowed',
    ],
    [
      'they do not bind services',
      SERVICE,
      { resource: [policy({ Principal: { Service: '*' }, Resource: '*' })], serviceControl: level(DENY) },
      'Allowed',
    ],
  ])('%s', (_, principal, applied, expected) => {
    expect(decide(request(principal), applied)).toBe(expected);
  });

  it('names the level of a deny', () => {
    const serviceControl = level(ALLOW, [...ALLOW, ...DENY]);
    expect(evaluate(request(USER), { identity, serviceControl }).by).toMatchObject([
      { layer: 'serviceControl', target: 'level-1', statement: { effect: 'Deny' } },
    ]);
  });
});

describe('RCP evaluation', () => {
  const deny = [
    policy({
      Effect: 'Deny',
      Principal: '*',
      Resource: '*',
      Condition: { StringNotEqualsIfExists: { 'aws:PrincipalAccount': ACCOUNT } },
    }),
  ];
  const resource = to('*');
  it.each<[string, RequestPrincipal, Partial<AppliedPolicies>, string]>([
    ['RCPFullAWSAccess is always there', USER, { resource, resourceControl: level(NONE, NONE) }, 'Allowed'],
    ['a deny binds strangers', ANYBODY, { resource, resourceControl: level(NONE, deny) }, 'ExplicitlyDenied'],
    ['a deny with a condition spares', USER, { resource, resourceControl: level(deny) }, 'Allowed'],
    [
      'service-linked roles are not bound',
      { ...SESSION, serviceLinked: true },
      { resource, resourceControl: level(DENY) },
      'Allowed',
    ],
    [
      'resources of the management account are not bound',
      USER,
      { resource, managementAccount: true, resourceControl: level(DENY) },
      'Allowed',
    ],
    ['services are bound', SERVICE, { resource, resourceControl: level(DENY) }, 'ExplicitlyDenied'],
  ])('%s', (_, principal, applied, expected) => {
    expect(decide(request(principal), applied)).toBe(expected);
  });
});

describe('Role trust policies and KMS key policies must allow themselves', () => {
  const assume = { action: 'sts:AssumeRole', resource: TRUSTED };
  const web = { action: 'sts:AssumeRoleWithWebIdentity', resource: TRUSTED };
  const trust = (more: Statement) => [policy({ Action: 'sts:*', ...more })];
  const byProvider = trust({
    Principal: { Federated: OIDC },
    Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:o/r:ref:refs/heads/main' } },
  });
  const sub = new Map([['token.actions.githubusercontent.com:sub', 'repo:o/r:ref:refs/heads/main']]);
  it.each<[string, RequestPrincipal, Partial<IamRequest>, Partial<AppliedPolicies>, string]>([
    ['the identity policy alone', USER, assume, { identity: ALLOW, resource: to(`${USER.arn}x`) }, 'resource'],
    ['no trust policy in sight', USER, assume, { identity: ALLOW }, 'resource'],
    ['the user is named', USER, assume, { resource: to(USER.arn) }, 'Allowed'],
    ['the account is named: identity policies decide', USER, assume, { resource: to(ACCOUNT) }, 'identity'],
    [
      'the account is named and the identity policy allows',
      USER,
      assume,
      { identity: ALLOW, resource: to(ACCOUNT) },
      'Allowed',
    ],
    [
      'from another account',
      USER,
      { ...assume, resourceAccount: OTHER },
      { identity: ALLOW, resource: to(USER.arn) },
      'Allowed',
    ],
    [
      'from another account without identity policy',
      USER,
      { ...assume, resourceAccount: OTHER },
      { resource: to(USER.arn) },
      'identity',
    ],
    ['root cannot assume roles', ROOT, assume, { resource: to(ACCOUNT) }, 'identity'],
    ['a service', SERVICE, assume, { resource: trust({ Principal: { Service: SERVICE.arn } }) }, 'Allowed'],
    ['a web identity with its subject', WEB, { ...web, context: sub }, { resource: byProvider }, 'Allowed'],
    ['a web identity with another', WEB, web, { resource: byProvider }, 'resource'],
    ['another provider', { ...WEB, arn: `${OIDC}2` }, { ...web, context: sub }, { resource: byProvider }, 'resource'],
    [
      'TagSession is asked for by itself',
      WEB,
      { ...web, action: 'sts:TagSession' },
      { resource: trust({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: OIDC } }) },
      'resource',
    ],
    [
      'a key without the account in its policy',
      USER,
      { action: 'kms:Decrypt', resource: KEY },
      { identity: ALLOW, resource: to(ROLE) },
      'resource',
    ],
    [
      'a key whose policy delegates to the account',
      USER,
      { action: 'kms:Decrypt', resource: KEY },
      { identity: ALLOW, resource: to(ROOT.arn) },
      'Allowed',
    ],
    [
      'a key whose policy delegates, without identity policy',
      USER,
      { action: 'kms:Decrypt', resource: KEY },
      { resource: to(ROOT.arn) },
      'identity',
    ],
    [
      'a key whose policy names the user',
      USER,
      { action: 'kms:Decrypt', resource: KEY },
      { resource: to(USER.arn) },
      'Allowed',
    ],
    ['a key and the root user', ROOT, { action: 'kms:Decrypt', resource: KEY }, { resource: to(ROLE) }, 'resource'],
    ['no key is meant', USER, { action: 'kms:ListKeys', resource: '*' }, { identity: ALLOW }, 'Allowed'],
  ])('%s', (_, principal, more, applied, expected) => {
    expect(decide(request(principal, more), applied)).toBe(expected);
  });
});

describe('IAM JSON policy elements: NotPrincipal', () => {
  const except = (...arns: string[]) => [
    ...to('*'),
    policy({ Effect: 'Deny', NotPrincipal: { AWS: arns }, Resource: '*' }),
  ];
  it.each<[string, RequestPrincipal, readonly string[], string]>([
    ['the user and the account are spared', USER, [USER.arn, ROOT.arn], 'Allowed'],
    ['the user alone is not', USER, [USER.arn], 'ExplicitlyDenied'],
    ['the account alone is not', USER, [ROOT.arn], 'ExplicitlyDenied'],
    ['session, role and account are spared', SESSION, [SESSION.arn, ROLE, ACCOUNT], 'Allowed'],
    ['role and account alone are not', SESSION, [ROLE, ACCOUNT], 'ExplicitlyDenied'],
    ['root by the account', ROOT, [ACCOUNT], 'Allowed'],
    ['strangers are not', ANYBODY, [ACCOUNT], 'ExplicitlyDenied'],
  ])('%s', (_, principal, listed, expected) => {
    expect(decide(request(principal), { resource: except(...listed) })).toBe(expected);
  });
});

describe('IAM JSON policy elements: Action, NotAction, Resource, NotResource', () => {
  it.each<[string, Statement, Partial<IamRequest>, string]>([
    ['actions have no case', { Action: 'S3:getobject', Resource: '*' }, {}, 'Allowed'],
    ['a wildcard in an action', { Action: 's3:Get*', Resource: '*' }, {}, 'Allowed'],
    ['a wildcard over the service', { Action: 's?:*Object', Resource: '*' }, {}, 'Allowed'],
    ['another action', { Action: ['s3:Put*', 'ec2:*'], Resource: '*' }, {}, 'identity'],
    ['NotAction', { Action: undefined, NotAction: 'iam:*', Resource: '*' }, {}, 'Allowed'],
    [
      'NotAction with the action',
      { Action: undefined, NotAction: ['iam:*', 's3:GetObject'], Resource: '*' },
      {},
      'identity',
    ],
    ['resources have case', { Resource: 'arn:aws:s3:::Bucket/*' }, {}, 'identity'],
    ['a wildcard reaches over slashes', { Resource: 'arn:aws:s3:::bucket*' }, {}, 'Allowed'],
    ['a wildcard reaches over colons', { Resource: 'arn:*key' }, {}, 'Allowed'],
    ['NotResource', { NotResource: 'arn:aws:s3:::other/*' }, {}, 'Allowed'],
    ['NotResource with the resource', { NotResource: ['arn:aws:s3:::bucket/*'] }, {}, 'identity'],
    [
      'a variable',
      { Resource: 'arn:aws:s3:::bucket/${aws:username}' },
      { resource: 'arn:aws:s3:::bucket/ann' },
      'Allowed',
    ],
    [
      'a variable with another value',
      { Resource: 'arn:aws:s3:::bucket/${aws:username}' },
      { resource: 'arn:aws:s3:::bucket/bob' },
      'identity',
    ],
    ['a variable that is absent', { Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/x}*' }, {}, 'identity'],
    [
      'NotResource with a variable that is absent',
      { NotResource: 'arn:aws:s3:::other/${aws:PrincipalTag/x}*' },
      {},
      'identity',
    ],
    ['a variable with a default', { Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/x, 'key'}" }, {}, 'Allowed'],
  ])('%s', (_, statement, more, expected) => {
    expect(decide(request(USER, more), { identity: [policy(statement)] })).toBe(expected);
  });
});

describe('AWS global condition context keys: what follows from the principal', () => {
  it.each<[string, RequestPrincipal, string, string]>([
    ['a user', USER, 'aws:PrincipalArn', USER.arn],
    ['a user', USER, 'aws:username', 'ann'],
    ['a user', USER, 'aws:PrincipalAccount', ACCOUNT],
    ['a user', USER, 'aws:PrincipalType', 'User'],
    ['a user', USER, 'aws:PrincipalIsAWSService', 'false'],
    ['a session', SESSION, 'aws:PrincipalArn', ROLE],
    [
      'a session whose role is not given',
      { kind: 'role-session', arn: SESSION.arn, account: ACCOUNT },
      'aws:PrincipalArn',
      `arn:aws:iam::${ACCOUNT}:role/ci`,
    ],
    ['a session', SESSION, 'aws:PrincipalType', 'AssumedRole'],
    ['root', ROOT, 'aws:PrincipalType', 'Account'],
    ['root', ROOT, 'aws:userid', ACCOUNT],
    ['a federated user', FEDERATED_USER, 'aws:PrincipalArn', FEDERATED_USER.arn],
    ['a service', SERVICE, 'aws:PrincipalIsAWSService', 'true'],
    ['a service', SERVICE, 'aws:PrincipalServiceName', SERVICE.arn],
    ['anybody', ANYBODY, 'aws:PrincipalType', 'Anonymous'],
    ['a user, of the resource', USER, 'aws:ResourceAccount', ACCOUNT],
  ])('%s: %s%s', (_, principal, key, value) => {
    const resource = [policy({ Principal: '*', Resource: '*', Condition: { StringEquals: { [key]: value } } })];
    expect(decide(request(principal), { resource })).toBe('Allowed');
  });

  it('give way to what the request says', () => {
    const identity = [policy({ Resource: '*', Condition: { StringEquals: { 'aws:PrincipalArn': 'x' } } })];
    expect(decide(request(USER, { context: new Map([['aws:principalarn', 'x']]) }), { identity })).toBe('Allowed');
  });

  it('leave out a user name for roles, so that a variable with it is absent', () => {
    const identity = [policy({ Resource: 'arn:aws:s3:::bucket/${aws:username}*' })];
    expect(decide(request(SESSION), { identity })).toBe('identity');
  });
});

describe('a decision', () => {
  it('names the statements that allow, or those that deny', () => {
    const identity = [policy({ Sid: 'A', Resource: '*' }, { Sid: 'B', Action: 'ec2:*', Resource: '*' })];
    const allowed = evaluate(request(USER), { identity, resource: to(USER.arn) });
    expect(allowed.by.map(({ layer, statement }) => [layer, statement.sid])).toEqual([
      ['identity', 'A'],
      ['resource', undefined],
    ]);
    const denied = evaluate(request(USER), { identity: [...identity, ...DENY] });
    expect(denied.by).toMatchObject([{ layer: 'identity', statement: { effect: 'Deny' } }]);
  });

  it('is made over ten thousand statements and patterns full of wildcards', () => {
    const statements = Array.from({ length: 10_000 }, (_, index) => ({
      Action: `s3:Get${index}*`,
      Resource: '*a*a*a*b',
    }));
    const identity = [policy(...statements, { Effect: 'Deny', Resource: `${'*a'.repeat(2000)}b` })];
    expect(decide(request(USER, { resource: 'a'.repeat(5000) }), { identity })).toBe('identity');
  });
});
