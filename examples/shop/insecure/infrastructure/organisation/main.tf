terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = var.region
}

resource "aws_organizations_organization" "shop" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "workloads"
  parent_id = aws_organizations_organization.shop.roots[0].id
}

locals {
  root = aws_organizations_organization.shop.roots[0].id

  accounts = {
    identity = { email = "aws-identity@example.com", parent = local.root }
    prod     = { email = "aws-prod@example.com", parent = aws_organizations_organizational_unit.workloads.id }
    dev      = { email = "aws-dev@example.com", parent = aws_organizations_organizational_unit.workloads.id }
  }
}

resource "aws_organizations_account" "this" {
  for_each = local.accounts

  name      = each.key
  email     = each.value.email
  parent_id = each.value.parent

  lifecycle {
    prevent_destroy = true
  }
}
