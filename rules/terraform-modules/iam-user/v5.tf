# Our own summary of the iam-user submodule of terraform-aws-modules/iam/aws, from the documentation of version 5.60: the user, its password, its keys, its policies.
# Left out: the outputs that print commands for Keybase.

variable "name" {}
variable "create_user" { default = true }
variable "path" { default = "/" }
variable "permissions_boundary" { default = "" }
variable "force_destroy" { default = false }
variable "create_iam_user_login_profile" { default = true }
variable "password_length" { default = 20 }
variable "password_reset_required" { default = true }
variable "create_iam_access_key" { default = true }
variable "iam_access_key_status" { default = null }
variable "pgp_key" { default = "" }
variable "upload_iam_user_ssh_key" { default = false }
variable "ssh_key_encoding" { default = "SSH" }
variable "ssh_public_key" { default = "" }
variable "policy_arns" { default = [] }

# Without effect on what we look at.
variable "tags" { default = {} }

resource "aws_iam_user" "this" {
  count = var.create_user ? 1 : 0

  name                 = var.name
  path                 = var.path
  permissions_boundary = var.permissions_boundary
  force_destroy        = var.force_destroy
}

resource "aws_iam_user_login_profile" "this" {
  count = var.create_user && var.create_iam_user_login_profile ? 1 : 0

  user                    = aws_iam_user.this[0].name
  pgp_key                 = var.pgp_key
  password_length         = var.password_length
  password_reset_required = var.password_reset_required
}

# With a PGP key the secret is encrypted to it, without one it stands in the state.
resource "aws_iam_access_key" "this" {
  count = var.create_user && var.create_iam_access_key && var.pgp_key != "" ? 1 : 0

  user    = aws_iam_user.this[0].name
  pgp_key = var.pgp_key
  status  = var.iam_access_key_status
}

resource "aws_iam_access_key" "this_no_pgp" {
  count = var.create_user && var.create_iam_access_key && var.pgp_key == "" ? 1 : 0

  user   = aws_iam_user.this[0].name
  status = var.iam_access_key_status
}

resource "aws_iam_user_ssh_key" "this" {
  count = var.create_user && var.upload_iam_user_ssh_key ? 1 : 0

  username   = aws_iam_user.this[0].name
  encoding   = var.ssh_key_encoding
  public_key = var.ssh_public_key
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each = { for index, arn in var.policy_arns : index => arn if var.create_user }

  user       = aws_iam_user.this[0].name
  policy_arn = each.value
}

output "iam_user_name" { value = try(aws_iam_user.this[0].name, "") }
output "iam_user_arn" { value = try(aws_iam_user.this[0].arn, "") }
output "iam_user_unique_id" { value = try(aws_iam_user.this[0].unique_id, "") }
output "iam_user_login_profile_key_fingerprint" { value = try(aws_iam_user_login_profile.this[0].key_fingerprint, "") }
output "iam_user_login_profile_encrypted_password" { value = try(aws_iam_user_login_profile.this[0].encrypted_password, "") }
output "iam_user_login_profile_password" {
  value     = try(aws_iam_user_login_profile.this[0].password, "")
  sensitive = true
}
output "iam_access_key_id" { value = try(aws_iam_access_key.this[0].id, aws_iam_access_key.this_no_pgp[0].id, "") }
output "iam_access_key_secret" {
  value     = try(aws_iam_access_key.this_no_pgp[0].secret, "")
  sensitive = true
}
output "iam_access_key_key_fingerprint" { value = try(aws_iam_access_key.this[0].key_fingerprint, "") }
output "iam_access_key_encrypted_secret" { value = try(aws_iam_access_key.this[0].encrypted_secret, "") }
output "iam_access_key_status" { value = try(aws_iam_access_key.this[0].status, aws_iam_access_key.this_no_pgp[0].status, "") }
output "pgp_key" { value = var.pgp_key }
output "policy_arns" { value = var.policy_arns }
