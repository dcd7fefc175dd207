locals {
  groups = {
    developers = ["arn:aws:iam::${var.accounts.dev}:role/developer", "arn:aws:iam::${var.accounts.prod}:role/developer"]
    platform   = ["arn:aws:iam::${var.accounts.prod}:role/platform"]
  }
}

resource "aws_iam_account_password_policy" "this" {
  minimum_password_length        = 20
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  max_password_age               = 90
  allow_users_to_change_password = true
}

resource "aws_iam_user" "this" {
  for_each = var.users

  name          = each.key
  force_destroy = true
}

resource "aws_iam_user_login_profile" "this" {
  for_each = var.users

  user                    = aws_iam_user.this[each.key].name
  pgp_key                 = file("${path.module}/keys/${each.key}.pgp.b64")
  password_reset_required = true
}

resource "time_rotating" "keys" {
  rotation_days = 60
}

resource "time_static" "keys" {
  rfc3339 = time_rotating.keys.rfc3339
}

resource "aws_iam_access_key" "this" {
  for_each = var.users

  user    = aws_iam_user.this[each.key].name
  pgp_key = file("${path.module}/keys/${each.key}.pgp.b64")

  lifecycle {
    replace_triggered_by = [time_static.keys]
  }
}

resource "aws_iam_group" "this" {
  for_each = local.groups

  name = each.key
}

resource "aws_iam_user_group_membership" "this" {
  for_each = var.users

  user   = aws_iam_user.this[each.key].name
  groups = [for group in each.value.groups : aws_iam_group.this[group].name]
}

data "aws_iam_policy_document" "assume" {
  for_each = local.groups

  statement {
    sid       = "AssumeWithMfa"
    actions   = ["sts:AssumeRole"]
    resources = each.value

    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

resource "aws_iam_group_policy" "assume" {
  for_each = local.groups

  name   = "assume"
  group  = aws_iam_group.this[each.key].name
  policy = data.aws_iam_policy_document.assume[each.key].json
}

# The first MFA device is enrolled by the platform team, in person; users cannot enrol one with a key alone.
data "aws_iam_policy_document" "own_password" {
  statement {
    actions   = ["iam:GetUser", "iam:ListMFADevices", "iam:ChangePassword"]
    resources = ["arn:aws:iam::${var.accounts.identity}:user/$${aws:username}"]
  }

  statement {
    actions   = ["iam:GetAccountPasswordPolicy"]
    resources = ["*"]
  }
}

resource "aws_iam_group_policy" "own_password" {
  for_each = local.groups

  name   = "own-password"
  group  = aws_iam_group.this[each.key].name
  policy = data.aws_iam_policy_document.own_password.json
}
