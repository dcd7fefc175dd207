import { describe, expect, it } from 'vitest';
import { at, called, statements } from '../../test/terraform/summarised.ts';

describe('keys, registries and buckets', () => {
  it('kms has a policy with its users, and an alias', () => {
    const body =
      '  description = "d"\n  key_administrators = ["arn:aws:iam::111122223333:role/admin"]\n  key_users = ["arn:aws:iam::111122223333:role/app"]\n  aliases = ["shop"]';
    const shop = called('terraform-aws-modules/kms/aws', '~> 3.0', body);
    expect(shop.problems).toEqual([]);
    expect(at(shop, 'aws_kms_key.this[0]', 'enable_key_rotation')).toBe(true);
    expect(statements(shop, 'aws_kms_key.this[0]', 'policy')).toMatchObject([
      { Sid: 'Default', Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
      { Sid: 'KeyAdministration' },
      { Sid: 'KeyUsage', Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } },
    ]);
    expect(at(shop, 'aws_kms_alias.this["shop"]', 'name')).toBe('alias/shop');
  });

  it('ecr locks its tags unless it is told otherwise', () => {
    const body =
      '  repository_name = "shop"\n  repository_read_write_access_arns = ["arn:aws:iam::111122223333:role/ci"]';
    for (const version of ['1.7.0', '~> 2.0', '3.0.0']) {
      const shop = called('terraform-aws-modules/ecr/aws', version, body);
      expect(shop.problems).toEqual([]);
      expect(at(shop, 'aws_ecr_repository.this[0]', 'image_tag_mutability')).toBe('IMMUTABLE');
      expect(at(shop, 'aws_ecr_repository.this[0]', 'image_scanning_configuration')).toEqual([{ scan_on_push: true }]);
      expect(statements(shop, 'aws_ecr_repository_policy.this[0]', 'policy')).toMatchObject([
        { Sid: 'PrivateReadOnly' },
        { Sid: 'ReadWrite', Principal: { AWS: 'arn:aws:iam::111122223333:role/ci' } },
      ]);
    }
    const open = called(
      'terraform-aws-modules/ecr/aws',
      '~> 2.0',
      `${body}\n  repository_image_tag_mutability = "MUTABLE"`,
    );
    expect(at(open, 'aws_ecr_repository.this[0]', 'image_tag_mutability')).toBe('MUTABLE');
  });

  it('s3-bucket blocks the public and encrypts as it is told', () => {
    const body =
      '  bucket = "shop"\n  attach_deny_insecure_transport_policy = true\n  versioning = { enabled = true }\n  server_side_encryption_configuration = { rule = { apply_server_side_encryption_by_default = { sse_algorithm = "aws:kms" } } }';
    const shop = called('terraform-aws-modules/s3-bucket/aws', '~> 4.0', body);
    expect(shop.problems).toEqual([]);
    expect(at(shop, 'aws_s3_bucket_public_access_block.this[0]', 'block_public_policy')).toBe(true);
    expect(at(shop, 'aws_s3_bucket_versioning.this[0]', 'versioning_configuration')).toMatchObject([
      { status: 'Enabled' },
    ]);
    expect(at(shop, 'aws_s3_bucket_server_side_encryption_configuration.this[0]', 'rule')).toMatchObject([
      { apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms' }] },
    ]);
    expect(statements(shop, 'aws_s3_bucket_policy.this[0]', 'policy')).toMatchObject([
      {
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        Resource: ['arn:aws:s3:::shop/*', 'arn:aws:s3:::shop'],
      },
    ]);
  });
});
