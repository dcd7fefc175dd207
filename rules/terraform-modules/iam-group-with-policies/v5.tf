# Our own summary of the iam-group-with-policies submodule of terraform-aws-modules/iam/aws, from the documentation of version 5.60: the group, its members, its policies.
# Left out: nothing that decides access; the statements of self-management are those of AWS's own example policy, without their identifiers.

variable "create_group" { default = true }
variable "name" { default = "" }
variable "path" { default = "/" }
variable "group_users" { default = [] }
variable "custom_group_policy_arns" { default = [] }
variable "custom_group_policies" { default = [] }
variable "attach_iam_self_management_policy" { default = true }
variable "iam_self_management_policy_name_prefix" { default = "IAMSelfManagement-" }
variable "enable_mfa_enforcement" { default = true }
variable "aws_account_id" { default = "" }

# Without effect on what we look at.
variable "tags" { default = {} }

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  account   = var.aws_account_id != "" ? var.aws_account_id : data.aws_caller_identity.current.account_id
  iam       = "arn:${data.aws_partition.current.partition}:iam::${local.account}"
  own_user  = ["${local.iam}:user/$${aws:username}", "${local.iam}:user/*/$${aws:username}"]
  the_group = var.create_group ? aws_iam_group.this[0].name : var.name
}

resource "aws_iam_group" "this" {
  count = var.create_group ? 1 : 0

  name = var.name
  path = var.path
}

resource "aws_iam_group_membership" "this" {
  count = length(var.group_users) > 0 ? 1 : 0

  name  = var.name
  group = local.the_group
  users = var.group_users
}

data "aws_iam_policy_document" "iam_self_management" {
  statement {
    actions   = ["iam:GetAccountPasswordPolicy", "iam:GetAccountSummary", "iam:ListAccountAliases", "iam:ListVirtualMFADevices"]
    resources = ["*"]
  }
  statement {
    actions = [
      "iam:ChangePassword", "iam:GetLoginProfile", "iam:GetUser", "iam:UpdateLoginProfile",
      "iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:GetAccessKeyLastUsed", "iam:ListAccessKeys", "iam:UpdateAccessKey",
      "iam:ListUserTags", "iam:TagUser", "iam:UntagUser",
      "iam:DeleteSigningCertificate", "iam:ListSigningCertificates", "iam:UpdateSigningCertificate", "iam:UploadSigningCertificate",
      "iam:DeleteSSHPublicKey", "iam:GetSSHPublicKey", "iam:ListSSHPublicKeys", "iam:UpdateSSHPublicKey", "iam:UploadSSHPublicKey",
      "iam:CreateServiceSpecificCredential", "iam:DeleteServiceSpecificCredential", "iam:ListServiceSpecificCredentials",
      "iam:ResetServiceSpecificCredential", "iam:UpdateServiceSpecificCredential",
      "iam:DeactivateMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "iam:ResyncMFADevice",
    ]
    resources = local.own_user
  }
  statement {
    actions   = ["iam:CreateVirtualMFADevice"]
    resources = ["${local.iam}:mfa/*"]
  }
  dynamic "statement" {
    for_each = var.enable_mfa_enforcement ? [1] : []
    content {
      sid         = "DenyAllExceptListedIfNoMFA"
      effect      = "Deny"
      not_actions = ["iam:ChangePassword", "iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetMFADevice", "iam:GetUser", "iam:ListMFADevices", "iam:ListVirtualMFADevices", "iam:ResyncMFADevice", "sts:GetSessionToken"]
      resources   = ["*"]
      condition {
        test     = "BoolIfExists"
        variable = "aws:MultiFactorAuthPresent"
        values   = ["false"]
      }
    }
  }
}

resource "aws_iam_policy" "iam_self_management" {
  count = var.attach_iam_self_management_policy ? 1 : 0

  name_prefix = var.iam_self_management_policy_name_prefix
  policy      = data.aws_iam_policy_document.iam_self_management.json
}

resource "aws_iam_group_policy_attachment" "iam_self_management" {
  count = var.attach_iam_self_management_policy ? 1 : 0

  group      = local.the_group
  policy_arn = aws_iam_policy.iam_self_management[0].arn
}

resource "aws_iam_group_policy_attachment" "custom_arns" {
  count = length(var.custom_group_policy_arns)

  group      = local.the_group
  policy_arn = var.custom_group_policy_arns[count.index]
}

resource "aws_iam_policy" "custom" {
  count = length(var.custom_group_policies)

  name   = var.custom_group_policies[count.index].name
  policy = var.custom_group_policies[count.index].policy
}

resource "aws_iam_group_policy_attachment" "custom" {
  count = length(var.custom_group_policies)

  group      = local.the_group
  policy_arn = aws_iam_policy.custom[count.index].arn
}

output "aws_account_id" { value = local.account }
output "group_arn" { value = try(aws_iam_group.this[0].arn, "") }
output "group_name" { value = try(aws_iam_group.this[0].name, var.name) }
output "group_users" { value = var.group_users }
