# Our own summary of terraform-aws-modules/kms/aws, from the documentation of versions 2.2, 3.1 and 4.2: keys, their policy, aliases, grants.
# Left out: statements for Route 53 DNSSEC (enable_route53_dnssec).

variable "create" { default = true }
variable "region" { default = null }
variable "create_external" { default = false }
variable "create_replica" { default = false }
variable "create_replica_external" { default = false }
variable "description" { default = null }
variable "deletion_window_in_days" { default = null }
variable "enable_key_rotation" { default = true }
variable "rotation_period_in_days" { default = null }
variable "is_enabled" { default = null }
variable "key_usage" { default = null }
variable "key_spec" { default = null }
variable "customer_master_key_spec" { default = null }
variable "custom_key_store_id" { default = null }
variable "multi_region" { default = false }
variable "bypass_policy_lockout_safety_check" { default = null }
variable "key_material_base64" {
  default   = null
  sensitive = true
}
variable "valid_to" { default = null }
variable "primary_key_arn" { default = null }
variable "primary_external_key_arn" { default = null }

variable "policy" { default = null }
variable "enable_default_policy" { default = true }
variable "key_owners" { default = [] }
variable "key_administrators" { default = [] }
variable "key_users" { default = [] }
variable "key_service_users" { default = [] }
variable "key_service_roles_for_autoscaling" { default = [] }
variable "key_symmetric_encryption_users" { default = [] }
variable "key_hmac_users" { default = [] }
variable "key_asymmetric_public_encryption_users" { default = [] }
variable "key_asymmetric_sign_verify_users" { default = [] }
variable "key_statements" { default = null }
variable "source_policy_documents" { default = [] }
variable "override_policy_documents" { default = [] }

variable "aliases" { default = [] }
variable "computed_aliases" { default = {} }
variable "aliases_use_name_prefix" { default = false }
variable "grants" { default = null }

# Without effect on what we look at.
variable "tags" { default = {} }

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  root = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"

  everything  = ["kms:*"]
  symmetric   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
  administer  = [for verb in ["Create*", "Delete*", "Describe*", "Disable*", "Enable*", "Get*", "List*", "Put*", "Revoke*", "Update*", "TagResource", "UntagResource", "CancelKeyDeletion", "ScheduleKeyDeletion", "ReplicateKey", "ImportKeyMaterial"] : "kms:${verb}"]
  with_grants = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"]

  # Who may do what with the key; `service` limits it to grants for AWS services.
  holders = [
    { sid = "KeyOwner", who = var.key_owners, actions = local.everything, service = false },
    { sid = "KeyAdministration", who = var.key_administrators, actions = local.administer, service = false },
    { sid = "KeyUsage", who = var.key_users, actions = local.symmetric, service = false },
    { sid = "KeyServiceUsage", who = var.key_service_users, actions = local.with_grants, service = true },
    { sid = "KeyServiceRolesASG", who = var.key_service_roles_for_autoscaling, actions = local.symmetric, service = false },
    { sid = "KeyServiceRolesASGPersistentVol", who = var.key_service_roles_for_autoscaling, actions = ["kms:CreateGrant"], service = true },
    { sid = "KeySymmetricEncryption", who = var.key_symmetric_encryption_users, actions = local.symmetric, service = false },
    { sid = "KeyHMAC", who = var.key_hmac_users, actions = ["kms:DescribeKey", "kms:GenerateMac", "kms:VerifyMac"], service = false },
    { sid = "KeyAsymmetricPublicEncryption", who = var.key_asymmetric_public_encryption_users, actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GetPublicKey", "kms:ReEncrypt*"], service = false },
    { sid = "KeyAsymmetricSignVerify", who = var.key_asymmetric_sign_verify_users, actions = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign", "kms:Verify"], service = false },
  ]

  key_policy = var.policy != null ? var.policy : try(data.aws_iam_policy_document.this[0].json, null)
  kind       = var.create_external ? "external" : var.create_replica_external ? "replica_external" : var.create_replica ? "replica" : "key"
}

data "aws_iam_policy_document" "this" {
  count = var.create ? 1 : 0

  source_policy_documents   = var.source_policy_documents
  override_policy_documents = var.override_policy_documents

  dynamic "statement" {
    for_each = var.enable_default_policy ? [local.root] : []
    content {
      sid       = "Default"
      actions   = local.everything
      resources = ["*"]
      principals {
        type        = "AWS"
        identifiers = [statement.value]
      }
    }
  }

  dynamic "statement" {
    for_each = [for holder in local.holders : holder if length(holder.who) > 0]
    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = ["*"]
      principals {
        type        = "AWS"
        identifiers = statement.value.who
      }
      dynamic "condition" {
        for_each = statement.value.service ? ["kms:GrantIsForAWSResource"] : []
        content {
          test     = "Bool"
          variable = condition.value
          values   = ["true"]
        }
      }
    }
  }

  dynamic "statement" {
    for_each = var.key_statements == null ? [] : var.key_statements
    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(statement.value.resources, null)
      not_resources = try(statement.value.not_resources, null)
      dynamic "principals" {
        for_each = try(statement.value.principals, [])
        content {
          type        = principals.value.type
          identifiers = principals.value.identifiers
        }
      }
      dynamic "not_principals" {
        for_each = try(statement.value.not_principals, [])
        content {
          type        = not_principals.value.type
          identifiers = not_principals.value.identifiers
        }
      }
      dynamic "condition" {
        for_each = try(statement.value.conditions, statement.value.condition, [])
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_kms_key" "this" {
  count = var.create && local.kind == "key" ? 1 : 0

  region                             = var.region
  description                        = var.description
  policy                             = local.key_policy
  enable_key_rotation                = var.enable_key_rotation
  rotation_period_in_days            = var.rotation_period_in_days
  is_enabled                         = var.is_enabled
  key_usage                          = var.key_usage
  customer_master_key_spec           = var.customer_master_key_spec
  custom_key_store_id                = var.custom_key_store_id
  multi_region                       = var.multi_region
  deletion_window_in_days            = var.deletion_window_in_days
  bypass_policy_lockout_safety_check = var.bypass_policy_lockout_safety_check
}

resource "aws_kms_external_key" "this" {
  count = var.create && local.kind == "external" ? 1 : 0

  region              = var.region
  description         = var.description
  policy              = local.key_policy
  enabled             = var.is_enabled
  key_material_base64 = var.key_material_base64
  multi_region        = var.multi_region
  valid_to            = var.valid_to
}

resource "aws_kms_replica_key" "this" {
  count = var.create && local.kind == "replica" ? 1 : 0

  region          = var.region
  description     = var.description
  policy          = local.key_policy
  enabled         = var.is_enabled
  primary_key_arn = var.primary_key_arn
}

resource "aws_kms_replica_external_key" "this" {
  count = var.create && local.kind == "replica_external" ? 1 : 0

  region              = var.region
  description         = var.description
  policy              = local.key_policy
  enabled             = var.is_enabled
  key_material_base64 = var.key_material_base64
  primary_key_arn     = var.primary_external_key_arn
  valid_to            = var.valid_to
}

locals {
  made = concat(aws_kms_key.this[*].arn, aws_kms_external_key.this[*].arn, aws_kms_replica_key.this[*].arn, aws_kms_replica_external_key.this[*].arn)
  ids  = concat(aws_kms_key.this[*].key_id, aws_kms_external_key.this[*].id, aws_kms_replica_key.this[*].key_id, aws_kms_replica_external_key.this[*].key_id)
}

resource "aws_kms_alias" "this" {
  for_each = { for key, alias in merge({ for name in var.aliases : name => { name = name } }, var.computed_aliases) : key => alias.name if var.create }

  region        = var.region
  name          = var.aliases_use_name_prefix ? null : "alias/${each.value}"
  name_prefix   = var.aliases_use_name_prefix ? "alias/${each.value}-" : null
  target_key_id = local.ids[0]
}

resource "aws_kms_grant" "this" {
  for_each = { for key, grant in var.grants == null ? {} : var.grants : key => grant if var.create }

  region            = var.region
  name              = try(each.value.name, each.key)
  key_id            = local.ids[0]
  grantee_principal = each.value.grantee_principal
  operations        = each.value.operations
}

output "key_arn" { value = try(local.made[0], null) }
output "key_id" { value = try(local.ids[0], null) }
output "key_policy" { value = var.create ? local.key_policy : null }
output "key_region" { value = try(aws_kms_key.this[0].region, null) }
output "aliases" { value = aws_kms_alias.this }
output "grants" { value = aws_kms_grant.this }
