import { performance } from 'node:perf_hooks';
import { exactly } from '../src/engines/iam/account/bounded.ts';
import type { AttachedPolicy, IamRole, IamUser, IamWorld } from '../src/engines/iam/account/types.ts';
import { Closure, pathModel, pathsToAdministrators, startsOf } from '../src/engines/iam/paths/index.ts';
import type { IamPrincipal, IamStatement } from '../src/facts/iam-policy/types.ts';

/** Who becomes whom among 200 users and 300 roles of three accounts: prints what was found and how long it took. */
const ACCOUNTS = ['111111111111', '222222222222', '333333333333'] as const;
const USERS = 200;
const ROLES = 300;
const at = { path: 'bench', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

const world = makeWorld();
const before = performance.now();
const cpu = process.cpuUsage();
const model = pathModel(world);
const closure = new Closure(model);
const starts = startsOf(model);
const reached = starts.reduce((sum, { node, certainty }) => sum + closure.from(node, certainty).size, 0);
const paths = pathsToAdministrators(model, closure, starts);
const seconds = (performance.now() - before) / 1000;
const spent = process.cpuUsage(cpu).user / 1e6;
const administrators = new Set(paths.map(({ start }) => start.label)).size;
console.log(
  `iam paths: ${USERS} users × ${ROLES} roles, ${starts.length} starts, ${reached} reached, ${administrators} reach an administrator: ${seconds.toFixed(2)} s, of the processor ${spent.toFixed(2)} s (${model.asker.searches} symbolic searches, ${Math.round(process.memoryUsage().rss / 1e6)} MB)`,
);

function makeWorld(): IamWorld {
  const roles = Array.from({ length: ROLES }, (_, index) => role(index));
  const users = Array.from({ length: USERS }, (_, index) => user(index));
  return {
    accounts: ACCOUNTS.map((id) => ({ id, standIn: false, name: id, at })),
    users,
    groups: [],
    roles,
    policies: [],
    providers: [],
    workloads: [],
    people: [],
    resourcePolicies: [],
    gaps: [],
  };
}

function accountOf(index: number): string {
  return ACCOUNTS[index % ACCOUNTS.length] ?? ACCOUNTS[0];
}

function roleArn(index: number): string {
  return `arn:aws:iam::${accountOf(index)}:role/role-${index % ROLES}`;
}

/** Every tenth role may change roles of its own account, every fiftieth is an administrator, the others assume others. */
function role(index: number): IamRole {
  const account = accountOf(index);
  const rights: Partial<IamStatement>[] =
    index % 50 === 7
      ? [allow(['*'], ['*'])]
      : index % 10 === 3
        ? [allow(['iam:PassRole', 'lambda:*'], ['*'])]
        : [allow(['sts:AssumeRole'], [roleArn(index + 3), roleArn(index + 1)]), allow(['s3:Get*'], ['*'])];
  const trusted: IamPrincipal[] =
    index % 5 === 0
      ? [{ type: 'Service', value: 'lambda.amazonaws.com' }]
      : index % 2 === 0
        ? [{ type: 'AWS', value: `arn:aws:iam::${account}:root` }]
        : [
            { type: 'AWS', value: roleArn(index + ROLES - 3) },
            { type: 'AWS', value: userArn(index) },
          ];
  const trust: Partial<IamStatement> = {
    principals: { negated: false, principals: trusted },
    actions: { negated: false, patterns: ['sts:AssumeRole'] },
    conditions:
      index % 4 === 1
        ? [{ operator: 'Bool', ifExists: false, key: 'aws:MultiFactorAuthPresent', values: ['true'] }]
        : [],
  };
  return {
    kind: 'role',
    arn: roleArn(index),
    name: `role-${index}`,
    account,
    source: `aws_iam_role.r${index}`,
    at,
    declared: true,
    policies: [attached(rights)],
    gaps: [],
    trust: policy(`trust of ${roleArn(index)}`, [trust]),
    trustAt: at,
    maxSession: 3600,
    serviceLinked: false,
    instanceProfiles: [],
  };
}

function userArn(index: number): string {
  return `arn:aws:iam::${accountOf(index)}:user/user-${index % USERS}`;
}

function user(index: number): IamUser {
  return {
    kind: 'user',
    arn: userArn(index),
    name: `user-${index}`,
    account: accountOf(index),
    source: `aws_iam_user.u${index}`,
    at,
    declared: true,
    policies: [
      attached([
        allow(['sts:AssumeRole'], [`arn:aws:iam::*:role/role-${index}*`, roleArn(index * 7)]),
        allow(['iam:*AccessKey*', 'iam:ChangePassword'], ['arn:aws:iam::*:user/${aws:username}']),
        ...(index % 40 === 0 ? [allow(['iam:*'], ['*'])] : []),
      ]),
    ],
    gaps: [],
    groups: [],
    accessKeys: [{ source: `aws_iam_access_key.u${index}`, status: 'Active', at }],
    mfa: { enrolled: 'unknown' },
  };
}

function allow(actions: readonly string[], resources: readonly string[]): Partial<IamStatement> {
  return {
    actions: { negated: false, patterns: actions },
    resources: { negated: false, patterns: resources },
    conditions: [],
  };
}

function policy(name: string, statements: readonly Partial<IamStatement>[]) {
  return exactly({
    version: '2012-10-17',
    name,
    statements: statements.map((statement, index) => ({
      effect: 'Allow' as const,
      index,
      actions: { negated: false, patterns: ['*'] },
      conditions: [],
      ...statement,
    })),
  });
}

function attached(statements: readonly Partial<IamStatement>[]): AttachedPolicy {
  return { name: 'rights', kind: 'inline', policy: policy('rights', statements), at };
}
