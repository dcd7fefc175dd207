# Our own summary of terraform-aws-modules/ecr/aws, from the documentation of versions 1.7, 2.4 and 3.2: the repository, its settings and its policy.
# Left out: pull through cache rules, replication, filters of the scanning rules; the lifecycle policy is a text that nobody reads here.

variable "create" { default = true }
variable "region" { default = null }
variable "create_repository" { default = true }
variable "repository_type" { default = "private" }
variable "repository_name" { default = "" }
variable "repository_image_tag_mutability" { default = "IMMUTABLE" }
variable "repository_image_tag_mutability_exclusion_filter" { default = null }
variable "repository_encryption_type" { default = null }
variable "repository_kms_key" { default = null }
variable "repository_image_scan_on_push" { default = true }
variable "repository_force_delete" { default = null }
variable "attach_repository_policy" { default = true }
variable "create_repository_policy" { default = true }
variable "repository_policy" { default = null }
variable "repository_read_access_arns" { default = [] }
variable "repository_read_write_access_arns" { default = [] }
variable "repository_lambda_read_access_arns" { default = [] }
variable "repository_policy_statements" { default = null }
variable "create_lifecycle_policy" { default = true }
variable "repository_lifecycle_policy" { default = "" }
variable "create_registry_policy" { default = false }
variable "registry_policy" { default = null }
variable "manage_registry_scanning_configuration" { default = false }
variable "registry_scan_type" { default = "ENHANCED" }

# Without effect on what we look at.
variable "tags" { default = {} }
variable "public_repository_catalog_data" { default = null }
variable "registry_scan_rules" { default = null }

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  any     = var.create && var.create_repository
  private = local.any && var.repository_type == "private"
  public  = local.any && var.repository_type == "public"
  account = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
  policy  = var.create_repository_policy ? data.aws_iam_policy_document.repository[0].json : var.repository_policy
}

data "aws_iam_policy_document" "repository" {
  count = local.any && var.create_repository_policy ? 1 : 0

  dynamic "statement" {
    for_each = local.private ? [coalescelist(concat(var.repository_read_access_arns, var.repository_read_write_access_arns), [local.account])] : []
    content {
      sid     = "PrivateReadOnly"
      actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImageScanFindings", "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer", "ecr:GetLifecyclePolicy", "ecr:GetLifecyclePolicyPreview", "ecr:GetRepositoryPolicy", "ecr:ListImages", "ecr:ListTagsForResource"]
      principals {
        type        = "AWS"
        identifiers = statement.value
      }
    }
  }

  dynamic "statement" {
    for_each = local.public ? [coalescelist(var.repository_read_access_arns, ["*"])] : []
    content {
      sid     = "PublicReadOnly"
      actions = ["ecr-public:BatchGetImage", "ecr-public:GetDownloadUrlForLayer"]
      principals {
        type        = "AWS"
        identifiers = statement.value
      }
    }
  }

  dynamic "statement" {
    for_each = local.private && length(var.repository_lambda_read_access_arns) > 0 ? [var.repository_lambda_read_access_arns] : []
    content {
      sid     = "PrivateLambdaReadOnly"
      actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      principals {
        type        = "Service"
        identifiers = ["lambda.amazonaws.com"]
      }
      condition {
        test     = "StringLike"
        variable = "aws:sourceArn"
        values   = statement.value
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.repository_read_write_access_arns) > 0 ? [var.repository_read_write_access_arns] : []
    content {
      sid     = "ReadWrite"
      actions = concat([for action in ["CompleteLayerUpload", "InitiateLayerUpload", "PutImage", "UploadLayerPart"] : "${local.public ? "ecr-public" : "ecr"}:${action}"], local.public ? ["ecr-public:BatchCheckLayerAvailability"] : [])
      principals {
        type        = "AWS"
        identifiers = statement.value
      }
    }
  }

  dynamic "statement" {
    for_each = var.repository_policy_statements == null ? {} : var.repository_policy_statements
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

resource "aws_ecr_repository" "this" {
  count = local.private ? 1 : 0

  region               = var.region
  name                 = var.repository_name
  image_tag_mutability = var.repository_image_tag_mutability
  force_delete         = var.repository_force_delete

  encryption_configuration {
    encryption_type = var.repository_encryption_type
    kms_key         = var.repository_kms_key
  }

  image_scanning_configuration {
    scan_on_push = var.repository_image_scan_on_push
  }

  dynamic "image_tag_mutability_exclusion_filter" {
    for_each = var.repository_image_tag_mutability_exclusion_filter == null ? [] : var.repository_image_tag_mutability_exclusion_filter
    content {
      filter      = image_tag_mutability_exclusion_filter.value.filter
      filter_type = image_tag_mutability_exclusion_filter.value.filter_type
    }
  }
}

resource "aws_ecr_repository_policy" "this" {
  count = local.private && var.attach_repository_policy ? 1 : 0

  region     = var.region
  repository = aws_ecr_repository.this[0].name
  policy     = local.policy
}

resource "aws_ecr_lifecycle_policy" "this" {
  count = local.private && var.create_lifecycle_policy ? 1 : 0

  region     = var.region
  repository = aws_ecr_repository.this[0].name
  policy     = var.repository_lifecycle_policy
}

resource "aws_ecrpublic_repository" "this" {
  count = local.public ? 1 : 0

  region          = var.region
  repository_name = var.repository_name
}

resource "aws_ecrpublic_repository_policy" "example" {
  count = local.public ? 1 : 0

  region          = var.region
  repository_name = aws_ecrpublic_repository.this[0].repository_name
  policy          = local.policy
}

resource "aws_ecr_registry_policy" "this" {
  count = var.create && var.create_registry_policy ? 1 : 0

  region = var.region
  policy = var.registry_policy
}

resource "aws_ecr_registry_scanning_configuration" "this" {
  count = var.create && var.manage_registry_scanning_configuration ? 1 : 0

  region    = var.region
  scan_type = var.registry_scan_type
}

output "repository_name" { value = try(aws_ecr_repository.this[0].name, aws_ecrpublic_repository.this[0].id, null) }
output "repository_arn" { value = try(aws_ecr_repository.this[0].arn, aws_ecrpublic_repository.this[0].arn, null) }
output "repository_registry_id" { value = try(aws_ecr_repository.this[0].registry_id, aws_ecrpublic_repository.this[0].registry_id, null) }
output "repository_url" { value = try(aws_ecr_repository.this[0].repository_url, aws_ecrpublic_repository.this[0].repository_uri, null) }
