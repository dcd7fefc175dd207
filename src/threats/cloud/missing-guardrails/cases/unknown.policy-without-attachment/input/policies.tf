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
