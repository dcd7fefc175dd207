terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    tls = {
      source  = "hashicorp/tls"
      version = "~> 4.1"
    }
  }
}

provider "aws" {
  region = var.region

  assume_role {
    role_arn = "arn:aws:iam::${var.account}:role/OrganizationAccountAccessRole"
  }

  default_tags {
    tags = local.tags
  }
}

locals {
  name = "shop"
  tags = { product = local.name, environment = var.environment }

  services = {
    orders = {
      namespace = "orders"
      secrets   = ["db", "carrier-token"]
    }
    notifier = {
      namespace = "notifier"
      secrets   = ["db", "gateway-token"]
    }
  }
}

module "service" {
  source   = "./modules/service"
  for_each = local.services

  name         = each.key
  namespace    = each.value.namespace
  secrets      = each.value.secrets
  environment  = var.environment
  kms_key_arn  = aws_kms_key.this["secrets"].arn
  provider_arn = aws_iam_openid_connect_provider.cluster.arn
  issuer       = local.issuer
}
