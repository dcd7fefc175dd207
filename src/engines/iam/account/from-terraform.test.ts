import { describe, expect, it } from 'vitest';
import { worldOf } from '../../../../test/iam-world.ts';

const TRUST = `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::\${aws_organizations_account.people.id}:root" } }] })`;

describe('users and groups', () => {
  const { users, groups, gaps } = worldOf({
    '': `
      resource "aws_iam_group" "ops" { name = "ops" }
      resource "aws_iam_group_policy_attachment" "ops" {
        group = aws_iam_group.ops.name
        policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
      }
      resource "aws_iam_user" "ann" {
        name = "ann"
        path = "/people/"
      }
      resource "aws_iam_user_group_membership" "ann" {
        user = aws_iam_user.ann.name
        groups = [aws_iam_group.ops.name]
      }
      resource "aws_iam_access_key" "ann" {
        user = aws_iam_user.ann.name
        status = "Inactive"
      }
      resource "aws_iam_user_login_profile" "ann" {
        user = aws_iam_user.ann.name
        pgp_key = "keybase:ann"
      }
      resource "aws_iam_policy_attachment" "all" {
        name = "all"
        users = ["ann", "ben"]
        policy_arn = aws_iam_policy.own.arn
      }
      resource "aws_iam_policy" "own" {
        name_prefix = "own-"
        policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
      }
      resource "aws_iam_user_policy_attachment" "far" {
        user = aws_iam_user.ann.name
        policy_arn = "arn:aws:iam::123456789012:policy/far"
      }
      resource "aws_iam_user_policy_attachment" "whom" {
        user = var.user
        policy_arn = aws_iam_policy.own.arn
      }
      variable "user" { type = string }`,
  });

  it('have their policies, keys, passwords and groups', () => {
    expect(users.map(({ arn, declared }) => [arn, declared])).toEqual([
      ['arn:aws:iam::000000000001:user/people/ann', true],
      ['arn:aws:iam::000000000001:user/ben', false],
    ]);
    const [ann] = users;
    expect(ann?.accessKeys).toMatchObject([{ status: 'Inactive', encrypted: false }]);
    expect(ann?.loginProfile).toMatchObject({ encrypted: true });
    expect(ann?.groups.map(({ group }) => group)).toEqual(['arn:aws:iam::000000000001:group/ops']);
    expect(groups[0]?.policies.map(({ kind, name }) => [kind, name])).toEqual([
      ['aws', 'arn:aws:iam::aws:policy/AdministratorAccess'],
    ]);
  });

  it('find a policy whose name only apply draws, and know what is not in sight', () => {
    const policies = users[0]?.policies ?? [];
    expect(policies.map(({ policy }) => policy.unknowns.length)).toEqual([0, 1]);
    expect(policies[0]?.name).toMatch(/^arn:aws:iam::000000000001:policy\/own-[0-9a-f]{26}$/);
    expect(policies[1]?.policy.least.statements).toMatchObject([{ effect: 'Deny', actions: { patterns: ['*'] } }]);
    expect(users[0]?.gaps.map(({ reason }) => reason)).toEqual(['not-in-sight']);
  });

  it('leave a gap where the name of the user is not known', () => {
    expect(gaps.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the user to which aws_iam_user_policy_attachment\.whom attaches .* is not known/),
    ]);
  });
});

describe('resources of an unknown number', () => {
  it('are there in the widest reading only', () => {
    const { users } = worldOf({
      '': `
        variable "names" { type = set(string) }
        variable "enabled" { type = bool }
        resource "aws_iam_user" "one" { name = "one" }
        resource "aws_iam_user_policy" "one" {
          count = var.enabled ? 1 : 0
          user = aws_iam_user.one.name
          name = "maybe"
          policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }, { Effect = "Deny", Action = "iam:*", Resource = "*" }] })
        }`,
    });
    const [attached] = users[0]?.policies ?? [];
    expect(attached?.policy.most.statements.map(({ effect }) => effect)).toEqual(['Allow']);
    expect(attached?.policy.least.statements.map(({ effect }) => effect)).toEqual(['Deny']);
    expect(users[0]?.gaps[0]?.message).toContain('whether aws_iam_user_policy.one[*] exists is not known');
  });
});

describe('accounts', () => {
  const ORGANISATION = `
    resource "aws_organizations_organization" "all" {
      feature_set = "ALL"
      enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
    }
    resource "aws_organizations_organizational_unit" "work" {
      name = "work"
      parent_id = aws_organizations_organization.all.roots[0].id
    }
    resource "aws_organizations_account" "people" {
      name = "people"
      email = "people@example.com"
    }
    resource "aws_organizations_account" "prod" {
      name = "prod"
      email = "prod@example.com"
      parent_id = aws_organizations_organizational_unit.work.id
    }
    resource "aws_organizations_policy" "leave" {
      name = "leave"
      content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }] })
    }
    resource "aws_organizations_policy_attachment" "leave" {
      policy_id = aws_organizations_policy.leave.id
      target_id = aws_organizations_organizational_unit.work.id
    }`;

  it('that only apply knows have one stand-in each, wherever they are named', () => {
    const { accounts, roles, organisation } = worldOf({
      '': `${ORGANISATION}
        provider "aws" {
          alias = "prod"
          assume_role { role_arn = "arn:aws:iam::\${aws_organizations_account.prod.id}:role/OrganizationAccountAccessRole" }
        }
        resource "aws_iam_role" "deploy" {
          provider = aws.prod
          name = "deploy"
          assume_role_policy = ${TRUST}
        }`,
    });
    const idOf = (name: string) => accounts.find((account) => account.name === name)?.id ?? '';
    const deploy = roles.find(({ name }) => name === 'deploy');
    expect(accounts.every(({ standIn }) => standIn)).toBe(true);
    expect(deploy?.account).toBe(idOf('aws_organizations_account.prod'));
    expect(deploy?.trust.unknowns).toEqual([]);
    expect(deploy?.trust.most.statements[0]?.principals?.principals).toEqual([
      { type: 'AWS', value: `arn:aws:iam::${idOf('aws_organizations_account.people')}:root` },
    ]);
    expect(accounts.find(({ management }) => management)?.name).toBe('provider aws');
    expect(organisation?.gaps).toEqual([]);
    const node = organisation?.nodes.get(deploy?.account ?? '');
    const unit = organisation?.nodes.get(node?.parent ?? '');
    expect([node?.name, unit?.name, unit?.parent === organisation?.root.id]).toEqual(['prod', 'work', true]);
    expect(unit?.serviceControl.map(({ name }) => name)).toEqual(['FullAWSAccess', 'leave']);
  });

  it('are taken for those of the organisation by their name, and say so', () => {
    const elsewhere = (name: string, id: string) => `
      variable "${name}" { default = "${id}" }
      provider "aws" { assume_role { role_arn = "arn:aws:iam::\${var.${name}}:role/admin" } }
      resource "aws_iam_user" "u" { name = "u" }`;
    const joined = worldOf({ organisation: ORGANISATION, app: elsewhere('prod_account_id', '333333333333') });
    expect(joined.accounts.find(({ id }) => id === '333333333333')?.joined).toMatchObject({
      by: 'name',
      member: 'aws_organizations_account.prod',
    });
    expect(joined.organisation?.nodes.get('333333333333')?.name).toBe('prod');
    const two = worldOf({
      organisation: ORGANISATION,
      app: elsewhere('prod_account_id', '333333333333'),
      other: elsewhere('prod', '444444444444'),
    });
    expect(two.accounts.every((account) => account.joined === undefined)).toBe(true);
  });
});

describe('workloads', () => {
  it('are machines by their profile, functions, pods by identity association and by token', () => {
    const { workloads } = worldOf({
      '': `
        provider "aws" {
          region = "eu-west-1"
          allowed_account_ids = ["333333333333"]
        }
        resource "aws_iam_role" "r" {
          name = "r"
          assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{
            Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity"
            Principal = { Federated = aws_iam_openid_connect_provider.c.arn }
            Condition = { StringEquals = { "\${aws_iam_openid_connect_provider.c.url}:sub" = "x" } }
          }, {
            Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity"
            Principal = { Federated = "arn:aws:iam::333333333333:oidc-provider/token.actions.githubusercontent.com" }
            Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:o/r:*" } }
          }] })
        }
        resource "aws_eks_cluster" "c" { name = "c" }
        resource "aws_iam_openid_connect_provider" "c" { url = aws_eks_cluster.c.identity[0].oidc[0].issuer }
        resource "aws_iam_instance_profile" "p" {
          name = "p"
          role = aws_iam_role.r.name
        }
        resource "aws_instance" "i" { iam_instance_profile = aws_iam_instance_profile.p.name }
        resource "aws_lambda_function" "f" {
          function_name = "f"
          role = aws_iam_role.r.arn
        }
        resource "aws_eks_pod_identity_association" "a" {
          cluster_name = "c"
          namespace = "n"
          service_account = "s"
          role_arn = aws_iam_role.r.arn
        }`,
    });
    expect(workloads.map(({ kind, name, role }) => [kind, name, role.slice(role.lastIndexOf(':') + 1)])).toEqual([
      ['function', 'aws_lambda_function.f', 'role/r'],
      ['service-account', 'n/s', 'role/r'],
      ['instance', 'aws_instance.i', 'role/r'],
      ['service-account', '*', 'role/r'],
      ['ci', 'repo:o/r:*', 'role/r'],
    ]);
    expect(workloads[0]?.arn).toBe('arn:aws:lambda:eu-west-1:333333333333:function:f');
  });
});

describe('people of Identity Center', () => {
  it('have the policies of their permission set', () => {
    const { people } = worldOf({
      '': `
        data "aws_ssoadmin_instances" "all" {}
        resource "aws_ssoadmin_permission_set" "admin" {
          name = "admin"
          instance_arn = tolist(data.aws_ssoadmin_instances.all.arns)[0]
        }
        resource "aws_ssoadmin_managed_policy_attachment" "admin" {
          instance_arn = aws_ssoadmin_permission_set.admin.instance_arn
          permission_set_arn = aws_ssoadmin_permission_set.admin.arn
          managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
        }
        resource "aws_ssoadmin_account_assignment" "ops" {
          permission_set_arn = aws_ssoadmin_permission_set.admin.arn
          principal_id = "11111111-2222-3333-4444-555555555555"
          principal_type = "GROUP"
          target_id = "333333333333"
        }`,
    });
    expect(people).toMatchObject([
      { type: 'GROUP', account: '333333333333', permissionSet: 'admin', policies: [{ kind: 'aws' }] },
    ]);
  });
});
