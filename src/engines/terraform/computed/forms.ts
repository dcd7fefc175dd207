/**
 * Forms of attributes that the AWS provider computes, by resource type (they hold for data sources of the same name, too):
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
 * `{attribute}` is an argument of the resource, `{account}`, `{region}`, `{partition}`, `{path}` come from its provider and place,
 * `<pattern>` (RE2, anchored) is only known after apply.
 */
type Forms = Readonly<Record<string, string>>;

const UUID = '<[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}>';

function arn(service: string, rest: string): string {
  return `arn:{partition}:${service}:${rest}`;
}

/** Things of IAM: an ARN with the path, and the name as id. */
function iam(kind: string, id: string, unique?: string): Forms {
  return {
    arn: arn('iam', `:{account}:${kind}{path}{name}`),
    id,
    name: '{name}',
    ...(unique === undefined ? {} : { unique_id: `<${unique}[A-Z0-9]{16,17}>` }),
  };
}

/** Things of EC2, named by a generated id. */
function ec2(kind: string, prefix: string): Forms {
  return { id: `<${prefix}-[0-9a-f]{8,17}>`, arn: arn('ec2', `{region}:{account}:${kind}/<${prefix}-[0-9a-f]{8,17}>`) };
}

const POLICY_ARN = arn('iam', ':{account}:policy{path}{name}');
const PROVIDER_ARN = arn('iam', ':{account}:oidc-provider/{url|host}');
const SECRET_ARN = arn('secretsmanager', '{region}:{account}:secret:{name}-<[A-Za-z0-9]{6}>');
const TOPIC_ARN = arn('sns', '{region}:{account}:{name}');
const QUEUE_URL = 'https://sqs.{region}.amazonaws.com/{account}/{name}';
const FUNCTION_ARN = arn('lambda', '{region}:{account}:function:{function_name}');
const CERTIFICATE_ARN = arn('acm', `{region}:{account}:certificate/${UUID}`);
const ORGANIZATION_PART = 'organizations';

export const FORMS: ReadonlyMap<string, Forms> = new Map<string, Forms>([
  ['aws_iam_role', iam('role', '{name}', 'AROA')],
  ['aws_iam_user', iam('user', '{name}', 'AIDA')],
  ['aws_iam_group', iam('group', '{name}', 'AGPA')],
  ['aws_iam_instance_profile', iam('instance-profile', '{name}', 'AIPA')],
  ['aws_iam_policy', { arn: POLICY_ARN, id: POLICY_ARN, name: '{name}', policy_id: '<ANPA[A-Z0-9]{16,17}>' }],
  ['aws_iam_role_policy', { id: '{role}:{name}', name: '{name}' }],
  ['aws_iam_user_policy', { id: '{user}:{name}', name: '{name}' }],
  ['aws_iam_group_policy', { id: '{group}:{name}', name: '{name}' }],
  ['aws_iam_access_key', { id: '<AKIA[A-Z2-7]{16}>' }],
  ['aws_iam_openid_connect_provider', { arn: PROVIDER_ARN, id: PROVIDER_ARN }],
  [
    'aws_iam_saml_provider',
    { arn: arn('iam', ':{account}:saml-provider/{name}'), id: arn('iam', ':{account}:saml-provider/{name}') },
  ],
  ['aws_iam_virtual_mfa_device', { arn: arn('iam', ':{account}:mfa{path}{virtual_mfa_device_name}') }],
  [
    'aws_organizations_account',
    { id: '<[0-9]{12}>', arn: arn(ORGANIZATION_PART, ':<[0-9]{12}>:account/<o-[a-z0-9]{10,32}>/<[0-9]{12}>') },
  ],
  [
    'aws_organizations_organization',
    {
      id: '<o-[a-z0-9]{10,32}>',
      master_account_id: '{account}',
      arn: arn(ORGANIZATION_PART, ':{account}:organization/<o-[a-z0-9]{10,32}>'),
    },
  ],
  ['aws_organizations_organizational_unit', { id: '<ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}>' }],
  ['aws_organizations_policy', { id: '<p-[0-9a-zA-Z_]{8,128}>' }],
  [
    'aws_s3_bucket',
    {
      arn: arn('s3', '::{bucket}'),
      id: '{bucket}',
      bucket: '{bucket}',
      bucket_domain_name: '{bucket}.s3.amazonaws.com',
      bucket_regional_domain_name: '{bucket}.s3.{region}.amazonaws.com',
    },
  ],
  ['aws_kms_key', { arn: arn('kms', `{region}:{account}:key/${UUID}`), key_id: UUID, id: UUID }],
  [
    'aws_kms_alias',
    {
      arn: arn('kms', '{region}:{account}:{name}'),
      id: '{name}',
      target_key_arn: arn('kms', `{region}:{account}:key/${UUID}`),
    },
  ],
  ['aws_sns_topic', { arn: TOPIC_ARN, id: TOPIC_ARN, name: '{name}' }],
  ['aws_sqs_queue', { arn: arn('sqs', '{region}:{account}:{name}'), id: QUEUE_URL, url: QUEUE_URL, name: '{name}' }],
  ['aws_lambda_function', { arn: FUNCTION_ARN, id: '{function_name}', qualified_arn: `${FUNCTION_ARN}:<[0-9]+>` }],
  [
    'aws_ecr_repository',
    {
      arn: arn('ecr', '{region}:{account}:repository/{name}'),
      repository_url: '{account}.dkr.ecr.{region}.amazonaws.com/{name}',
      registry_id: '{account}',
      id: '{name}',
    },
  ],
  [
    'aws_eks_cluster',
    {
      arn: arn('eks', '{region}:{account}:cluster/{name}'),
      id: '{name}',
      endpoint: 'https://<[0-9A-F]{32}\\.[a-z0-9]+>.{region}.eks.amazonaws.com',
    },
  ],
  [
    'aws_eks_node_group',
    {
      arn: arn('eks', `{region}:{account}:nodegroup/{cluster_name}/{node_group_name}/${UUID}`),
      id: '{cluster_name}:{node_group_name}',
    },
  ],
  ['aws_eks_addon', { id: '{cluster_name}:{addon_name}' }],
  [
    'aws_db_instance',
    {
      arn: arn('rds', '{region}:{account}:db:{identifier}'),
      id: '<db-[A-Z0-9]{26}>',
      identifier: '{identifier}',
      address: '{identifier}.<[a-z0-9]{12}>.{region}.rds.amazonaws.com',
      endpoint: '{identifier}.<[a-z0-9]{12}>.{region}.rds.amazonaws.com:<[0-9]+>',
    },
  ],
  [
    'aws_rds_cluster',
    {
      arn: arn('rds', '{region}:{account}:cluster:{cluster_identifier}'),
      id: '{cluster_identifier}',
      endpoint: '{cluster_identifier}.cluster-<[a-z0-9]{12}>.{region}.rds.amazonaws.com',
    },
  ],
  ['aws_db_subnet_group', { arn: arn('rds', '{region}:{account}:subgrp:{name}'), id: '{name}', name: '{name}' }],
  ['aws_secretsmanager_secret', { arn: SECRET_ARN, id: SECRET_ARN, name: '{name}' }],
  ['aws_dynamodb_table', { arn: arn('dynamodb', '{region}:{account}:table/{name}'), id: '{name}' }],
  [
    'aws_cloudwatch_log_group',
    { arn: arn('logs', '{region}:{account}:log-group:{name}'), id: '{name}', name: '{name}' },
  ],
  ['aws_ssm_parameter', { arn: arn('ssm', '{region}:{account}:parameter{name|slash}'), id: '{name}' }],
  ['aws_acm_certificate', { arn: CERTIFICATE_ARN, id: CERTIFICATE_ARN }],
  ['aws_cloudtrail', { arn: arn('cloudtrail', '{region}:{account}:trail/{name}') }],
  ['aws_codebuild_project', { arn: arn('codebuild', '{region}:{account}:project/{name}') }],
  ['aws_ecs_cluster', { arn: arn('ecs', '{region}:{account}:cluster/{name}') }],
  [
    'aws_route53_zone',
    { id: '<Z[A-Z0-9]{1,31}>', zone_id: '<Z[A-Z0-9]{1,31}>', arn: arn('route53', '::hostedzone/<Z[A-Z0-9]{1,31}>') },
  ],
  ['aws_vpc', ec2('vpc', 'vpc')],
  ['aws_subnet', ec2('subnet', 'subnet')],
  ['aws_security_group', ec2('security-group', 'sg')],
  ['aws_internet_gateway', ec2('internet-gateway', 'igw')],
  ['aws_nat_gateway', { id: '<nat-[0-9a-f]{8,17}>' }],
  ['aws_route_table', ec2('route-table', 'rtb')],
  ['aws_launch_template', ec2('launch-template', 'lt')],
  ['aws_instance', ec2('instance', 'i')],
  ['aws_ebs_volume', ec2('volume', 'vol')],
  ['aws_ami', { id: '<ami-[0-9a-f]{8,17}>' }],
  ['github_repository', { id: '{name}' }],
  ['helm_release', { id: '{name}' }],
]);

/** Attributes that are one object in a list, with texts or further such objects in it. */
export const STRUCTURES: ReadonlyMap<
  string,
  Readonly<Record<string, Readonly<Record<string, string | Forms>>>>
> = new Map([
  [
    'aws_eks_cluster',
    {
      identity: { oidc: { issuer: 'https://oidc.eks.{region}.amazonaws.com/id/<[0-9A-F]{32}>' } },
      certificate_authority: { data: '<[A-Za-z0-9+/=]+>' },
    },
  ],
  ['aws_organizations_organization', { roots: { id: '<r-[0-9a-z]{4,32}>', name: 'Root' } }],
]);
