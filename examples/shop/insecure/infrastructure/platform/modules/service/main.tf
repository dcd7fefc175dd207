resource "aws_ecr_repository" "this" {
  name                 = "shop/${var.name}"
  image_tag_mutability = "MUTABLE"
}

resource "aws_secretsmanager_secret" "this" {
  for_each = toset(var.secrets)

  name       = "shop/${var.environment}/${var.name}/${each.value}"
  kms_key_id = var.kms_key_arn
}

module "role" {
  source = "./modules/workload-role"

  name         = "shop-${var.name}"
  namespace    = var.namespace
  account_name = var.name
  secret_arns  = [for secret in aws_secretsmanager_secret.this : secret.arn]
  kms_key_arn  = var.kms_key_arn
  provider_arn = var.provider_arn
  issuer       = var.issuer
}
