# Our own summary of the iam-account submodule of terraform-aws-modules/iam/aws, from the documentation of version 5.60: alias and password policy of an account.
# Left out: the identity of the caller, which only an apply knows.

variable "account_alias" {}
variable "create_account_password_policy" { default = true }
variable "max_password_age" { default = 0 }
variable "minimum_password_length" { default = 8 }
variable "allow_users_to_change_password" { default = true }
variable "hard_expiry" { default = false }
variable "password_reuse_prevention" { default = null }
variable "require_lowercase_characters" { default = true }
variable "require_uppercase_characters" { default = true }
variable "require_numbers" { default = true }
variable "require_symbols" { default = true }

# Without effect on what we look at.
variable "get_caller_identity" { default = true }

data "aws_caller_identity" "this" {
  count = var.get_caller_identity ? 1 : 0
}

resource "aws_iam_account_alias" "this" {
  account_alias = var.account_alias
}

resource "aws_iam_account_password_policy" "this" {
  count = var.create_account_password_policy ? 1 : 0

  minimum_password_length        = var.minimum_password_length
  max_password_age               = var.max_password_age
  password_reuse_prevention      = var.password_reuse_prevention
  hard_expiry                    = var.hard_expiry
  allow_users_to_change_password = var.allow_users_to_change_password
  require_lowercase_characters   = var.require_lowercase_characters
  require_uppercase_characters   = var.require_uppercase_characters
  require_numbers                = var.require_numbers
  require_symbols                = var.require_symbols
}

output "caller_identity_account_id" { value = try(data.aws_caller_identity.this[0].account_id, "") }
output "caller_identity_arn" { value = try(data.aws_caller_identity.this[0].arn, "") }
output "caller_identity_user_id" { value = try(data.aws_caller_identity.this[0].user_id, "") }
output "iam_account_password_policy_expire_passwords" { value = try(aws_iam_account_password_policy.this[0].expire_passwords, "") }
