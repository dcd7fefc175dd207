# Our own summary of terraform-aws-modules/eks/aws, from the documentation of versions 19.21, 20.37 and 21.19: cluster, endpoint, encryption of secrets, identity providers, roles, add-ons, node groups, security groups. Names of the arguments stand in v19-v20.tf and v21.tf, what differs in v19.tf and v20.tf.
# Left out: self-managed node groups, Fargate profiles, clusters on Outposts, remote networks, user data of nodes, versions of add-ons, block storage and load balancing of auto mode.

variable "create" { default = true }
variable "vpc_id" { default = null }
variable "subnet_ids" { default = [] }
variable "control_plane_subnet_ids" { default = [] }
variable "prefix_separator" { default = "-" }

variable "create_kms_key" { default = true }
variable "enable_kms_key_rotation" { default = true }
variable "kms_key_description" { default = null }
variable "kms_key_deletion_window_in_days" { default = null }
variable "kms_key_owners" { default = [] }
variable "kms_key_administrators" { default = [] }
variable "kms_key_users" { default = [] }
variable "kms_key_service_users" { default = [] }
variable "kms_key_source_policy_documents" { default = [] }
variable "kms_key_override_policy_documents" { default = [] }
variable "kms_key_aliases" { default = [] }

variable "create_cloudwatch_log_group" { default = true }
variable "cloudwatch_log_group_retention_in_days" { default = 90 }
variable "cloudwatch_log_group_kms_key_id" { default = null }

variable "create_node_security_group" { default = true }
variable "node_security_group_id" { default = "" }
variable "node_security_group_name" { default = null }
variable "node_security_group_use_name_prefix" { default = true }
variable "node_security_group_additional_rules" { default = {} }
variable "node_security_group_enable_recommended_rules" { default = true }

variable "enable_irsa" { default = true }
variable "openid_connect_audiences" { default = [] }

variable "create_iam_role" { default = true }
variable "iam_role_arn" { default = null }
variable "iam_role_name" { default = null }
variable "iam_role_use_name_prefix" { default = true }
variable "iam_role_path" { default = null }
variable "iam_role_permissions_boundary" { default = null }
variable "iam_role_additional_policies" { default = {} }

variable "eks_managed_node_groups" { default = {} }

# Without effect on what we look at.
variable "tags" { default = {} }
variable "cluster_tags" { default = {} }
variable "cloudwatch_log_group_tags" { default = {} }
variable "node_security_group_tags" { default = {} }
variable "node_security_group_description" { default = "EKS node shared security group" }
variable "iam_role_tags" { default = {} }
variable "iam_role_description" { default = null }
variable "include_oidc_root_ca_thumbprint" { default = true }
variable "custom_oidc_thumbprints" { default = [] }
variable "dataplane_wait_duration" { default = "30s" }

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}
data "aws_iam_session_context" "current" {
  arn = data.aws_caller_identity.current.arn
}

locals {
  aws       = "arn:${data.aws_partition.current.partition}:iam::aws:policy"
  applier   = data.aws_iam_session_context.current.issuer_arn
  role_arn  = var.create && var.create_iam_role ? aws_iam_role.this[0].arn : var.iam_role_arn
  role_name = var.iam_role_name != null ? var.iam_role_name : "${local.name}-cluster"
  encrypts  = local.encryption != null
  key_arn   = var.create_kms_key ? module.kms.key_arn : try(local.encryption.provider_key_arn, null)
  issuer    = var.create ? aws_eks_cluster.this[0].identity[0].oidc[0].issuer : null
}

resource "aws_eks_cluster" "this" {
  count = var.create ? 1 : 0

  name                      = local.name
  version                   = local.kubernetes
  role_arn                  = local.role_arn
  enabled_cluster_log_types = local.log_types

  dynamic "access_config" {
    for_each = local.authentication_mode == null ? [] : [local.authentication_mode]
    content {
      authentication_mode                         = access_config.value
      bootstrap_cluster_creator_admin_permissions = false
    }
  }

  dynamic "compute_config" {
    for_each = local.auto_mode == null ? [] : [local.auto_mode]
    content {
      enabled       = try(compute_config.value.enabled, false)
      node_pools    = try(compute_config.value.node_pools, null)
      node_role_arn = try(length(compute_config.value.node_pools), 0) > 0 ? local.node_role_arn : null
    }
  }

  vpc_config {
    security_group_ids      = distinct(compact(concat(local.more_security_groups, [local.cluster_sg])))
    subnet_ids              = length(var.control_plane_subnet_ids) > 0 ? var.control_plane_subnet_ids : var.subnet_ids
    endpoint_private_access = local.endpoint.private
    endpoint_public_access  = local.endpoint.public
    public_access_cidrs     = local.endpoint.cidrs
  }

  kubernetes_network_config {
    ip_family = local.ip_family
  }

  dynamic "encryption_config" {
    for_each = local.encrypts ? [local.encryption] : []
    content {
      resources = try(encryption_config.value.resources, ["secrets"])
      provider {
        key_arn = local.key_arn
      }
    }
  }
}

module "kms" {
  source  = "terraform-aws-modules/kms/aws"
  version = "4.0"

  create                    = var.create && var.create_kms_key && local.encrypts
  description               = var.kms_key_description != null ? var.kms_key_description : "${local.name} cluster encryption key"
  key_usage                 = "ENCRYPT_DECRYPT"
  deletion_window_in_days   = var.kms_key_deletion_window_in_days
  enable_key_rotation       = var.enable_kms_key_rotation
  enable_default_policy     = var.kms_key_enable_default_policy
  key_owners                = var.kms_key_owners
  key_administrators        = length(var.kms_key_administrators) > 0 ? var.kms_key_administrators : [local.applier]
  key_users                 = concat([local.role_arn], var.kms_key_users)
  key_service_users         = var.kms_key_service_users
  source_policy_documents   = var.kms_key_source_policy_documents
  override_policy_documents = var.kms_key_override_policy_documents
  aliases                   = var.kms_key_aliases
  computed_aliases          = { cluster = { name = "eks/${local.name}" } }
}

resource "aws_cloudwatch_log_group" "this" {
  count = var.create && var.create_cloudwatch_log_group ? 1 : 0

  name              = "/aws/eks/${local.name}/cluster"
  retention_in_days = var.cloudwatch_log_group_retention_in_days
  kms_key_id        = var.cloudwatch_log_group_kms_key_id
}

resource "aws_iam_openid_connect_provider" "oidc_provider" {
  count = var.create && var.enable_irsa ? 1 : 0

  url            = local.issuer
  client_id_list = distinct(concat(["sts.amazonaws.com"], var.openid_connect_audiences))
}

data "aws_iam_policy_document" "assume_role_policy" {
  statement {
    sid     = "EKSClusterAssumeRole"
    actions = local.cluster_role_actions
    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_role ? 1 : 0

  name                  = var.iam_role_use_name_prefix ? null : local.role_name
  name_prefix           = var.iam_role_use_name_prefix ? "${local.role_name}${var.prefix_separator}" : null
  path                  = var.iam_role_path
  assume_role_policy    = data.aws_iam_policy_document.assume_role_policy.json
  permissions_boundary  = var.iam_role_permissions_boundary
  force_detach_policies = true

  # The module makes the log group itself.
  dynamic "inline_policy" {
    for_each = local.denies_log_group ? [local.role_name] : []
    content {
      name   = inline_policy.value
      policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = ["logs:CreateLogGroup"], Resource = "*" }] })
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset([for policy in local.cluster_role_policies : policy if var.create && var.create_iam_role])

  policy_arn = "${local.aws}/${each.key}"
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_role_policy_attachment" "additional" {
  for_each = { for key, arn in var.iam_role_additional_policies : key => arn if var.create && var.create_iam_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_policy" "cluster_encryption" {
  count = var.create && var.create_iam_role && local.attach_encryption_policy && local.encrypts ? 1 : 0

  name_prefix = "${local.role_name}-ClusterEncryption"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"], Resource = local.key_arn }]
  })
}

resource "aws_iam_role_policy_attachment" "cluster_encryption" {
  count = var.create && var.create_iam_role && local.attach_encryption_policy && local.encrypts ? 1 : 0

  policy_arn = aws_iam_policy.cluster_encryption[0].arn
  role       = aws_iam_role.this[0].name
}

resource "aws_eks_addon" "this" {
  for_each = { for key, addon in local.addons : key => addon if var.create && try(addon.before_compute, false) != true }

  cluster_name             = aws_eks_cluster.this[0].name
  addon_name               = try(each.value.name, each.key)
  configuration_values     = try(each.value.configuration_values, null)
  service_account_role_arn = try(each.value.service_account_role_arn, null)
}

resource "aws_eks_addon" "before_compute" {
  for_each = { for key, addon in local.addons : key => addon if var.create && try(addon.before_compute, false) == true }

  cluster_name             = aws_eks_cluster.this[0].name
  addon_name               = try(each.value.name, each.key)
  configuration_values     = try(each.value.configuration_values, null)
  service_account_role_arn = try(each.value.service_account_role_arn, null)
}

resource "aws_eks_identity_provider_config" "this" {
  for_each = { for key, provider in local.identity_providers : key => provider if var.create }

  cluster_name = aws_eks_cluster.this[0].name
  oidc {
    client_id                     = each.value.client_id
    issuer_url                    = try(each.value.issuer_url, null)
    identity_provider_config_name = try(each.value.identity_provider_config_name, each.key)
    groups_claim                  = try(each.value.groups_claim, null)
    groups_prefix                 = try(each.value.groups_prefix, null)
    required_claims               = try(each.value.required_claims, null)
    username_claim                = try(each.value.username_claim, null)
    username_prefix               = try(each.value.username_prefix, null)
  }
}

module "eks_managed_node_group" {
  source   = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group"
  version  = "21.0"
  for_each = { for key, group in var.eks_managed_node_groups : key => group if var.create }

  create                        = try(each.value.create, true)
  cluster_name                  = aws_eks_cluster.this[0].name
  name                          = try(each.value.name, each.key)
  use_name_prefix               = try(each.value.use_name_prefix, local.group_defaults.use_name_prefix, true)
  subnet_ids                    = try(each.value.subnet_ids, local.group_defaults.subnet_ids, var.subnet_ids)
  ami_id                        = try(each.value.ami_id, local.group_defaults.ami_id, "")
  ami_type                      = try(each.value.ami_type, local.group_defaults.ami_type, null)
  instance_types                = try(each.value.instance_types, local.group_defaults.instance_types, null)
  capacity_type                 = try(each.value.capacity_type, local.group_defaults.capacity_type, null)
  remote_access                 = try(each.value.remote_access, local.group_defaults.remote_access, {})
  labels                        = try(each.value.labels, local.group_defaults.labels, null)
  create_launch_template        = try(each.value.create_launch_template, local.group_defaults.create_launch_template, true)
  use_custom_launch_template    = try(each.value.use_custom_launch_template, local.group_defaults.use_custom_launch_template, true)
  launch_template_id            = try(each.value.launch_template_id, local.group_defaults.launch_template_id, "")
  launch_template_name          = try(each.value.launch_template_name, local.group_defaults.launch_template_name, each.key)
  key_name                      = try(each.value.key_name, local.group_defaults.key_name, null)
  block_device_mappings         = try(each.value.block_device_mappings, local.group_defaults.block_device_mappings, {})
  metadata_options              = try(merge(local.metadata_base, each.value.metadata_options), merge(local.metadata_base, local.group_defaults.metadata_options), local.metadata_default)
  vpc_security_group_ids        = compact(concat([local.node_sg], try(each.value.vpc_security_group_ids, local.group_defaults.vpc_security_group_ids, [])))
  create_iam_role               = try(each.value.create_iam_role, local.group_defaults.create_iam_role, true)
  iam_role_arn                  = try(each.value.iam_role_arn, local.group_defaults.iam_role_arn, null)
  iam_role_name                 = try(each.value.iam_role_name, local.group_defaults.iam_role_name, null)
  iam_role_use_name_prefix      = try(each.value.iam_role_use_name_prefix, local.group_defaults.iam_role_use_name_prefix, true)
  iam_role_path                 = try(each.value.iam_role_path, local.group_defaults.iam_role_path, null)
  iam_role_permissions_boundary = try(each.value.iam_role_permissions_boundary, local.group_defaults.iam_role_permissions_boundary, null)
  iam_role_attach_cni_policy    = try(each.value.iam_role_attach_cni_policy, local.group_defaults.iam_role_attach_cni_policy, true)
  iam_role_additional_policies  = try(each.value.iam_role_additional_policies, local.group_defaults.iam_role_additional_policies, {})
  iam_role_policy_statements    = try(each.value.iam_role_policy_statements, local.group_defaults.iam_role_policy_statements, [])
  cluster_ip_family             = local.ip_family
}

output "cluster_arn" { value = try(aws_eks_cluster.this[0].arn, null) }
output "cluster_name" { value = try(aws_eks_cluster.this[0].name, "") }
output "cluster_id" { value = try(aws_eks_cluster.this[0].cluster_id, "") }
output "cluster_endpoint" { value = try(aws_eks_cluster.this[0].endpoint, null) }
output "cluster_certificate_authority_data" { value = try(aws_eks_cluster.this[0].certificate_authority[0].data, null) }
output "cluster_version" { value = try(aws_eks_cluster.this[0].version, null) }
output "cluster_platform_version" { value = try(aws_eks_cluster.this[0].platform_version, null) }
output "cluster_status" { value = try(aws_eks_cluster.this[0].status, null) }
output "cluster_oidc_issuer_url" { value = local.issuer }
output "cluster_primary_security_group_id" { value = try(aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id, null) }
output "cluster_security_group_id" { value = try(aws_security_group.cluster[0].id, null) }
output "cluster_security_group_arn" { value = try(aws_security_group.cluster[0].arn, null) }
output "node_security_group_id" { value = try(aws_security_group.node[0].id, null) }
output "node_security_group_arn" { value = try(aws_security_group.node[0].arn, null) }
output "oidc_provider" { value = local.issuer == null ? null : replace(local.issuer, "https://", "") }
output "oidc_provider_arn" { value = try(aws_iam_openid_connect_provider.oidc_provider[0].arn, null) }
output "cluster_iam_role_name" { value = try(aws_iam_role.this[0].name, null) }
output "cluster_iam_role_arn" { value = try(aws_iam_role.this[0].arn, null) }
output "cluster_iam_role_unique_id" { value = try(aws_iam_role.this[0].unique_id, null) }
output "kms_key_arn" { value = module.kms.key_arn }
output "kms_key_id" { value = module.kms.key_id }
output "kms_key_policy" { value = module.kms.key_policy }
output "cluster_addons" { value = merge(aws_eks_addon.this, aws_eks_addon.before_compute) }
output "cloudwatch_log_group_name" { value = try(aws_cloudwatch_log_group.this[0].name, null) }
output "cloudwatch_log_group_arn" { value = try(aws_cloudwatch_log_group.this[0].arn, null) }
output "eks_managed_node_groups" { value = module.eks_managed_node_group }
output "eks_managed_node_groups_autoscaling_group_names" { value = flatten([for group in module.eks_managed_node_group : group.node_group_autoscaling_group_names]) }
