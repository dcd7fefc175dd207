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

data "aws_iam_policy_document" "no_users" {
  statement {
    effect    = "Deny"
    actions   = ["iam:CreateUser", "iam:CreateAccessKey"]
    resources = ["*"]
  }
}

resource "aws_organizations_policy" "no_users" {
  name    = "no-users"
  content = data.aws_iam_policy_document.no_users.json
}
