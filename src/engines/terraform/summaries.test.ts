import { describe, expect, it } from 'vitest';
import { evaluated } from '../../../test/terraform/evaluated.ts';
import { called, IAM, summaries, texts } from '../../../test/terraform/summarised.ts';

describe('which summary stands for a module', () => {
  const found = (source: string, version?: string) =>
    summaries(source, version)?.map(({ path }) => path.replace('rules/terraform-modules/', ''));

  it('goes by its registry address, with and without the host', () => {
    expect(found('terraform-aws-modules/kms/aws', '2.1.0')).toEqual(['kms/v2-v4.tf']);
    expect(found('registry.terraform.io/terraform-aws-modules/kms/aws', '~> 3.0')).toEqual(['kms/v2-v4.tf']);
    expect(found('registry.opentofu.org/terraform-aws-modules/kms/aws', '4.0.0')).toEqual(['kms/v2-v4.tf']);
    expect(found('app.terraform.io/terraform-aws-modules/kms/aws', '4.0.0')).toBeUndefined();
    expect(found('other/kms/aws', '4.0.0')).toBeUndefined();
    expect(found(`${IAM}iam-user`, '5.1.0')).toEqual(['iam-user/v5.tf']);
    expect(found('terraform-aws-modules/iam/aws', '5.1.0')).toBeUndefined();
  });

  it('goes by its git address', () => {
    const repository = 'github.com/terraform-aws-modules/terraform-aws-iam';
    const below = '.git//modules/iam-user?ref=v5.30.0';
    for (const source of [
      `git::https://${repository}${below}`,
      `git::ssh://git@${repository}${below}`,
      `git@github.com:terraform-aws-modules/terraform-aws-iam${below}`,
      `${repository}//modules/iam-user?ref=v5.30.0`,
    ]) {
      expect(found(source), source).toEqual(['iam-user/v5.tf']);
    }
    expect(found(`git::https://${repository}.git//modules/iam-user?ref=master`)).toBeUndefined();
    expect(found(`git::https://${repository}.git//modules/iam-user?ref=0123456789abcdef`)).toBeUndefined();
    expect(found('github.com/terraform-module/terraform-aws-github-oidc-provider.git?ref=v2.2.0')).toEqual([
      'github-oidc-provider/v2.tf',
    ]);
  });

  it('goes by the newest major version that is allowed', () => {
    const majorOf = (version?: string) =>
      found('terraform-aws-modules/eks/aws', version)?.find((path) => /\/v\d+\.tf$/.test(path));
    expect(majorOf('19.12.0')).toBe('eks/v19.tf');
    expect(majorOf('~> 20.8')).toBe('eks/v20.tf');
    expect(majorOf('>= 19.0, < 21.0.0')).toBe('eks/v20.tf');
    expect(majorOf('>= 19.0')).toBe('eks/v21.tf');
    expect(majorOf('~> 19')).toBe('eks/v21.tf');
    expect(majorOf()).toBe('eks/v21.tf');
    expect(majorOf('18.31.2')).toBeUndefined();
    expect(majorOf('22.0.0')).toBeUndefined();
    expect(majorOf('not a version')).toBeUndefined();
    expect(majorOf(`${'1.'.repeat(5000)}0`)).toBeUndefined();
    // The newest version of this one is 6, which has no summary.
    expect(found(`${IAM}iam-user`)).toBeUndefined();
  });

  it('is none where the version is not written out', () => {
    const { problems, resources } = evaluated(
      'variable "v" { default = "4.0.0" }\nmodule "m" {\n  source = "terraform-aws-modules/kms/aws"\n  version = var.v\n}',
      { summaries },
    );
    expect(resources).toEqual([]);
    expect(problems).toMatchObject([{ severity: 'gap', reason: 'not-in-sight', closes: 'terraform init' }]);
  });
});

describe('every summary', () => {
  const sources: Readonly<Record<string, string>> = {
    ecr: 'terraform-aws-modules/ecr/aws',
    eks: 'terraform-aws-modules/eks/aws',
    'eks-managed-node-group': 'terraform-aws-modules/eks/aws//modules/eks-managed-node-group',
    'github-oidc-provider': 'terraform-module/github-oidc-provider/aws',
    kms: 'terraform-aws-modules/kms/aws',
    'oidc-github': 'unfunco/oidc-github/aws',
    rds: 'terraform-aws-modules/rds/aws',
    'rds-db-instance': 'terraform-aws-modules/rds/aws//modules/db_instance',
    'rds-db-parameter-group': 'terraform-aws-modules/rds/aws//modules/db_parameter_group',
    'rds-db-subnet-group': 'terraform-aws-modules/rds/aws//modules/db_subnet_group',
    's3-bucket': 'terraform-aws-modules/s3-bucket/aws',
    vpc: 'terraform-aws-modules/vpc/aws',
  };
  const versions = [
    ...new Set(texts.flatMap(({ path }) => [...versionsOf(path)].map((major) => `${folderOf(path)} ${major}`))),
  ];

  it('says at its head what it summarises and what it leaves out', () => {
    const heads = new Map<string, string>();
    for (const { path, text } of texts) heads.set(folderOf(path), (heads.get(folderOf(path)) ?? '') + text);
    for (const [folder, text] of heads) {
      expect(text, folder).toMatch(/^# Our own summary of .*documentation of versions? \d/m);
      expect(text, folder).toMatch(/^# Left out: /m);
    }
    for (const { path, text } of texts) expect(text.startsWith('# '), path).toBe(true);
  });

  it.each(versions)('of %s evaluates without an error and without an undeclared name', (version) => {
    const [folder = '', major = ''] = version.split(' ');
    const source = sources[folder] ?? `${IAM}${folder}`;
    expect(summaries(source, `${major}.0.0`), source).toBeDefined();
    const required = /(?<=^variable ")\w+(?=" \{\})/gm;
    const files = texts.filter(({ path }) => folderOf(path) === folder && versionsOf(path).has(Number(major)));
    const names = files.flatMap(({ text }) => text.match(required) ?? []);
    const body = names.map((name) => `  ${name} = ${name.endsWith('s') ? '["a/b"]' : '"x"'}`).join('\n');
    const { problems, modules } = called(source, `${major}.0.0`, body);
    expect(problems).toEqual([]);
    expect(modules.find(({ address }) => address === 'module.m')?.summaryOf).toBe(source);
  });

  it('names an argument that it does not know', () => {
    const { problems, resources } = called(
      'terraform-aws-modules/eks/aws',
      '~> 20.0',
      '  cluster_name = "c"\n  self_managed_node_groups = { a = {} }',
    );
    expect(problems).toMatchObject([{ severity: 'gap', at: { startLine: 9 }, closes: 'terraform init' }]);
    expect(problems[0]?.message).toContain('self_managed_node_groups');
    expect(new Set(resources.map(({ summaryOf }) => summaryOf))).toEqual(
      new Set(['terraform-aws-modules/eks/aws', 'terraform-aws-modules/kms/aws']),
    );
  });
});

function folderOf(path: string): string {
  return path.split('/').at(-2) ?? '';
}

function versionsOf(path: string): ReadonlySet<number> {
  const [, first, last] = /\/v(\d+)(?:-v(\d+))?(?:\.\w+)?\.tf$/.exec(path) ?? [];
  const from = Number(first);
  return new Set(Array.from({ length: Number(last ?? first) - from + 1 }, (_, index) => from + index));
}
