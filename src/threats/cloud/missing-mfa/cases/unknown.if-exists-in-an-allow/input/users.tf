resource "aws_iam_user" "alice" {
  name = "alice"
}

data "aws_iam_policy_document" "operate" {
  statement {
    actions   = ["ec2:*", "rds:*"]
    resources = ["*"]

    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

resource "aws_iam_user_policy" "operate" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.operate.json
}
