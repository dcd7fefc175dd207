# Names of the arguments of terraform-aws-modules/eks/aws in versions 19.21 and 20.37.

variable "cluster_name" { default = "" }
variable "cluster_version" { default = null }
variable "cluster_enabled_log_types" { default = ["audit", "api", "authenticator"] }
variable "cluster_endpoint_private_access" { default = true }
variable "cluster_endpoint_public_access" { default = false }
variable "cluster_endpoint_public_access_cidrs" { default = ["0.0.0.0/0"] }
variable "cluster_additional_security_group_ids" { default = [] }
variable "cluster_ip_family" { default = null }
variable "cluster_encryption_config" { default = { resources = ["secrets"] } }
variable "attach_cluster_encryption_policy" { default = true }
variable "create_cluster_security_group" { default = true }
variable "cluster_security_group_id" { default = "" }
variable "cluster_security_group_name" { default = null }
variable "cluster_security_group_additional_rules" { default = {} }
variable "cluster_addons" { default = {} }
variable "cluster_identity_providers" { default = {} }
variable "eks_managed_node_group_defaults" { default = {} }

# Without effect on what we look at.
variable "cluster_security_group_description" { default = "EKS cluster security group" }
variable "cluster_security_group_use_name_prefix" { default = true }
variable "cluster_security_group_tags" { default = {} }
variable "cluster_service_ipv4_cidr" { default = null }
variable "cluster_service_ipv6_cidr" { default = null }
variable "create_cluster_primary_security_group_tags" { default = true }
variable "cluster_timeouts" { default = {} }
variable "cluster_addons_timeouts" { default = {} }
variable "cluster_encryption_policy_name" { default = null }
variable "cluster_encryption_policy_path" { default = null }
variable "cluster_encryption_policy_use_name_prefix" { default = true }
variable "cluster_encryption_policy_description" { default = null }
variable "cluster_encryption_policy_tags" { default = {} }

locals {
  name                     = var.cluster_name
  kubernetes               = var.cluster_version
  log_types                = var.cluster_enabled_log_types
  endpoint                 = { private = var.cluster_endpoint_private_access, public = var.cluster_endpoint_public_access, cidrs = var.cluster_endpoint_public_access_cidrs }
  more_security_groups     = var.cluster_additional_security_group_ids
  ip_family                = var.cluster_ip_family == null ? "ipv4" : var.cluster_ip_family
  encryption               = length(var.cluster_encryption_config) > 0 ? var.cluster_encryption_config : null
  attach_encryption_policy = var.attach_cluster_encryption_policy
  create_cluster_sg        = var.create_cluster_security_group
  given_cluster_sg         = var.cluster_security_group_id
  cluster_sg_name          = var.cluster_security_group_name
  more_cluster_rules       = var.cluster_security_group_additional_rules
  addons                   = var.cluster_addons
  identity_providers       = var.cluster_identity_providers
  group_defaults           = var.eks_managed_node_group_defaults
  metadata_default         = { http_endpoint = "enabled", http_tokens = "required", http_put_response_hop_limit = 2 }
  metadata_base            = {}
  webhooks                 = { ingress_cluster_4443_webhook = 4443, ingress_cluster_6443_webhook = 6443, ingress_cluster_8443_webhook = 8443, ingress_cluster_9443_webhook = 9443 }
}
