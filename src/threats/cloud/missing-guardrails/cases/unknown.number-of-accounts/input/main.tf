resource "aws_organizations_organization" "this" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

variable "accounts" {
  type = set(string)
}

resource "aws_organizations_account" "this" {
  for_each = var.accounts
  name     = each.key
  email    = "${each.key}@example.com"
}

resource "aws_organizations_policy" "guardrails" {
  name    = "guardrails"
  content = file("${path.module}/policies/guardrails.json")
}

resource "aws_organizations_policy_attachment" "guardrails" {
  policy_id = aws_organizations_policy.guardrails.id
  target_id = aws_organizations_organization.this.roots[0].id
}
