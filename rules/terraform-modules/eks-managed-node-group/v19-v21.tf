# Our own summary of the eks-managed-node-group submodule of terraform-aws-modules/eks/aws, from the documentation of versions 19.21, 20.37 and 21.19: the group, its launch template, its role.
# Left out: user data, sizes, taints, security groups of the group's own (version 21), placement, network interfaces.

variable "create" { default = true }
variable "cluster_name" { default = null }
variable "name" { default = "" }
variable "use_name_prefix" { default = true }
variable "subnet_ids" { default = null }
variable "ami_id" { default = "" }
variable "ami_type" { default = null }
variable "instance_types" { default = null }
variable "capacity_type" { default = null }
variable "remote_access" { default = {} }
variable "labels" { default = null }
variable "create_launch_template" { default = true }
variable "use_custom_launch_template" { default = true }
variable "launch_template_id" { default = "" }
variable "launch_template_name" { default = null }
variable "key_name" { default = null }
variable "block_device_mappings" { default = {} }
variable "metadata_options" { default = { http_endpoint = "enabled", http_tokens = "required" } }
variable "vpc_security_group_ids" { default = [] }
variable "cluster_primary_security_group_id" { default = null }
variable "create_iam_role" { default = true }
variable "iam_role_arn" { default = null }
variable "iam_role_name" { default = null }
variable "iam_role_use_name_prefix" { default = true }
variable "iam_role_path" { default = null }
variable "iam_role_permissions_boundary" { default = null }
variable "iam_role_attach_cni_policy" { default = true }
variable "iam_role_additional_policies" { default = {} }
variable "iam_role_policy_statements" { default = [] }
variable "cluster_ip_family" { default = "ipv4" }

# Without effect on what we look at.
variable "tags" { default = {} }
variable "min_size" { default = 1 }
variable "max_size" { default = 3 }
variable "desired_size" { default = 1 }
variable "disk_size" { default = null }
variable "taints" { default = {} }
variable "update_config" { default = {} }
variable "cluster_version" { default = null }
variable "kubernetes_version" { default = null }
variable "iam_role_description" { default = null }
variable "iam_role_tags" { default = {} }
variable "launch_template_tags" { default = {} }
variable "cluster_service_cidr" { default = null }

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}

locals {
  has_role     = var.create && var.create_iam_role
  has_template = var.create && var.create_launch_template && var.use_custom_launch_template
  role_name    = var.iam_role_name != null ? var.iam_role_name : "${var.name}-eks-node-group"
  role_arn     = local.has_role ? aws_iam_role.this[0].arn : var.iam_role_arn
  aws          = "arn:${data.aws_partition.current.partition}:iam::aws:policy"
  own_cni      = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:policy/AmazonEKS_CNI_IPv6_Policy"
  policies = merge(
    { for name in ["AmazonEC2ContainerRegistryReadOnly", "AmazonEKSWorkerNodePolicy"] : name => "${local.aws}/${name}" },
    var.iam_role_attach_cni_policy ? (var.cluster_ip_family == "ipv6" ? { AmazonEKS_CNI_IPv6_Policy = local.own_cni } : { AmazonEKS_CNI_Policy = "${local.aws}/AmazonEKS_CNI_Policy" }) : {},
  )
}

resource "aws_launch_template" "this" {
  count = local.has_template ? 1 : 0

  name_prefix            = "${var.launch_template_name != null ? var.launch_template_name : "${var.name}-eks-node-group"}-"
  image_id               = var.ami_id == "" ? null : var.ami_id
  key_name               = var.key_name
  vpc_security_group_ids = compact(concat([var.cluster_primary_security_group_id], var.vpc_security_group_ids))

  metadata_options {
    http_endpoint               = try(var.metadata_options.http_endpoint, null)
    http_tokens                 = try(var.metadata_options.http_tokens, null)
    http_put_response_hop_limit = try(var.metadata_options.http_put_response_hop_limit, null)
  }

  dynamic "block_device_mappings" {
    for_each = var.block_device_mappings == null ? {} : var.block_device_mappings
    content {
      device_name = try(block_device_mappings.value.device_name, null)
      dynamic "ebs" {
        for_each = try([block_device_mappings.value.ebs], [])
        content {
          encrypted   = try(ebs.value.encrypted, null)
          kms_key_id  = try(ebs.value.kms_key_id, null)
          volume_size = try(ebs.value.volume_size, null)
          volume_type = try(ebs.value.volume_type, null)
        }
      }
    }
  }
}

resource "aws_eks_node_group" "this" {
  count = var.create ? 1 : 0

  cluster_name           = var.cluster_name
  node_role_arn          = local.role_arn
  subnet_ids             = var.subnet_ids
  node_group_name        = var.use_name_prefix ? null : var.name
  node_group_name_prefix = var.use_name_prefix ? "${var.name}-" : null
  ami_type               = var.ami_id == "" ? var.ami_type : null
  instance_types         = var.instance_types
  capacity_type          = var.capacity_type
  labels                 = var.labels

  dynamic "launch_template" {
    for_each = var.use_custom_launch_template ? [local.has_template ? aws_launch_template.this[0].id : var.launch_template_id] : []
    content {
      id = launch_template.value
    }
  }

  dynamic "remote_access" {
    for_each = var.remote_access == null ? [] : length(var.remote_access) > 0 ? [var.remote_access] : []
    content {
      ec2_ssh_key               = try(remote_access.value.ec2_ssh_key, null)
      source_security_group_ids = try(remote_access.value.source_security_group_ids, [])
    }
  }
}

data "aws_iam_policy_document" "assume_role_policy" {
  statement {
    sid     = "EKSNodeAssumeRole"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  count = local.has_role ? 1 : 0

  name                  = var.iam_role_use_name_prefix ? null : local.role_name
  name_prefix           = var.iam_role_use_name_prefix ? "${local.role_name}-" : null
  path                  = var.iam_role_path
  assume_role_policy    = data.aws_iam_policy_document.assume_role_policy.json
  permissions_boundary  = var.iam_role_permissions_boundary
  force_detach_policies = true
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = { for name, arn in local.policies : name => arn if local.has_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

resource "aws_iam_role_policy_attachment" "additional" {
  for_each = { for key, arn in var.iam_role_additional_policies == null ? {} : var.iam_role_additional_policies : key => arn if local.has_role }

  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

data "aws_iam_policy_document" "role" {
  dynamic "statement" {
    for_each = var.iam_role_policy_statements == null ? [] : var.iam_role_policy_statements
    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(statement.value.resources, null)
      not_resources = try(statement.value.not_resources, null)
    }
  }
}

resource "aws_iam_role_policy" "this" {
  count = local.has_role && try(length(var.iam_role_policy_statements), 0) > 0 ? 1 : 0

  name_prefix = "${local.role_name}-"
  policy      = data.aws_iam_policy_document.role.json
  role        = aws_iam_role.this[0].id
}

output "iam_role_arn" { value = local.role_arn }
output "iam_role_name" { value = try(aws_iam_role.this[0].name, null) }
output "iam_role_unique_id" { value = try(aws_iam_role.this[0].unique_id, null) }
output "launch_template_id" { value = try(aws_launch_template.this[0].id, null) }
output "launch_template_arn" { value = try(aws_launch_template.this[0].arn, null) }
output "launch_template_name" { value = try(aws_launch_template.this[0].name, null) }
output "node_group_arn" { value = try(aws_eks_node_group.this[0].arn, null) }
output "node_group_id" { value = try(aws_eks_node_group.this[0].id, null) }
output "node_group_status" { value = try(aws_eks_node_group.this[0].status, null) }
output "node_group_labels" { value = var.labels }
output "node_group_autoscaling_group_names" { value = try(flatten(aws_eks_node_group.this[0].resources[*].autoscaling_groups[*].name), []) }
