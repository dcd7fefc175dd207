# Version 19.21 of terraform-aws-modules/eks/aws: people and roles enter the cluster through the aws-auth config map.

variable "kms_key_enable_default_policy" { default = false }
variable "manage_aws_auth_configmap" { default = false }
variable "create_aws_auth_configmap" { default = false }
variable "aws_auth_roles" { default = [] }
variable "aws_auth_users" { default = [] }
variable "aws_auth_accounts" { default = [] }
variable "aws_auth_node_iam_role_arns_non_windows" { default = [] }
variable "aws_auth_node_iam_role_arns_windows" { default = [] }
variable "aws_auth_fargate_profile_pod_execution_role_arns" { default = [] }

locals {
  # Whoever creates the cluster administers it: version 19 does not say otherwise to the API.
  authentication_mode   = null
  auto_mode             = null
  node_role_arn         = null
  is_auto               = false
  denies_log_group      = var.create_cloudwatch_log_group
  cluster_role_actions  = ["sts:AssumeRole"]
  cluster_role_policies = ["AmazonEKSClusterPolicy", "AmazonEKSVPCResourceController"]

  as_node = ["system:bootstrappers", "system:nodes"]
  nodes = concat(
    [for arn in concat([for group in module.eks_managed_node_group : group.iam_role_arn], var.aws_auth_node_iam_role_arns_non_windows) : { rolearn = arn, username = "system:node:{{EC2PrivateDNSName}}", groups = local.as_node }],
    [for arn in var.aws_auth_node_iam_role_arns_windows : { rolearn = arn, username = "system:node:{{EC2PrivateDNSName}}", groups = concat(["eks:kube-proxy-windows"], local.as_node) }],
    [for arn in var.aws_auth_fargate_profile_pod_execution_role_arns : { rolearn = arn, username = "system:node:{{SessionName}}", groups = concat(local.as_node, ["system:node-proxier"]) }],
  )
  aws_auth = {
    mapRoles    = yamlencode(concat(local.nodes, var.aws_auth_roles))
    mapUsers    = yamlencode(var.aws_auth_users)
    mapAccounts = yamlencode(var.aws_auth_accounts)
  }
}

resource "kubernetes_config_map" "aws_auth" {
  count = var.create && var.create_aws_auth_configmap ? 1 : 0

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data = local.aws_auth
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  count = var.create && var.manage_aws_auth_configmap ? 1 : 0

  force = true
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data = local.aws_auth
}
