resource "aws_organizations_organization" "this" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "workloads"
  parent_id = aws_organizations_organization.this.roots[0].id
}

resource "aws_organizations_account" "production" {
  name      = "production"
  email     = "production@example.com"
  parent_id = aws_organizations_organizational_unit.workloads.id
}

locals {
  policies = {
    audit   = { targets = [local.root], content = templatefile("${path.module}/policies/guardrails.json", { region = "eu-west-1" }) }
  }
  root = aws_organizations_organization.this.roots[0].id
}

module "policy" {
  source   = "./policy"
  for_each = local.policies

  name    = each.key
  targets = each.value.targets
  content = each.value.content
}
