# Version 2.0 of unfunco/oidc-github/aws: switches for some policies of AWS.

variable "create" { default = true }
variable "create_iam_role" { default = true }
variable "github_repositories" { default = [] }
variable "iam_role_name" { default = "GitHubActions" }
variable "iam_role_max_session_duration" { default = 3600 }
variable "iam_role_force_detach_policies" { default = false }
variable "dangerously_attach_admin_policy" { default = false }
variable "attach_read_only_policy" { default = false }
variable "attach_ec2_full_access_policy" { default = false }
variable "attach_lambda_full_access_policy" { default = false }
variable "attach_rds_full_access_policy" { default = false }
variable "attach_s3_full_access_policy" { default = false }
variable "iam_role_policy_arns" { default = [] }

# Without effect on what we look at.
variable "iam_role_description" { default = null }
variable "iam_role_tags" { default = {} }
variable "oidc_provider_tags" { default = {} }

locals {
  enabled              = var.create && length(var.github_repositories) > 0
  has_role             = local.enabled && var.create_iam_role
  owners               = [for repository in var.github_repositories : split("/", repository)[0]]
  subjects             = [for repository in var.github_repositories : strcontains(repository, ":") ? "repo:${repository}" : "repo:${repository}:*"]
  audience             = "sts.${data.aws_partition.this.dns_suffix}"
  claims               = "token.actions.githubusercontent.com"
  arn_suffix           = local.suffix
  attach_admin         = var.dangerously_attach_admin_policy
  max_session_duration = var.iam_role_max_session_duration
  force_detach         = var.iam_role_force_detach_policies
}

resource "aws_iam_role_policy_attachment" "read_only" {
  count = local.has_role && var.attach_read_only_policy ? 1 : 0

  role       = aws_iam_role.github[0].id
  policy_arn = "${local.policies}/ReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "ec2_full_access" {
  count = local.has_role && var.attach_ec2_full_access_policy ? 1 : 0

  role       = aws_iam_role.github[0].id
  policy_arn = "${local.policies}/AmazonEC2FullAccess"
}

resource "aws_iam_role_policy_attachment" "lambda_full_access" {
  count = local.has_role && var.attach_lambda_full_access_policy ? 1 : 0

  role       = aws_iam_role.github[0].id
  policy_arn = "${local.policies}/AWSLambda_FullAccess"
}

resource "aws_iam_role_policy_attachment" "rds_full_access" {
  count = local.has_role && var.attach_rds_full_access_policy ? 1 : 0

  role       = aws_iam_role.github[0].id
  policy_arn = "${local.policies}/AmazonRDSFullAccess"
}

resource "aws_iam_role_policy_attachment" "s3_full_access" {
  count = local.has_role && var.attach_s3_full_access_policy ? 1 : 0

  role       = aws_iam_role.github[0].id
  policy_arn = "${local.policies}/AmazonS3FullAccess"
}

resource "aws_iam_role_policy_attachment" "custom" {
  count = local.has_role ? length(var.iam_role_policy_arns) : 0

  role       = aws_iam_role.github[0].id
  policy_arn = var.iam_role_policy_arns[count.index]
}

output "assume_role_policy" { value = try(data.aws_iam_policy_document.assume_role[0].json, "") }
output "oidc_provider_arn" { value = local.provider_arn }
output "oidc_provider_url" { value = local.url }
