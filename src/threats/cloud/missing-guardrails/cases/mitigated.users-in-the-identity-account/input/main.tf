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

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  alias  = "identity"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::${aws_organizations_account.identity.id}:role/OrganizationAccountAccessRole"
  }
}

resource "aws_organizations_account" "identity" {
  name  = "identity"
  email = "identity@example.com"
}

module "people" {
  source = "./people"
  names  = toset(["alice", "bob"])

  providers = {
    aws = aws.identity
  }
}

resource "aws_organizations_policy" "guardrails" {
  name    = "guardrails"
  content = jsonencode({Version = "2012-10-17", Statement = [{"Effect" = "Deny", "Action" = ["iam:CreateUser", "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile", "iam:CreateServiceSpecificCredential"], "Resource" = "*"}]})
}

resource "aws_organizations_policy_attachment" "guardrails" {
  policy_id = aws_organizations_policy.guardrails.id
  target_id = aws_organizations_organizational_unit.workloads.id
}
