# Our own summary of terraform-module/github-oidc-provider/aws, from the documentation of version 2.3: the identity provider of GitHub and one role for its workflows.
# Left out: nothing that decides access. The trust has no condition on the audience, as documented.

variable "create_oidc_provider" { default = true }
variable "oidc_provider_arn" { default = null }
variable "create_oidc_role" { default = true }
variable "github_thumbprint" { default = "6938fd4d98bab03faadb97b34396831e3780aea1" }
variable "repositories" { default = [] }
variable "max_session_duration" { default = 3600 }
variable "oidc_role_attach_policies" { default = [] }
variable "role_name" { default = "github-oidc-provider-aws" }
variable "role_description" { default = "Role assumed by the GitHub OIDC provider." }

# Without effect on what we look at.
variable "tags" { default = {} }

resource "aws_iam_openid_connect_provider" "this" {
  count = var.create_oidc_provider ? 1 : 0

  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = [var.github_thumbprint]
}

data "aws_iam_policy_document" "this" {
  count = var.create_oidc_role ? 1 : 0

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [try(aws_iam_openid_connect_provider.this[0].arn, var.oidc_provider_arn)]
    }
    # A repository without a colon stands for every event in it.
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = [for repository in var.repositories : strcontains(repository, ":") ? "repo:${repository}" : "repo:${repository}:*"]
    }
  }
}

resource "aws_iam_role" "this" {
  count = var.create_oidc_role ? 1 : 0

  name                 = var.role_name
  description          = var.role_description
  max_session_duration = var.max_session_duration
  assume_role_policy   = data.aws_iam_policy_document.this[0].json
}

resource "aws_iam_role_policy_attachment" "attach" {
  count = var.create_oidc_role ? length(var.oidc_role_attach_policies) : 0

  role       = aws_iam_role.this[0].name
  policy_arn = var.oidc_role_attach_policies[count.index]
}

output "oidc_provider_arn" { value = try(aws_iam_openid_connect_provider.this[0].arn, "") }
output "oidc_role" { value = try(aws_iam_role.this[0].arn, "") }
