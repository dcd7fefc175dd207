# Version 3.0 of unfunco/oidc-github/aws: a repository alone means its main branch, unless default_subject says otherwise.

variable "create" { default = true }
variable "create_iam_role" { default = true }
variable "github_subjects" { default = [] }
variable "default_subject" { default = "ref:refs/heads/main" }
variable "iam_role_name" { default = "GitHubActions" }
variable "iam_role_max_session_duration" { default = 3600 }
variable "iam_role_force_detach_policies" { default = false }
variable "dangerously_attach_admin_policy" { default = false }
variable "iam_role_policy_names" { default = [] }

# Without effect on what we look at.
variable "iam_role_description" { default = null }
variable "iam_role_tags" { default = {} }
variable "oidc_provider_tags" { default = {} }

locals {
  enabled              = var.create && length(var.github_subjects) > 0
  has_role             = local.enabled && var.create_iam_role
  owners               = [for subject in var.github_subjects : split("@", split("/", subject)[0])[0]]
  subjects             = [for subject in var.github_subjects : strcontains(subject, ":") ? "repo:${subject}" : "repo:${subject}:${trimspace(var.default_subject)}"]
  audience             = "sts.${data.aws_partition.this.dns_suffix}"
  claims               = trimprefix(local.url, "https://")
  arn_suffix           = ""
  attach_admin         = var.dangerously_attach_admin_policy
  max_session_duration = var.iam_role_max_session_duration
  force_detach         = var.iam_role_force_detach_policies
}

resource "aws_iam_role_policy_attachment" "custom" {
  for_each = toset([for name in var.iam_role_policy_names : "${local.policies}/${name}" if local.has_role])

  role       = aws_iam_role.github[0].id
  policy_arn = each.value
}

output "assume_role_policy" { value = try(data.aws_iam_policy_document.assume_role[0].json, "") }
output "oidc_provider_arn" { value = local.provider_arn }
output "oidc_provider_url" { value = local.url }
