# Our own summary of unfunco/oidc-github/aws, from the documentation of versions 1.8, 2.0 and 3.0: the identity provider of GitHub and one role for its workflows. What differs stands in v1.tf, v2.tf and v3.tf.
# Left out: the thumbprints of the certificate, which only a plan reads.

variable "create_oidc_provider" { default = true }
variable "additional_audiences" { default = null }
variable "enterprise_slug" { default = "" }
variable "iam_role_path" { default = "/" }
variable "iam_role_permissions_boundary" { default = "" }
variable "iam_role_inline_policies" { default = {} }

# Without effect on what we look at.
variable "additional_thumbprints" { default = [] }
variable "tags" { default = {} }

data "aws_partition" "this" {}

locals {
  suffix       = var.enterprise_slug == "" ? "" : "/${var.enterprise_slug}"
  url          = "https://token.actions.githubusercontent.com${local.suffix}"
  has_provider = local.enabled && var.create_oidc_provider
  provider_arn = local.has_provider ? aws_iam_openid_connect_provider.github[0].arn : data.aws_iam_openid_connect_provider.github[0].arn
  policies     = "arn:${data.aws_partition.this.partition}:iam::aws:policy"
}

data "aws_iam_openid_connect_provider" "github" {
  count = local.has_provider ? 0 : 1

  url = local.url
}

resource "aws_iam_openid_connect_provider" "github" {
  count = local.has_provider ? 1 : 0

  url            = local.url
  client_id_list = concat([for owner in toset(local.owners) : "https://github.com/${owner}"], [local.audience])
}

data "aws_iam_policy_document" "assume_role" {
  count = local.enabled ? 1 : 0

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["${local.provider_arn}${local.arn_suffix}"]
    }
    condition {
      test     = "StringLike"
      variable = "${local.claims}:sub"
      values   = local.subjects
    }
    condition {
      test     = "StringEquals"
      variable = "${local.claims}:aud"
      values   = concat([local.audience], var.additional_audiences == null ? [] : var.additional_audiences)
    }
  }
}

resource "aws_iam_role" "github" {
  count = local.has_role ? 1 : 0

  name                  = var.iam_role_name
  path                  = var.iam_role_path
  permissions_boundary  = var.iam_role_permissions_boundary
  max_session_duration  = local.max_session_duration
  force_detach_policies = local.force_detach
  assume_role_policy    = data.aws_iam_policy_document.assume_role[0].json
}

resource "aws_iam_role_policy" "inline_policies" {
  for_each = { for name, policy in var.iam_role_inline_policies : name => policy if local.has_role }

  name   = each.key
  policy = each.value
  role   = aws_iam_role.github[0].id
}

resource "aws_iam_role_policy_attachment" "admin" {
  count = local.has_role && local.attach_admin ? 1 : 0

  role       = aws_iam_role.github[0].id
  policy_arn = "${local.policies}/AdministratorAccess"
}

output "iam_role_arn" { value = try(aws_iam_role.github[0].arn, "") }
output "iam_role_name" { value = try(aws_iam_role.github[0].name, "") }
