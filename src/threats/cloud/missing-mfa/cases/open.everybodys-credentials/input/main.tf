provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_access_key" "alice" {
  user = aws_iam_user.alice.name
}

data "aws_iam_policy_document" "own" {
  statement {
    effect    = "Allow"
    actions   = ["iam:CreateAccessKey"]
    resources = ["arn:aws:iam::111122223333:user/*"]
  }
}

resource "aws_iam_user_policy" "own" {
  name   = "own"
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.own.json
}
