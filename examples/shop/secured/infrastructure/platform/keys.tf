locals {
  keys = {
    cluster = "Kubernetes secrets"
    secrets = "Secrets Manager"
    storage = "Volumes and databases"
  }
}

resource "aws_kms_key" "this" {
  for_each = local.keys

  description             = each.value
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "this" {
  for_each = local.keys

  name          = "alias/${local.name}-${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}

resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}
