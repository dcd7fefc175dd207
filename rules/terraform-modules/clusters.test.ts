import { describe, expect, it } from 'vitest';
import { answerOf } from '../../test/terraform/answers.ts';
import { addresses, at, called } from '../../test/terraform/summarised.ts';

describe('terraform-aws-modules/eks', () => {
  const group = 'eks_managed_node_groups = {\n    blue = { instance_types = ["m6i.large"], min_size = 1 }\n  }';
  const old = `  cluster_name = "shop"\n  cluster_version = "1.27"\n  cluster_endpoint_public_access = true\n  vpc_id = "vpc-1"\n  subnet_ids = ["subnet-1", "subnet-2"]\n  cluster_addons = { coredns = { most_recent = true }, vpc-cni = { before_compute = true } }\n  ${group}`;

  it('19 has a public endpoint, encrypted secrets and an aws-auth config map', () => {
    const shop = called(
      'terraform-aws-modules/eks/aws',
      '19.12.0',
      `${old}\n  manage_aws_auth_configmap = true\n  aws_auth_roles = [{ rolearn = "arn:aws:iam::111122223333:role/admin", username = "admin", groups = ["system:masters"] }]`,
      'output "issuer" { value = module.m.oidc_provider }',
    );
    expect(shop.problems).toEqual([]);
    expect(at(shop, 'aws_eks_cluster.this[0]', 'vpc_config')).toMatchObject([
      { endpoint_public_access: true, endpoint_private_access: true, public_access_cidrs: ['0.0.0.0/0'] },
    ]);
    expect(at(shop, 'aws_eks_cluster.this[0]', 'encryption_config')).toMatchObject([{ resources: ['secrets'] }]);
    expect(at(shop, 'module.kms.aws_kms_key.this[0]', 'enable_key_rotation')).toBe(true);
    expect(addresses(shop)).toEqual(
      expect.arrayContaining([
        'aws_eks_addon.before_compute["vpc-cni"]',
        'aws_eks_addon.this["coredns"]',
        'aws_iam_openid_connect_provider.oidc_provider[0]',
        'kubernetes_config_map_v1_data.aws_auth[0]',
        'module.eks_managed_node_group["blue"].aws_eks_node_group.this[0]',
        'module.eks_managed_node_group["blue"].aws_iam_role.this[0]',
      ]),
    );
    const map = shop.resources.find(({ type }) => type === 'kubernetes_config_map_v1_data')?.values.entries.get('data');
    const roles = map?.kind === 'object' ? map.entries.get('mapRoles') : undefined;
    const decoded = roles?.kind === 'unknown' || roles?.kind === 'string' ? roles.decoded : undefined;
    expect(decoded === undefined ? [] : answerOf(decoded)).toMatchObject([
      { groups: ['system:bootstrappers', 'system:nodes'] },
      { username: 'admin', groups: ['system:masters'], rolearn: 'arn:aws:iam::111122223333:role/admin' },
    ]);
    expect(at(shop, 'module.eks_managed_node_group["blue"].aws_launch_template.this[0]', 'metadata_options')).toEqual([
      { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 2 },
    ]);
  });

  it('20 has access entries, and the creator only where it is said', () => {
    const entries = `access_entries = {\n    dev = {\n      principal_arn = "arn:aws:iam::111122223333:role/dev"\n      policy_associations = { view = { policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", access_scope = { type = "namespace", namespaces = ["shop"] } } }\n    }\n  }`;
    const shop = called('terraform-aws-modules/eks/aws', '~> 20.0', `${old}\n  ${entries}`);
    expect(shop.problems).toEqual([]);
    expect(at(shop, 'aws_eks_cluster.this[0]', 'access_config')).toEqual([
      { authentication_mode: 'API_AND_CONFIG_MAP', bootstrap_cluster_creator_admin_permissions: false },
    ]);
    expect(addresses(shop).filter((address) => address.startsWith('aws_eks_access'))).toEqual([
      'aws_eks_access_entry.this["dev"]',
      'aws_eks_access_policy_association.this["dev_view"]',
    ]);
    expect(at(shop, 'aws_eks_access_policy_association.this["dev_view"]', 'access_scope')).toEqual([
      { type: 'namespace', namespaces: ['shop'] },
    ]);
    const creator = called(
      'terraform-aws-modules/eks/aws',
      '~> 20.0',
      `${old}\n  enable_cluster_creator_admin_permissions = true`,
    );
    expect(addresses(creator)).toContain('aws_eks_access_policy_association.this["cluster_creator_admin"]');
  });

  it('without encryption has none', () => {
    for (const [version, body] of [
      ['~> 20.0', '  cluster_name = "c"\n  cluster_encryption_config = {}'],
      ['~> 21.0', '  name = "c"\n  encryption_config = null'],
    ] as const) {
      const shop = called('terraform-aws-modules/eks/aws', version, body);
      expect(shop.problems).toEqual([]);
      expect(at(shop, 'aws_eks_cluster.this[0]', 'encryption_config')).toEqual([]);
      expect(addresses(shop).filter((address) => address.includes('kms'))).toEqual([]);
    }
  });

  it('21 drops the prefix, and nodes may not hand their credentials to pods', () => {
    const shop = called(
      'terraform-aws-modules/eks/aws',
      '~> 21.0',
      `  name = "shop"\n  kubernetes_version = "1.33"\n  endpoint_public_access_cidrs = ["192.0.2.0/24"]\n  subnet_ids = ["subnet-1"]\n  ${group}`,
    );
    expect(shop.problems).toEqual([]);
    expect(at(shop, 'aws_eks_cluster.this[0]', 'name')).toBe('shop');
    expect(at(shop, 'aws_eks_cluster.this[0]', 'vpc_config')).toMatchObject([
      { endpoint_public_access: false, public_access_cidrs: ['192.0.2.0/24'] },
    ]);
    expect(
      at(shop, 'module.eks_managed_node_group["blue"].aws_launch_template.this[0]', 'metadata_options'),
    ).toMatchObject([{ http_tokens: 'required', http_put_response_hop_limit: 1 }]);
    expect(at(shop, 'aws_iam_openid_connect_provider.oidc_provider[0]', 'client_id_list')).toEqual([
      'sts.amazonaws.com',
    ]);
  });
});

describe('terraform-aws-modules/vpc', () => {
  const body =
    '  name = "shop"\n  cidr = "10.0.0.0/16"\n  azs = ["eu-west-1a", "eu-west-1b"]\n  private_subnets = ["10.0.1.0/24", "10.0.2.0/24"]\n  public_subnets = ["10.0.101.0/24", "10.0.102.0/24"]\n  database_subnets = ["10.0.201.0/24"]\n  enable_nat_gateway = true\n  single_nat_gateway = true';

  it('5 keeps public addresses to itself and empties the default security group', () => {
    const shop = called('terraform-aws-modules/vpc/aws', '~> 5.0', body);
    expect(shop.problems).toEqual([]);
    expect(at(shop, 'aws_subnet.public[1]', 'map_public_ip_on_launch')).toBe(false);
    expect(at(shop, 'aws_subnet.private[1]', 'cidr_block')).toBe('10.0.2.0/24');
    expect(at(shop, 'aws_default_security_group.this[0]', 'ingress')).toEqual([]);
    expect(addresses(shop).filter((address) => address.startsWith('aws_route.'))).toEqual([
      'aws_route.private_nat_gateway[0]',
      'aws_route.public_internet_gateway[0]',
    ]);
  });

  it('3 does neither', () => {
    const shop = called('terraform-aws-modules/vpc/aws', '3.19.0', body);
    expect(shop.problems).toEqual([]);
    expect(at(shop, 'aws_subnet.public[0]', 'map_public_ip_on_launch')).toBe(true);
    expect(addresses(shop)).not.toContain('aws_default_security_group.this[0]');
  });

  it('leads databases to the internet where it is told to', () => {
    const open = `${body}\n  create_database_subnet_route_table = true\n  create_database_internet_gateway_route = true`;
    const shop = called('terraform-aws-modules/vpc/aws', '6.0.0', open);
    expect(at(shop, 'aws_route.database_internet_gateway[0]', 'destination_cidr_block')).toBe('0.0.0.0/0');
  });
});

describe('terraform-aws-modules/rds', () => {
  const body =
    '  identifier = "shop"\n  engine = "postgres"\n  engine_version = "15"\n  family = "postgres15"\n  instance_class = "db.t4g.large"\n  db_name = "shop"\n  username = "shop"\n  port = 5432\n  vpc_security_group_ids = ["sg-12345678"]\n  parameters = [{ name = "rds.force_ssl", value = "1" }]';
  const database = 'module.db_instance.aws_db_instance.this[0]';

  it('6 is encrypted, private, and its password is kept by RDS', () => {
    const shop = called('terraform-aws-modules/rds/aws', '~> 6.0', body);
    expect(shop.problems).toEqual([]);
    expect(at(shop, database, 'storage_encrypted')).toBe(true);
    expect(at(shop, database, 'publicly_accessible')).toBe(false);
    expect(at(shop, database, 'manage_master_user_password')).toBe(true);
    expect(at(shop, database, 'password')).toBeNull();
    expect(at(shop, 'module.db_parameter_group.aws_db_parameter_group.this[0]', 'parameter')).toMatchObject([
      { name: 'rds.force_ssl', value: '1' },
    ]);
  });

  it('5 makes up a password, or takes the one that is given', () => {
    const made = called('terraform-aws-modules/rds/aws', '5.4.1', body);
    expect(made.problems).toEqual([]);
    expect(addresses(made)).toContain('random_password.master_password[0]');
    const given = called(
      'terraform-aws-modules/rds/aws',
      '5.4.1',
      `${body}\n  create_random_password = false\n  password = "hunter2hunter2"`,
    );
    expect(at(given, database, 'password')).toBe('hunter2hunter2');
    expect(addresses(given)).not.toContain('random_password.master_password[0]');
  });

  it('7 takes a password that never stands in the state', () => {
    const shop = called(
      'terraform-aws-modules/rds/aws',
      '~> 7.0',
      `${body}\n  manage_master_user_password = false\n  password_wo = "hunter2hunter2"\n  storage_encrypted = false`,
    );
    expect(shop.problems).toEqual([]);
    expect(at(shop, database, 'password')).toBeNull();
    expect(at(shop, database, 'storage_encrypted')).toBe(false);
  });
});
