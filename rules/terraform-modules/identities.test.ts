import { describe, expect, it } from 'vitest';
import { addresses, at, called, IAM, statements, TOKENS } from '../../test/terraform/summarised.ts';

describe('terraform-aws-modules/iam', () => {
  it('has users whose keys are encrypted where there is a PGP key', () => {
    const body = '  name = "alice"\n  pgp_key = "keybase:alice"\n  force_destroy = true';
    const shop = called(`${IAM}iam-user`, '~> 5.0', body);
    expect(shop.problems).toEqual([]);
    expect(addresses(shop)).toEqual([
      'aws_iam_access_key.this[0]',
      'aws_iam_user.this[0]',
      'aws_iam_user_login_profile.this[0]',
    ]);
    expect(addresses(called(`${IAM}iam-user`, '~> 5.0', '  name = "alice"'))).toContain(
      'aws_iam_access_key.this_no_pgp[0]',
    );
  });

  it('has roles that ask for MFA unless it is switched off', () => {
    const body =
      '  create_role = true\n  role_name = "ops"\n  trusted_role_arns = ["arn:aws:iam::444455556666:root"]\n  attach_admin_policy = true';
    const shop = called(`${IAM}iam-assumable-role`, '5.30.0', body);
    expect(shop.problems).toEqual([]);
    expect(statements(shop, 'aws_iam_role.this[0]', 'assume_role_policy')).toMatchObject([
      {
        Effect: 'Allow',
        Action: ['sts:TagSession', 'sts:AssumeRole'],
        Principal: { AWS: 'arn:aws:iam::444455556666:root' },
        Condition: {
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
          NumericLessThan: { 'aws:MultiFactorAuthAge': '86400' },
        },
      },
    ]);
    expect(at(shop, 'aws_iam_role_policy_attachment.admin[0]', 'policy_arn')).toBe(
      'arn:aws:iam::aws:policy/AdministratorAccess',
    );
    const without = called(`${IAM}iam-assumable-role`, '5.30.0', `${body}\n  role_requires_mfa = false`);
    expect(statements(without, 'aws_iam_role.this[0]', 'assume_role_policy')[0]).not.toHaveProperty('Condition');
  });

  it('has roles for the service accounts of a cluster', () => {
    const body = `  create_role = true\n  role_name = "dns"\n  provider_url = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"\n  role_policy_arns = ["arn:aws:iam::aws:policy/AmazonRoute53FullAccess"]\n  oidc_fully_qualified_subjects = ["system:serviceaccount:kube-system:external-dns"]`;
    const shop = called(`${IAM}iam-assumable-role-with-oidc`, '~> 5.0', body);
    expect(shop.problems).toEqual([]);
    expect(statements(shop, 'aws_iam_role.this[0]', 'assume_role_policy')).toMatchObject([
      {
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC' },
        Condition: {
          StringEquals: {
            'oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub': 'system:serviceaccount:kube-system:external-dns',
          },
        },
      },
    ]);
  });

  it('has groups that may do nothing without MFA', () => {
    const body =
      '  name = "devs"\n  group_users = ["alice", "bob"]\n  custom_group_policy_arns = ["arn:aws:iam::aws:policy/PowerUserAccess"]';
    const shop = called(`${IAM}iam-group-with-policies`, '~> 5.0', body);
    expect(shop.problems).toEqual([]);
    expect(at(shop, 'aws_iam_group_membership.this[0]', 'users')).toEqual(['alice', 'bob']);
    expect(statements(shop, 'aws_iam_policy.iam_self_management[0]', 'policy').at(-1)).toMatchObject({
      Effect: 'Deny',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    });
    expect(at(shop, 'aws_iam_group_policy_attachment.custom_arns[0]', 'group')).toBe('devs');
  });

  it('has policies, password rules, and roles for workflows', () => {
    const policy = called(
      `${IAM}iam-policy`,
      '~> 5.0',
      '  name = "p"\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })',
    );
    expect(statements(policy, 'aws_iam_policy.policy[0]', 'policy')).toEqual([
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    ]);
    const account = called(`${IAM}iam-account`, '~> 5.0', '  account_alias = "shop"\n  minimum_password_length = 37');
    expect(at(account, 'aws_iam_account_password_policy.this[0]', 'minimum_password_length')).toBe(37);
    const role = called(
      `${IAM}iam-github-oidc-role`,
      '~> 5.0',
      '  name = "ci"\n  subjects = ["acme/shop:ref:refs/heads/main", "repo:acme/web:*"]',
    );
    expect(statements(role, 'aws_iam_role.this[0]', 'assume_role_policy')).toMatchObject([
      { Condition: { StringLike: { [`${TOKENS}:sub`]: ['repo:acme/shop:ref:refs/heads/main', 'repo:acme/web:*'] } } },
    ]);
  });
});

describe('GitHub as an identity provider', () => {
  it('terraform-module trusts every event of a repository unless one is named', () => {
    const body =
      '  role_name = "ci"\n  repositories = ["acme/shop", "acme/web:ref:refs/heads/main"]\n  oidc_role_attach_policies = ["arn:aws:iam::aws:policy/PowerUserAccess"]';
    const shop = called('terraform-module/github-oidc-provider/aws', '~> 2.0', body);
    expect(shop.problems).toEqual([]);
    expect(statements(shop, 'aws_iam_role.this[0]', 'assume_role_policy')).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${TOKENS}` },
        Condition: { StringLike: { [`${TOKENS}:sub`]: ['repo:acme/shop:*', 'repo:acme/web:ref:refs/heads/main'] } },
      },
    ]);
  });

  it('unfunco trusts every event in version 1, the main branch alone in version 3', () => {
    const one = called('unfunco/oidc-github/aws', '1.8.0', '  github_repositories = ["acme/shop"]');
    expect(one.problems).toEqual([]);
    expect(statements(one, 'aws_iam_role.github[0]', 'assume_role_policy')).toMatchObject([
      {
        Condition: {
          StringLike: { [`${TOKENS}:sub`]: 'repo:acme/shop:*' },
          StringEquals: { [`${TOKENS}:aud`]: 'sts.amazonaws.com' },
        },
      },
    ]);
    expect(at(one, 'aws_iam_role_policy_attachment.read_only[0]', 'policy_arn')).toBe(
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
    );
    const three = called(
      'unfunco/oidc-github/aws',
      '3.0.0',
      '  github_subjects = ["acme/shop"]\n  dangerously_attach_admin_policy = true',
    );
    expect(three.problems).toEqual([]);
    expect(statements(three, 'aws_iam_role.github[0]', 'assume_role_policy')).toMatchObject([
      { Condition: { StringLike: { [`${TOKENS}:sub`]: 'repo:acme/shop:ref:refs/heads/main' } } },
    ]);
    expect(addresses(three)).toContain('aws_iam_role_policy_attachment.admin[0]');
  });
});
