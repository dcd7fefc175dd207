import { describe, expect, it } from 'vitest';
import type { Reading } from '../../model/index.ts';
import { iamExportReader } from './reader.ts';
import type { IamExportFact } from './types.ts';

function read(path: string, text: string): Reading<IamExportFact> | undefined {
  if (!iamExportReader.selects(path, new Set()) || iamExportReader.recognises?.(text, path) !== true) return undefined;
  const reading = iamExportReader.read({ path, text }, { paths: new Set() });
  if (reading instanceof Promise) throw new Error('reading is synchronous');
  return reading;
}

const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

describe('authorization details', () => {
  const details = {
    UserDetailList: [
      {
        Arn: 'arn:aws:iam::333333333333:user/ann',
        UserName: 'ann',
        GroupList: ['ops'],
        UserPolicyList: [{ PolicyName: 'own', PolicyDocument: encodeURIComponent(JSON.stringify(DOCUMENT)) }],
        AttachedManagedPolicies: [{ PolicyName: 'x', PolicyArn: 'arn:aws:iam::aws:policy/x' }],
        PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::333333333333:policy/b' },
      },
      { Arn: 'no arn', UserName: 'bad' },
    ],
    GroupDetailList: [{ Arn: 'arn:aws:iam::333333333333:group/ops', GroupName: 'ops' }],
    RoleDetailList: [
      {
        Arn: 'arn:aws:iam::333333333333:role/r',
        RoleName: 'r',
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
        InstanceProfileList: [{ Arn: 'arn:aws:iam::333333333333:instance-profile/r' }],
      },
    ],
    Policies: [
      {
        Arn: 'arn:aws:iam::333333333333:policy/b',
        PolicyName: 'b',
        PolicyVersionList: [
          { VersionId: 'v1', IsDefaultVersion: false, Document: { Statement: [] } },
          { VersionId: 'v2', IsDefaultVersion: true, Document: DOCUMENT },
        ],
      },
    ],
    IsTruncated: false,
  };

  it('are users, groups, roles and policies, with documents encoded or not', () => {
    const reading = read('iam.json', JSON.stringify(details, null, 2));
    const [fact] = reading?.facts ?? [];
    expect(reading?.unread).toEqual([]);
    if (fact?.kind !== 'authorization-details') throw new Error('no details');
    const [ann] = fact.users;
    expect(fact.users).toHaveLength(1);
    expect(ann?.inline[0]?.document.policy.statements[0]?.actions.patterns).toEqual(['s3:*']);
    expect(ann?.inline[0]?.document.policy.statements[0]?.at).toMatchObject({ path: 'iam.json', startLine: 12 });
    expect(ann?.boundary?.arn).toBe('arn:aws:iam::333333333333:policy/b');
    expect(ann?.groups.map(({ name }) => name)).toEqual(['ops']);
    expect(fact.roles[0]?.instanceProfiles).toEqual(['arn:aws:iam::333333333333:instance-profile/r']);
    expect(fact.roles[0]?.trust?.problems).not.toEqual([]);
    expect(fact.policies[0]?.document?.policy.statements).toHaveLength(1);
  });

  it('that are cut off are unread', () => {
    expect(read('iam.json', JSON.stringify(details).slice(0, -5))?.unread).toMatchObject([{ reason: 'unparsed-file' }]);
  });
});

describe('the organisation', () => {
  it('is the output of each command; the name of the file says whom it was asked about', () => {
    const organization = {
      Id: 'o-abcdefghij',
      MasterAccountId: '111111111111',
      Arn: 'arn:aws:organizations::111111111111:organization/o-abcdefghij',
    };
    expect(read('organization.json', JSON.stringify({ Organization: organization }))?.facts).toMatchObject([
      { organization: { id: 'o-abcdefghij', management: '111111111111' } },
    ]);
    const children = JSON.stringify({ Children: [{ Id: '333333333333', Type: 'ACCOUNT' }] });
    expect(read('exports/list-children.ou-abcd-12345678.json', children)?.facts).toMatchObject([
      { about: 'ou-abcd-12345678', children: ['333333333333'] },
    ]);
    const summary = {
      Id: 'p-abcdefgh',
      Name: 'no',
      Type: 'SERVICE_CONTROL_POLICY',
      Arn: 'arn:aws:organizations::1:policy/o-a/p',
    };
    const described = { Policy: { PolicySummary: summary, Content: JSON.stringify(DOCUMENT) } };
    expect(read('describe-policy.json', JSON.stringify(described))?.facts).toMatchObject([
      { policies: [{ id: 'p-abcdefgh', content: { size: JSON.stringify(DOCUMENT).length } }] },
    ]);
  });

  it('is nothing else that has such keys', () => {
    expect(read('package.json', JSON.stringify({ Accounts: [{ Id: 1 }], Policies: [] }))).toBeUndefined();
    expect(read('tree.json', JSON.stringify({ Children: ['a'] }))).toBeUndefined();
  });
});

describe('the credential report', () => {
  const header =
    'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
  const row =
    'ann,arn:aws:iam::333333333333:user/ann,2024-01-01T00:00:00+00:00,true,N/A,2024-01-01T00:00:00+00:00,N/A,false,true,2024-02-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A';
  const csv = `${header}\r\n${row}\r\nshort,row\r\n`;

  it('is read by the names of its columns', () => {
    const [fact] = read('report.csv', csv)?.facts ?? [];
    expect(fact).toMatchObject({
      kind: 'credential-report',
      rows: [
        {
          user: 'ann',
          passwordEnabled: true,
          mfaActive: false,
          keys: [{ active: true, rotated: '2024-02-01T00:00:00+00:00' }, { active: false }],
          at: { startLine: 2 },
        },
      ],
    });
    if (fact?.kind === 'credential-report') expect(fact.rows).toHaveLength(1);
  });

  it('may be wrapped in the JSON of the command', () => {
    const wrapped = { Content: Buffer.from(csv).toString('base64'), ReportFormat: 'text/csv', GeneratedTime: 'now' };
    expect(read('report.json', JSON.stringify(wrapped))?.facts).toMatchObject([{ rows: [{ user: 'ann' }] }]);
    const bad = { ...wrapped, Content: 'AAAA' };
    expect(read('report.json', JSON.stringify(bad))?.unread).toMatchObject([{ reason: 'unparsed-file' }]);
  });
});
