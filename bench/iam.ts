// Decides requests by the concrete evaluator in this process: each row is a set of policies that apply, asked about many
// requests in turn. Prints requests a second, compilation of the policies not counted.
import { evaluate } from '../src/engines/iam/concrete/evaluate.ts';
import { managedPolicies } from '../src/engines/iam/services/managed-policies.ts';
import type { AppliedPolicies, IamRequest } from '../src/engines/iam/types.ts';
import { readPolicy } from '../src/facts/iam-policy/read-policy.ts';
import type { IamPolicy } from '../src/facts/iam-policy/types.ts';
import { readIamData } from '../src/sources/assets.ts';

const ROUNDS = 200_000;
const ACCOUNT = '111122223333';

const { managedPolicy } = managedPolicies(readIamData().managedPolicies);
const aws = (name: string) => managedPolicy(`arn:aws:iam::aws:policy/${name}`) ?? own();
const mfa = own(
  {
    Effect: 'Deny',
    NotAction: ['iam:*MFADevice*', 'sts:GetSessionToken'],
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  },
  {
    Effect: 'Allow',
    Action: ['s3:Get*', 's3:List*'],
    Resource: ['arn:aws:s3:::logs/${aws:username}/*', 'arn:aws:s3:::public/*'],
  },
  {
    Effect: 'Allow',
    Action: 'ec2:*',
    Condition: {
      IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] },
      DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
    },
  },
);
const guardrail = own(
  { Effect: 'Allow' },
  {
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*'],
    Condition: {
      StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] },
      ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' },
    },
  },
);
const levels = ['root', 'workloads', 'account'].map((target) => ({ target, policies: [guardrail] }));

const rows: readonly (readonly [string, AppliedPolicies])[] = [
  ['one identity policy of three statements', { identity: [mfa] }],
  [
    'identity, boundary, three levels of SCPs',
    { identity: [mfa], boundary: [own({ Effect: 'Allow' })], serviceControl: levels },
  ],
  [
    'ReadOnlyAccess, PowerUserAccess, SecurityAudit',
    { identity: [aws('ReadOnlyAccess'), aws('PowerUserAccess'), aws('SecurityAudit')] },
  ],
];

console.log('| policies | statements | requests | requests a second |');
console.log('| :--- | ---: | ---: | ---: |');
for (const [name, applied] of rows) {
  const requests = requestsOf();
  const { length } = [...applied.identity, ...(applied.boundary ?? []), ...levelsOf(applied)].flatMap(
    ({ statements }) => statements,
  );
  for (const request of requests) evaluate(request, applied);
  const started = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    const request = requests[round % requests.length];
    if (request !== undefined) evaluate(request, applied);
  }
  const rate = (ROUNDS / (performance.now() - started)) * 1000;
  console.log(`| ${name} | ${length} | ${ROUNDS} | ${Math.round(rate).toLocaleString('en')} |`);
}

function own(...statements: Record<string, unknown>[]): IamPolicy {
  const Statement = statements.map((each) =>
    'NotAction' in each ? { Resource: '*', ...each } : { Action: '*', Resource: '*', ...each },
  );
  return readPolicy('bench.json', JSON.stringify({ Version: '2012-10-17', Statement })).policy;
}

function levelsOf({ serviceControl = [] }: AppliedPolicies): readonly IamPolicy[] {
  return serviceControl.flatMap(({ policies }) => policies);
}

/** A thousand requests of ten users: allowed, denied, and neither. */
function requestsOf(): IamRequest[] {
  const actions = ['s3:GetObject', 's3:PutObject', 'ec2:RunInstances', 'iam:CreateUser', 'sts:GetSessionToken'];
  return Array.from({ length: 1000 }, (_, index): IamRequest => {
    const user = `user-${index % 10}`;
    return {
      principal: { kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/${user}`, account: ACCOUNT },
      action: actions[index % actions.length] ?? '',
      resource: `arn:aws:s3:::logs/user-${index % 7}/${index}.txt`,
      context: new Map([
        ['aws:multifactorauthpresent', String(index % 3 > 0)],
        ['aws:sourceip', `203.0.${110 + (index % 5)}.7`],
        ['aws:currenttime', '2026-11-21T12:00:00Z'],
        ['aws:requestedregion', index % 4 === 0 ? 'us-east-1' : 'eu-west-1'],
      ]),
    };
  });
}
