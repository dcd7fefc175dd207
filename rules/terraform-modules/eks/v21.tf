# Version 21.19 of terraform-aws-modules/eks/aws: its arguments no longer begin with `cluster_`.

variable "region" { default = null }
variable "name" { default = "" }
variable "kubernetes_version" { default = null }
variable "enabled_log_types" { default = ["audit", "api", "authenticator"] }
variable "authentication_mode" { default = "API_AND_CONFIG_MAP" }
variable "compute_config" { default = null }
variable "create_auto_mode_iam_resources" { default = false }
variable "endpoint_private_access" { default = true }
variable "endpoint_public_access" { default = false }
variable "endpoint_public_access_cidrs" { default = ["0.0.0.0/0"] }
variable "additional_security_group_ids" { default = [] }
variable "ip_family" { default = "ipv4" }
variable "encryption_config" { default = {} }
variable "attach_encryption_policy" { default = true }
variable "kms_key_enable_default_policy" { default = true }
variable "create_security_group" { default = true }
variable "security_group_id" { default = "" }
variable "security_group_name" { default = null }
variable "security_group_additional_rules" { default = {} }
variable "addons" { default = null }
variable "identity_providers" { default = null }

# Without effect on what we look at.
variable "deletion_protection" { default = null }
variable "force_update_version" { default = null }
variable "upgrade_policy" { default = null }
variable "zonal_shift_config" { default = null }
variable "control_plane_scaling_config" { default = null }
variable "create_primary_security_group_tags" { default = true }
variable "timeouts" { default = null }
variable "addons_timeouts" { default = {} }
variable "kms_key_rotation_period_in_days" { default = null }
variable "cloudwatch_log_group_class" { default = null }
variable "security_group_description" { default = "EKS cluster security group" }
variable "security_group_use_name_prefix" { default = true }
variable "security_group_tags" { default = {} }
variable "service_ipv4_cidr" { default = null }
variable "service_ipv6_cidr" { default = null }

locals {
  name                     = var.name
  kubernetes               = var.kubernetes_version
  log_types                = var.enabled_log_types
  authentication_mode      = var.authentication_mode
  auto_mode                = var.compute_config
  denies_log_group         = false
  has_auto                 = local.is_auto || var.create_auto_mode_iam_resources
  has_custom               = local.has_auto
  cluster_role_policies    = concat(["AmazonEKSClusterPolicy"], local.auto_policies)
  endpoint                 = { private = var.endpoint_private_access, public = var.endpoint_public_access, cidrs = var.endpoint_public_access_cidrs }
  more_security_groups     = var.additional_security_group_ids
  ip_family                = var.ip_family
  encryption               = var.encryption_config
  attach_encryption_policy = var.attach_encryption_policy
  create_cluster_sg        = var.create_security_group
  given_cluster_sg         = var.security_group_id
  cluster_sg_name          = var.security_group_name
  more_cluster_rules       = var.security_group_additional_rules
  addons                   = var.addons == null ? {} : var.addons
  identity_providers       = var.identity_providers == null ? {} : var.identity_providers
  group_defaults           = {}
  metadata_default         = { http_endpoint = "enabled", http_tokens = "required", http_put_response_hop_limit = 1 }
  # What is not said in a group's options keeps its default.
  metadata_base = local.metadata_default
  webhooks      = { ingress_cluster_4443_webhook = 4443, ingress_cluster_10251_webhook = 10251, ingress_cluster_6443_webhook = 6443, ingress_cluster_8443_webhook = 8443, ingress_cluster_9443_webhook = 9443 }
}
