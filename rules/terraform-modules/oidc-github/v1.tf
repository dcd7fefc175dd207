# Version 1.8 of unfunco/oidc-github/aws: read-only access is attached unless it is switched off.

variable "enabled" { default = true }
variable "github_repositories" {}
variable "iam_role_name" { default = "github" }
variable "max_session_duration" { default = 3600 }
variable "force_detach_policies" { default = false }
variable "attach_admin_policy" { default = false }
variable "attach_read_only_policy" { default = true }
variable "iam_role_policy_arns" { default = [] }

locals {
  enabled              = var.enabled
  has_role             = var.enabled
  owners               = [for repository in var.github_repositories : split("/", repository)[0]]
  subjects             = [for repository in var.github_repositories : strcontains(repository, ":") ? "repo:${repository}" : "repo:${repository}:*"]
  audience             = "sts.amazonaws.com"
  claims               = "token.actions.githubusercontent.com"
  arn_suffix           = local.suffix
  attach_admin         = var.attach_admin_policy
  max_session_duration = var.max_session_duration
  force_detach         = var.force_detach_policies
}

resource "aws_iam_role_policy_attachment" "read_only" {
  count = local.has_role && var.attach_read_only_policy ? 1 : 0

  role       = aws_iam_role.github[0].id
  policy_arn = "${local.policies}/ReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "custom" {
  count = local.has_role ? length(var.iam_role_policy_arns) : 0

  role       = aws_iam_role.github[0].id
  policy_arn = var.iam_role_policy_arns[count.index]
}

output "oidc_provider_arn" { value = try(aws_iam_openid_connect_provider.github[0].arn, "") }
