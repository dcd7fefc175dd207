/**
 * What Terraform takes each part of its JSON form for, which the text alone does not say:
 * https://developer.hashicorp.com/terraform/language/syntax/json, "Block-type-specific Exceptions".
 */

/** How strings are read: as templates, as they are, or as an expression or reference of the native syntax. */
export type StringMode = 'template' | 'literal' | 'expression';

/** One type of block in the JSON form. */
export interface JsonShape {
  readonly labels: number;
  readonly blocks?: ReadonlyMap<string, JsonShape>;
  /** How the strings of an attribute are read, where that differs from `otherwise`. */
  readonly modes?: ReadonlyMap<string, StringMode>;
  readonly otherwise?: StringMode;
  /** The schema of a provider decides what is a block here: names in {@link PROVIDER_BLOCKS} are. */
  readonly open?: boolean;
}

/** Names of the AWS, Kubernetes, Helm and GitHub providers that are nested blocks wherever they hold objects. */
export const PROVIDER_BLOCKS: ReadonlySet<string> = new Set(
  `access_config access_logs access_scope ami_block apply_server_side_encryption_by_default assume_role
  assume_role_with_web_identity attribute aws_k8s bypass_actors capability cluster_config condition conditions
  container content_config cors_rule cross_zone_load_balancing default_action default_tags dns_config ebs_block_device
  egress encryption_config environment tracing_config dead_letter_config encryption_configuration env env_from exec experiments expiration features filter from
  health_check host_path image_scanning_configuration ingress init_container kubernetes kubernetes_network_config
  launch_template lifecycle_rule liveness_probe load_balancer logging match_expressions metadata metadata_options
  network_configuration network_interface node_config noncurrent_version_expiration not_principals
  object_lock_configuration pod_selector port ports postgresql principals private_cluster_config provider_config
  pull_request readiness_probe ref_name remote_access required_check required_pull_request_reviews
  required_status_checks resources restrictions role role_ref root_block_device rule rules scaling_config secret
  security_context selector server_side_encryption_configuration service set set_list set_sensitive spec statement
  subject subjects taint template timeouts to update_config versioning volume volume_mount vpc_config`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

const EXPRESSION = 'expression' as const;
const LITERAL = 'literal' as const;

const condition: JsonShape = { labels: 0 };
const content: JsonShape = { labels: 0, open: true };
const dynamic: JsonShape = {
  labels: 1,
  blocks: new Map([['content', content]]),
  modes: new Map([['iterator', EXPRESSION]]),
};
const lifecycle: JsonShape = {
  labels: 0,
  blocks: new Map([
    ['precondition', condition],
    ['postcondition', condition],
  ]),
  modes: new Map([
    ['ignore_changes', EXPRESSION],
    ['replace_triggered_by', EXPRESSION],
  ]),
};
const connection: JsonShape = { labels: 0 };
const resource: JsonShape = {
  labels: 2,
  open: true,
  blocks: new Map([
    ['lifecycle', lifecycle],
    ['dynamic', dynamic],
    ['connection', connection],
    ['provisioner', { labels: 1, blocks: new Map([['connection', connection]]) }],
  ]),
  modes: new Map([
    ['depends_on', EXPRESSION],
    ['provider', EXPRESSION],
  ]),
};

/** The shape of nested blocks that a provider's schema defines. */
export const PROVIDER_BLOCK: JsonShape = { labels: 0, open: true, blocks: new Map([['dynamic', dynamic]]) };

/** The whole of a configuration file. */
export const CONFIGURATION: JsonShape = {
  labels: 0,
  blocks: new Map<string, JsonShape>([
    ['resource', resource],
    ['data', resource],
    ['ephemeral', resource],
    [
      'module',
      {
        labels: 1,
        modes: new Map([
          ['source', LITERAL],
          ['version', LITERAL],
          ['providers', EXPRESSION],
          ['depends_on', EXPRESSION],
        ]),
      },
    ],
    [
      'variable',
      {
        labels: 1,
        blocks: new Map([['validation', condition]]),
        modes: new Map<string, StringMode>([
          ['type', EXPRESSION],
          ['default', LITERAL],
          ['description', LITERAL],
        ]),
      },
    ],
    [
      'output',
      {
        labels: 1,
        blocks: new Map([['precondition', condition]]),
        modes: new Map<string, StringMode>([
          ['description', LITERAL],
          ['depends_on', EXPRESSION],
        ]),
      },
    ],
    [
      'provider',
      {
        labels: 1,
        open: true,
        modes: new Map([
          ['alias', LITERAL],
          ['version', LITERAL],
        ]),
      },
    ],
    [
      'terraform',
      {
        labels: 0,
        otherwise: LITERAL,
        blocks: new Map<string, JsonShape>([
          ['backend', { labels: 1, otherwise: LITERAL }],
          [
            'cloud',
            { labels: 0, otherwise: LITERAL, blocks: new Map([['workspaces', { labels: 0, otherwise: LITERAL }]]) },
          ],
          ['required_providers', { labels: 0, otherwise: LITERAL }],
          ['provider_meta', { labels: 1 }],
        ]),
      },
    ],
    ['locals', { labels: 0 }],
    [
      'moved',
      {
        labels: 0,
        otherwise: EXPRESSION,
      },
    ],
    [
      'import',
      {
        labels: 0,
        modes: new Map([
          ['to', EXPRESSION],
          ['provider', EXPRESSION],
        ]),
      },
    ],
    ['removed', { labels: 0, blocks: new Map([['lifecycle', lifecycle]]), modes: new Map([['from', EXPRESSION]]) }],
    [
      'check',
      {
        labels: 1,
        blocks: new Map<string, JsonShape>([
          ['data', resource],
          ['assert', condition],
        ]),
      },
    ],
  ]),
};

/** A file of variable values: attributes alone, and strings are as they are. */
export const VARIABLE_VALUES: JsonShape = { labels: 0, otherwise: LITERAL };
