# Version 20.37 of terraform-aws-modules/eks/aws: people and roles enter the cluster through access entries.

variable "kms_key_enable_default_policy" { default = true }
variable "authentication_mode" { default = "API_AND_CONFIG_MAP" }
variable "cluster_compute_config" { default = {} }
variable "enable_security_groups_for_pods" { default = true }

# Without effect on what we look at.
variable "bootstrap_self_managed_addons" { default = null }
variable "cluster_upgrade_policy" { default = {} }
variable "cluster_zonal_shift_config" { default = {} }
variable "cluster_force_update_version" { default = null }
variable "cloudwatch_log_group_class" { default = null }
variable "enable_efa_support" { default = false }

locals {
  authentication_mode = var.authentication_mode
  auto_mode           = length(var.cluster_compute_config) > 0 ? var.cluster_compute_config : null
  denies_log_group    = false
  has_auto            = local.is_auto
  # In version 20 the policy for tags is there without auto mode, too.
  has_custom            = true
  cluster_role_policies = concat(["AmazonEKSClusterPolicy"], local.auto_policies, var.enable_security_groups_for_pods && !local.is_auto ? ["AmazonEKSVPCResourceController"] : [])
}
