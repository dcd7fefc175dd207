# Our own summary of terraform-aws-modules/s3-bucket/aws, from the documentation of versions 3.15, 4.11 and 5.15: the bucket, who may reach it, how it is encrypted.
# Left out: policies for log delivery, inventory, analytics and WAF; CORS, website, lifecycle, replication, object lock rules, directory buckets, metadata.

variable "create_bucket" { default = true }
variable "region" { default = null }
variable "bucket" { default = null }
variable "bucket_prefix" { default = null }
variable "force_destroy" { default = false }
variable "object_lock_enabled" { default = false }
variable "acl" { default = null }
variable "grant" { default = [] }
variable "policy" { default = null }
variable "attach_policy" { default = false }
variable "attach_public_policy" { default = true }
variable "attach_deny_insecure_transport_policy" { default = false }
variable "attach_require_latest_tls_policy" { default = false }
variable "attach_deny_unencrypted_object_uploads" { default = false }
variable "attach_deny_ssec_encrypted_object_uploads" { default = false }
variable "attach_deny_incorrect_encryption_headers" { default = false }
variable "attach_deny_incorrect_kms_key_sse" { default = false }
variable "allowed_kms_key_arn" { default = null }
variable "block_public_acls" { default = true }
variable "block_public_policy" { default = true }
variable "ignore_public_acls" { default = true }
variable "restrict_public_buckets" { default = true }
variable "control_object_ownership" { default = false }
variable "object_ownership" { default = "BucketOwnerEnforced" }
variable "server_side_encryption_configuration" { default = {} }
variable "versioning" { default = {} }
variable "logging" { default = {} }
variable "expected_bucket_owner" { default = null }

# Without effect on what we look at.
variable "tags" { default = {} }
variable "owner" { default = {} }
variable "acceleration_status" { default = null }
variable "request_payer" { default = null }
variable "cors_rule" { default = [] }
variable "website" { default = {} }
variable "lifecycle_rule" { default = [] }
variable "transition_default_minimum_object_size" { default = null }
variable "intelligent_tiering" { default = {} }
variable "metric_configuration" { default = [] }
variable "skip_destroy_public_access_block" { default = true }

locals {
  # Documents that forbid something to everybody, by what switches them on.
  denials = {
    transport  = { on = var.attach_deny_insecure_transport_policy, sid = "denyInsecureTransport", all = true, test = "Bool", key = "aws:SecureTransport", values = ["false"] }
    tls        = { on = var.attach_require_latest_tls_policy, sid = "denyOutdatedTLS", all = true, test = "NumericLessThan", key = "s3:TlsVersion", values = ["1.2"] }
    plain      = { on = var.attach_deny_unencrypted_object_uploads, sid = "denyUnencryptedObjectUploads", all = false, test = "Null", key = "s3:x-amz-server-side-encryption", values = ["true"] }
    customer   = { on = var.attach_deny_ssec_encrypted_object_uploads, sid = "denySSECEncryptedObjectUploads", all = false, test = "Null", key = "s3:x-amz-server-side-encryption-customer-algorithm", values = ["false"] }
    foreign    = { on = var.attach_deny_incorrect_kms_key_sse, sid = "denyIncorrectKmsKeySse", all = false, test = "StringNotEquals", key = "s3:x-amz-server-side-encryption-aws-kms-key-id", values = [var.allowed_kms_key_arn] }
    algorithms = { on = var.attach_deny_incorrect_encryption_headers, sid = "denyIncorrectEncryptionHeaders", all = false, test = "StringNotEquals", key = "s3:x-amz-server-side-encryption", values = [local.algorithm == "aws:kms" ? "aws:kms" : "AES256"] }
  }
  algorithm  = try(var.server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm, "")
  has_policy = var.attach_policy || anytrue([for denial in values(local.denials) : denial.on])
  use_acl    = (var.acl != null && var.acl != "null") || length(var.grant) > 0
}

resource "aws_s3_bucket" "this" {
  count = var.create_bucket ? 1 : 0

  region              = var.region
  bucket              = var.bucket
  bucket_prefix       = var.bucket_prefix
  force_destroy       = var.force_destroy
  object_lock_enabled = var.object_lock_enabled
}

resource "aws_s3_bucket_public_access_block" "this" {
  count = var.create_bucket && var.attach_public_policy ? 1 : 0

  region                  = var.region
  bucket                  = aws_s3_bucket.this[0].id
  block_public_acls       = var.block_public_acls
  block_public_policy     = var.block_public_policy
  ignore_public_acls      = var.ignore_public_acls
  restrict_public_buckets = var.restrict_public_buckets
}

data "aws_iam_policy_document" "combined" {
  count = var.create_bucket && local.has_policy ? 1 : 0

  # The policy that is given may name the bucket by placeholders.
  source_policy_documents = var.attach_policy ? [replace(replace(var.policy, "_S3_BUCKET_ID_", aws_s3_bucket.this[0].id), "_S3_BUCKET_ARN_", aws_s3_bucket.this[0].arn)] : []

  dynamic "statement" {
    for_each = [for denial in values(local.denials) : denial if denial.on]
    content {
      sid       = statement.value.sid
      effect    = "Deny"
      actions   = statement.value.all ? ["s3:*"] : ["s3:PutObject"]
      resources = statement.value.all ? [aws_s3_bucket.this[0].arn, "${aws_s3_bucket.this[0].arn}/*"] : ["${aws_s3_bucket.this[0].arn}/*"]
      principals {
        type        = "*"
        identifiers = ["*"]
      }
      condition {
        test     = statement.value.test
        variable = statement.value.key
        values   = statement.value.values
      }
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  count = var.create_bucket && local.has_policy ? 1 : 0

  region = var.region
  bucket = aws_s3_bucket.this[0].id
  policy = data.aws_iam_policy_document.combined[0].json
}

resource "aws_s3_bucket_acl" "this" {
  count = var.create_bucket && local.use_acl ? 1 : 0

  region = var.region
  bucket = aws_s3_bucket.this[0].id
  acl    = var.acl == "null" ? null : var.acl

  dynamic "access_control_policy" {
    for_each = length(var.grant) > 0 ? [var.grant] : []
    content {
      dynamic "grant" {
        for_each = access_control_policy.value
        content {
          permission = grant.value.permission
          grantee {
            type          = grant.value.type
            id            = try(grant.value.id, null)
            uri           = try(grant.value.uri, null)
            email_address = try(grant.value.email, null)
          }
        }
      }
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "this" {
  count = var.create_bucket && var.control_object_ownership ? 1 : 0

  region = var.region
  bucket = aws_s3_bucket.this[0].id
  rule {
    object_ownership = var.object_ownership
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count = var.create_bucket && length(var.server_side_encryption_configuration) > 0 ? 1 : 0

  region = var.region
  bucket = aws_s3_bucket.this[0].id

  dynamic "rule" {
    for_each = try(flatten([var.server_side_encryption_configuration.rule]), [])
    content {
      bucket_key_enabled = try(rule.value.bucket_key_enabled, null)
      dynamic "apply_server_side_encryption_by_default" {
        for_each = try([rule.value.apply_server_side_encryption_by_default], [])
        content {
          sse_algorithm     = apply_server_side_encryption_by_default.value.sse_algorithm
          kms_master_key_id = try(apply_server_side_encryption_by_default.value.kms_master_key_id, null)
        }
      }
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  count = var.create_bucket && length(var.versioning) > 0 ? 1 : 0

  region = var.region
  bucket = aws_s3_bucket.this[0].id
  versioning_configuration {
    status     = try(tobool(var.versioning.enabled), tobool(var.versioning.status), lower(var.versioning.status) == "enabled", true) ? "Enabled" : "Suspended"
    mfa_delete = try(tobool(var.versioning.mfa_delete) ? "Enabled" : "Disabled", title(lower(var.versioning.mfa_delete)), null)
  }
}

resource "aws_s3_bucket_logging" "this" {
  count = var.create_bucket && length(var.logging) > 0 ? 1 : 0

  region        = var.region
  bucket        = aws_s3_bucket.this[0].id
  target_bucket = var.logging.target_bucket
  target_prefix = try(var.logging.target_prefix, null)
}

output "s3_bucket_id" { value = try(aws_s3_bucket.this[0].id, "") }
output "s3_bucket_arn" { value = try(aws_s3_bucket.this[0].arn, "") }
output "s3_bucket_bucket_domain_name" { value = try(aws_s3_bucket.this[0].bucket_domain_name, "") }
output "s3_bucket_bucket_regional_domain_name" { value = try(aws_s3_bucket.this[0].bucket_regional_domain_name, "") }
output "s3_bucket_hosted_zone_id" { value = try(aws_s3_bucket.this[0].hosted_zone_id, "") }
output "s3_bucket_policy" { value = try(aws_s3_bucket_policy.this[0].policy, "") }
output "s3_bucket_region" { value = try(aws_s3_bucket.this[0].region, "") }
output "s3_bucket_tags" { value = var.tags }
