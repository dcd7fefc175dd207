locals {
  groups = {
    developers = ["arn:aws:iam::${var.accounts.dev}:role/developer", "arn:aws:iam::${var.accounts.prod}:role/developer"]
    platform   = ["arn:aws:iam::${var.accounts.prod}:role/platform"]
  }
}

resource "aws_iam_user" "this" {
  for_each = var.users

  name          = each.key
  force_destroy = true
}

resource "aws_iam_user_login_profile" "this" {
  for_each = var.users

  user                    = aws_iam_user.this[each.key].name
  password_reset_required = false
}

resource "aws_iam_access_key" "this" {
  for_each = var.users

  user = aws_iam_user.this[each.key].name
}

resource "aws_iam_user" "ci" {
  provider = aws.prod

  name = "ci"
}

resource "aws_iam_access_key" "ci" {
  provider = aws.prod

  user = aws_iam_user.ci.name
}

resource "aws_iam_user_policy_attachment" "ci" {
  provider = aws.prod

  user       = aws_iam_user.ci.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.this["alice"].name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
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
    sid       = "Assume"
    actions   = ["sts:AssumeRole"]
    resources = each.value

    condition {
      test     = "BoolIfExists"
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

data "aws_iam_policy_document" "own_user" {
  statement {
    actions   = ["iam:*"]
    resources = ["arn:aws:iam::${var.accounts.identity}:user/$${aws:username}"]
  }
}

resource "aws_iam_group_policy" "own_user" {
  for_each = local.groups

  name   = "own-user"
  group  = aws_iam_group.this[each.key].name
  policy = data.aws_iam_policy_document.own_user.json
}
