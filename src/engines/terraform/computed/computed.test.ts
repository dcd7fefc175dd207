import { describe, expect, it } from 'vitest';
import { evaluated, valueAt } from '../../../../test/terraform/evaluated.ts';

const PROVIDER = `provider "aws" {
  region = "eu-west-1"
  assume_role { role_arn = "arn:aws:iam::333333333333:role/admin" }
}
`;

function reference(expression: string, source: string, provider = PROVIDER) {
  return valueAt(
    evaluated(`${provider}${source}\nresource "terraform_data" "it" { input = ${expression} }`),
    'terraform_data.it',
    'input',
  );
}

describe('attributes that the provider computes', () => {
  it.each([
    ['aws_iam_role.x.arn', 'resource "aws_iam_role" "x" { name = "dev" }', 'arn:aws:iam::333333333333:role/dev'],
    ['aws_iam_role.x.id', 'resource "aws_iam_role" "x" { name = "dev" }', 'dev'],
    [
      'aws_iam_user.x.arn',
      'resource "aws_iam_user" "x" {\n  name = "a"\n  path = "/team/"\n}',
      'arn:aws:iam::333333333333:user/team/a',
    ],
    ['aws_iam_policy.x.id', 'resource "aws_iam_policy" "x" { name = "p" }', 'arn:aws:iam::333333333333:policy/p'],
    ['aws_s3_bucket.x.arn', 'resource "aws_s3_bucket" "x" { bucket = "b" }', 'arn:aws:s3:::b'],
    [
      'aws_sqs_queue.x.url',
      'resource "aws_sqs_queue" "x" { name = "q" }',
      'https://sqs.eu-west-1.amazonaws.com/333333333333/q',
    ],
    [
      'aws_ecr_repository.x.repository_url',
      'resource "aws_ecr_repository" "x" { name = "shop/a" }',
      '333333333333.dkr.ecr.eu-west-1.amazonaws.com/shop/a',
    ],
    [
      'aws_iam_openid_connect_provider.x.arn',
      'resource "aws_iam_openid_connect_provider" "x" { url = "https://a.example/b" }',
      'arn:aws:iam::333333333333:oidc-provider/a.example/b',
    ],
    [
      'aws_ssm_parameter.x.arn',
      'resource "aws_ssm_parameter" "x" { name = "a" }',
      'arn:aws:ssm:eu-west-1:333333333333:parameter/a',
    ],
    ['data.aws_caller_identity.x.account_id', 'data "aws_caller_identity" "x" {}', '333333333333'],
    ['data.aws_region.x.name', 'data "aws_region" "x" {}', 'eu-west-1'],
    ['data.aws_partition.x.partition', 'data "aws_partition" "x" {}', 'aws'],
  ])('%s', (expression, source, expected) => {
    expect(reference(expression, source)).toMatchObject({ kind: 'string', value: expected });
  });

  it('are unknown, with their form, where the account is not in sight', () => {
    const value = reference(
      'aws_iam_role.x.arn',
      'resource "aws_iam_role" "x" { name = "a.b" }',
      'provider "aws" {}\n',
    );
    expect(value).toMatchObject({
      kind: 'unknown',
      why: 'the account of provider aws is not in sight',
      constraint: { prefix: 'arn:aws:iam::', pattern: 'arn:aws:iam::(?:[0-9]{12}):role/a\\.b', notNull: true },
    });
  });

  it('keep their form through templates and replace()', () => {
    const source =
      'resource "aws_eks_cluster" "x" { name = "shop" }\nlocals { issuer = replace(aws_eks_cluster.x.identity[0].oidc[0].issuer, "https://", "") }';
    expect(reference('"${local.issuer}:sub"', source)).toMatchObject({
      constraint: { pattern: '(?:oidc\\.eks\\.eu-west-1\\.amazonaws\\.com/id/(?:[0-9A-F]{32})):sub' },
    });
  });

  it('take the account from allowed_account_ids, and the partition from the region', () => {
    const provider = 'provider "aws" {\n  region = "cn-north-1"\n  allowed_account_ids = ["111111111111"]\n}\n';
    expect(reference('aws_iam_role.x.arn', 'resource "aws_iam_role" "x" { name = "r" }', provider)).toMatchObject({
      value: 'arn:aws-cn:iam::111111111111:role/r',
    });
  });

  it('name the account that is only created by apply', () => {
    const provider =
      'resource "aws_organizations_account" "prod" { provider = aws.org }\nprovider "aws" { alias = "org" }\nprovider "aws" {\n  assume_role { role_arn = "arn:aws:iam::${aws_organizations_account.prod.id}:role/x" }\n}\n';
    expect(reference('aws_iam_role.x.arn', 'resource "aws_iam_role" "x" { name = "r" }', provider)).toMatchObject({
      kind: 'unknown',
      why: 'aws_organizations_account.prod.id is known after apply',
      constraint: { pattern: 'arn:aws:iam::(?:[0-9]{12}):role/r' },
    });
  });

  it('make a name from name_prefix', () => {
    expect(reference('aws_iam_role.x.name', 'resource "aws_iam_role" "x" { name_prefix = "dev-" }')).toMatchObject({
      kind: 'unknown',
      constraint: { prefix: 'dev-' },
    });
  });

  it('are unknown where no form is known', () => {
    expect(reference('aws_thing.x.secret', 'resource "aws_thing" "x" {}')).toMatchObject({
      kind: 'unknown',
      why: 'aws_thing.x.secret is known after apply',
    });
    expect(reference('data.aws_ami.x.owner', 'data "aws_ami" "x" {}')).toMatchObject({
      why: 'data.aws_ami.x.owner is read when terraform plans',
    });
  });
});

describe('the provider of a resource', () => {
  it('is passed down the tree by alias', () => {
    const { resources } = evaluated({
      'main.tf': `provider "aws" { region = "a" }
provider "aws" {
  alias  = "prod"
  region = "b"
}
module "m" {
  source    = "./m"
  providers = { aws = aws.prod, aws.other = aws }
}
resource "aws_x" "root" {}
resource "aws_x" "prod" { provider = aws.prod }`,
      'm/main.tf':
        'module "n" { source = "./n" }\nresource "aws_x" "a" {}\nresource "aws_x" "b" { provider = aws.other }\nprovider "aws" { alias = "other" }',
      'm/n/main.tf': 'resource "aws_x" "c" {}',
    });
    expect(resources.map(({ address, provider }) => [address, provider.address, provider.source])).toEqual([
      ['aws_x.root', 'aws', 'hashicorp/aws'],
      ['aws_x.prod', 'aws.prod', 'hashicorp/aws'],
      ['module.m.aws_x.a', 'aws.prod', 'hashicorp/aws'],
      ['module.m.aws_x.b', 'aws', 'hashicorp/aws'],
      ['module.m.module.n.aws_x.c', 'aws.prod', 'hashicorp/aws'],
    ]);
  });
});
