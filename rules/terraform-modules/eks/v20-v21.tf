# Access entries and auto mode of terraform-aws-modules/eks/aws, from the documentation of versions 20.37 and 21.19.

variable "access_entries" { default = {} }
variable "enable_cluster_creator_admin_permissions" { default = false }
variable "create_node_iam_role" { default = true }
variable "node_iam_role_name" { default = null }
variable "node_iam_role_use_name_prefix" { default = true }
variable "node_iam_role_path" { default = null }
variable "node_iam_role_permissions_boundary" { default = null }
variable "node_iam_role_additional_policies" { default = {} }

variable "enable_auto_mode_custom_tags" { default = true }

# Without effect on what we look at.
variable "node_iam_role_description" { default = null }
variable "node_iam_role_tags" { default = {} }

locals {
  cluster_role_actions = ["sts:AssumeRole", "sts:TagSession"]
  node_role_arn        = try(aws_iam_role.eks_auto[0].arn, local.auto_mode.node_role_arn, null)
  is_auto              = try(local.auto_mode.enabled, false) == true
  auto_policies        = local.has_auto ? ["AmazonEKSBlockStoragePolicy", "AmazonEKSComputePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"] : []

  creator = {
    cluster_creator = {
      principal_arn       = local.applier
      policy_associations = { admin = { policy_arn = "arn:${data.aws_partition.current.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", access_scope = { type = "cluster" } } }
    }
  }
  entries = merge(var.enable_cluster_creator_admin_permissions ? local.creator : {}, var.access_entries)
  associations = merge([for key, entry in local.entries : {
    for name, association in try(entry.policy_associations, {}) : "${key}_${name}" => { principal_arn = entry.principal_arn, policy_arn = association.policy_arn, scope = association.access_scope }
  }]...)
}

resource "aws_eks_access_entry" "this" {
  for_each = { for key, entry in local.entries : key => entry if var.create }

  cluster_name      = aws_eks_cluster.this[0].name
  principal_arn     = each.value.principal_arn
  kubernetes_groups = try(each.value.kubernetes_groups, null)
  type              = try(each.value.type, "STANDARD")
  user_name         = try(each.value.user_name, null)
}

resource "aws_eks_access_policy_association" "this" {
  for_each = { for key, association in local.associations : key => association if var.create }

  cluster_name  = aws_eks_cluster.this[0].name
  principal_arn = each.value.principal_arn
  policy_arn    = each.value.policy_arn
  access_scope {
    type       = each.value.scope.type
    namespaces = try(each.value.scope.namespaces, [])
  }
}

data "aws_iam_policy_document" "node_assume_role_policy" {
  statement {
    sid     = "EKSAutoNodeAssumeRole"
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "eks_auto" {
  count = var.create && var.create_node_iam_role && local.has_auto ? 1 : 0

  name                 = var.node_iam_role_use_name_prefix ? null : var.node_iam_role_name
  name_prefix          = var.node_iam_role_use_name_prefix ? "${var.node_iam_role_name != null ? var.node_iam_role_name : "${local.name}-eks-auto"}-" : null
  path                 = var.node_iam_role_path
  permissions_boundary = var.node_iam_role_permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.node_assume_role_policy.json
}

resource "aws_iam_role_policy_attachment" "eks_auto" {
  for_each = toset(var.create && var.create_node_iam_role && local.has_auto ? ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"] : [])

  policy_arn = "${local.aws}/${each.key}"
  role       = aws_iam_role.eks_auto[0].name
}

resource "aws_iam_role_policy_attachment" "eks_auto_additional" {
  for_each = { for key, arn in var.node_iam_role_additional_policies : key => arn if var.create && var.create_node_iam_role && local.has_auto }

  policy_arn = each.value
  role       = aws_iam_role.eks_auto[0].name
}

# What auto mode may create for the cluster, recognised by the tag that names it.
locals {
  own_cluster = "$${aws:PrincipalTag/eks:eks-cluster-name}"
  creations = [
    { sid = "Compute", actions = ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"], on = ["*"], tags = ["kubernetes-node-class-name", "kubernetes-node-pool-name"] },
    { sid = "Storage", actions = ["ec2:CreateSnapshot", "ec2:CreateVolume"], on = [for kind in ["volume", "snapshot"] : "arn:${data.aws_partition.current.partition}:ec2:*:*:${kind}/*"], tags = [] },
    { sid = "Networking", actions = ["ec2:CreateNetworkInterface"], on = ["*"], tags = ["kubernetes-cni-node-name"] },
    { sid = "LoadBalancer", actions = ["ec2:CreateSecurityGroup", "elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateRule", "elasticloadbalancing:CreateTargetGroup"], on = ["*"], tags = [] },
    { sid = "ShieldProtection", actions = ["shield:CreateProtection"], on = ["*"], tags = [] },
    { sid = "ShieldTagResource", actions = ["shield:TagResource"], on = ["arn:${data.aws_partition.current.partition}:shield::*:protection/*"], tags = [] },
  ]
}

data "aws_iam_policy_document" "custom" {
  dynamic "statement" {
    for_each = local.creations
    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = statement.value.on
      condition {
        test     = "StringEquals"
        variable = "aws:RequestTag/eks:eks-cluster-name"
        values   = [local.own_cluster]
      }
      dynamic "condition" {
        for_each = statement.value.tags
        content {
          test     = statement.value.sid == "Networking" ? "StringEquals" : "StringLike"
          variable = "aws:RequestTag/eks:${condition.value}"
          values   = ["*"]
        }
      }
    }
  }
}

resource "aws_iam_policy" "custom" {
  count = var.create && var.create_iam_role && var.enable_auto_mode_custom_tags && local.has_custom ? 1 : 0

  name_prefix = "${local.role_name}-"
  policy      = data.aws_iam_policy_document.custom.json
}

resource "aws_iam_role_policy_attachment" "custom" {
  count = var.create && var.create_iam_role && var.enable_auto_mode_custom_tags && local.has_custom ? 1 : 0

  policy_arn = aws_iam_policy.custom[0].arn
  role       = aws_iam_role.this[0].name
}

output "access_entries" { value = aws_eks_access_entry.this }
output "access_policy_associations" { value = aws_eks_access_policy_association.this }
output "node_iam_role_name" { value = try(aws_iam_role.eks_auto[0].name, null) }
output "node_iam_role_arn" { value = try(aws_iam_role.eks_auto[0].arn, null) }
output "cluster_ip_family" { value = local.ip_family }
