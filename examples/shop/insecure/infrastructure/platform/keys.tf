locals {
  keys = {
    secrets = "Secrets Manager"
  }
}

resource "aws_kms_key" "this" {
  for_each = local.keys

  description             = each.value
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "this" {
  for_each = local.keys

  name          = "alias/${local.name}-${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}
