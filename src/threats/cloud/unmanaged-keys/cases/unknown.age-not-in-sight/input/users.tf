locals {
  users = toset(["alice"])
}

resource "aws_iam_user" "this" {
  for_each = local.users

  name = each.key
}

resource "aws_iam_access_key" "this" {
  for_each = local.users

  user    = aws_iam_user.this[each.key].name
  pgp_key = file("${path.module}/keys/${each.key}.pgp.b64")
}
