locals {
  users = toset(["alice"])
}

resource "aws_iam_user" "this" {
  for_each = local.users

  name = each.key
}

resource "time_rotating" "keys" {
  rotation_days = 60
}

resource "time_static" "keys" {
  rfc3339 = time_rotating.keys.rfc3339
}

resource "aws_iam_access_key" "this" {
  for_each = local.users

  user    = aws_iam_user.this[each.key].name
  pgp_key = file("${path.module}/keys/${each.key}.pgp.b64")

  lifecycle {
    replace_triggered_by = [time_static.keys]
  }
}
