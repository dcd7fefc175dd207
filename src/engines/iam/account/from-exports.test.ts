import { describe, expect, it } from 'vitest';
import { iamExportReader } from '../../../facts/iam-export/reader.ts';
import type { IamExportFact } from '../../../facts/iam-export/types.ts';
import { withExports } from './from-exports.ts';
import { managedPolicy, worldOf } from '../../../../test/iam-world.ts';

async function exportOf(path: string, data: unknown): Promise<readonly IamExportFact[]> {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return (await iamExportReader.read({ path, text }, { paths: new Set() })).facts;
}

const CODE = `
  provider "aws" { allowed_account_ids = ["333333333333"] }
  resource "aws_iam_user" "ann" { name = "ann" }
  resource "aws_iam_access_key" "ann" { user = aws_iam_user.ann.name }
  resource "aws_iam_user_policy_attachment" "far" {
    user = aws_iam_user.ann.name
    policy_arn = "arn:aws:iam::333333333333:policy/far"
  }`;

const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const DETAILS = {
  UserDetailList: [
    {
      Arn: 'arn:aws:iam::333333333333:user/ann',
      UserName: 'ann',
      AttachedManagedPolicies: [
        { PolicyArn: 'arn:aws:iam::333333333333:policy/far' },
        { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      ],
    },
    { Arn: 'arn:aws:iam::333333333333:user/ben', UserName: 'ben' },
  ],
  RoleDetailList: [],
  Policies: [
    {
      Arn: 'arn:aws:iam::333333333333:policy/far',
      PolicyName: 'far',
      PolicyVersionList: [{ IsDefaultVersion: true, Document: DOCUMENT }],
    },
  ],
};

describe('an export of an account', () => {
  it('fills what the code leaves open, adds what only the account has, and closes the gap', async () => {
    const before = worldOf({ '': CODE });
    const world = withExports(before, await exportOf('iam.json', DETAILS), { managedPolicy });
    const [ann, ben] = world.users;
    expect(before.users[0]?.gaps).toHaveLength(1);
    expect(ann?.policies.map(({ name, policy }) => [name, policy.unknowns.length])).toEqual([
      ['arn:aws:iam::333333333333:policy/far', 0],
      ['arn:aws:iam::aws:policy/AdministratorAccess', 0],
    ]);
    expect([ann?.gaps, ann?.source, ann?.accessKeys.length]).toEqual([[], 'aws_iam_user.ann', 1]);
    expect([ben?.declared, ben?.source]).toEqual([true, 'iam.json']);
    expect(world.policies.map(({ arn }) => arn)).toEqual(['arn:aws:iam::333333333333:policy/far']);
  });

  it('with statements that cannot be read may allow more, and deny more', async () => {
    const broken = { ...DOCUMENT, Statement: [...DOCUMENT.Statement, { Effect: 'Perhaps' }] };
    const details = {
      UserDetailList: [],
      RoleDetailList: [
        {
          Arn: 'arn:aws:iam::333333333333:role/r',
          RoleName: 'r',
          RolePolicyList: [{ PolicyName: 'p', PolicyDocument: broken }],
        },
      ],
    };
    const world = withExports(worldOf({ '': CODE }), await exportOf('iam.json', details), { managedPolicy });
    const [attached] = world.roles[0]?.policies ?? [];
    expect(attached?.policy.most.statements.map(({ effect }) => effect)).toEqual(['Allow', 'Allow']);
    expect(attached?.policy.least.statements.map(({ effect }) => effect)).toEqual(['Allow', 'Deny']);
    expect(attached?.policy.unknowns.length).toBeGreaterThan(0);
  });
});

describe('a credential report', () => {
  it('tells second factors, the age of keys, and the root user', async () => {
    const csv = [
      'user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active',
      '<root_account>,arn:aws:iam::333333333333:root,x,not_supported,true,false,N/A,false',
      'ann,arn:aws:iam::333333333333:user/ann,x,true,true,true,2024-02-01T00:00:00+00:00,true',
    ].join('\n');
    const { users, rootUsers } = withExports(worldOf({ '': CODE }), await exportOf('r.csv', csv), { managedPolicy });
    expect(users[0]).toMatchObject({
      mfa: { enrolled: true },
      loginProfile: { source: 'r.csv' },
      accessKeys: [
        { source: 'aws_iam_access_key.ann', created: '2024-02-01T00:00:00+00:00' },
        { source: 'key 2 in r.csv', status: 'Active' },
      ],
    });
    expect(rootUsers).toMatchObject([{ account: '333333333333', mfa: true, keys: [] }]);
  });
});

describe('an organisation', () => {
  it('is put together from its commands, and says which is missing', async () => {
    const arn = 'arn:aws:organizations::111111111111:x';
    const facts = [
      ...(await exportOf('organization.json', {
        Organization: { Id: 'o-abcdefghij', MasterAccountId: '111111111111', Arn: arn },
      })),
      ...(await exportOf('roots.json', {
        Roots: [{ Id: 'r-abcd', Arn: arn, PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
      })),
      ...(await exportOf('accounts.json', { Accounts: [{ Id: '333333333333', Name: 'prod', Arn: arn }] })),
      ...(await exportOf('list-parents.333333333333.json', { Parents: [{ Id: 'r-abcd', Type: 'ROOT' }] })),
      ...(await exportOf('list-policies-for-target.333333333333.json', {
        Policies: [{ Id: 'p-abcdefgh', Name: 'no', Type: 'SERVICE_CONTROL_POLICY', Arn: arn }],
      })),
      ...(await exportOf('p.json', {
        Policy: {
          PolicySummary: { Id: 'p-abcdefgh', Name: 'no', Type: 'SERVICE_CONTROL_POLICY', Arn: arn },
          Content: JSON.stringify(DOCUMENT),
        },
      })),
    ];
    const { organisation, accounts } = withExports(worldOf({ '': CODE }), facts, { managedPolicy });
    const prod = organisation?.nodes.get('333333333333');
    expect([organisation?.management, prod?.name, prod?.parent]).toEqual(['111111111111', 'prod', 'r-abcd']);
    expect(prod?.serviceControl).toMatchObject([{ name: 'no', size: JSON.stringify(DOCUMENT).length }]);
    expect(organisation?.enabled).toEqual({ serviceControl: true, resourceControl: false });
    expect(organisation?.gaps.map(({ message }) => message)).toEqual([
      'the policies of Root (r-abcd) are not in sight',
    ]);
    expect(accounts.find(({ id }) => id === '333333333333')?.management).toBe(false);
  });
});
