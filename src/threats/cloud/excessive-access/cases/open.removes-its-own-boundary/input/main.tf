provider "aws" {
  region = "eu-west-1"
 allowed_account_ids = ["111122223333"]
}
resource "aws_iam_policy" "b" {
  name = "b"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:*","iam:DeleteUserPermissionsBoundary"], Resource = "*" }] })
}
resource "aws_iam_user" "bob" {
  name = "bob"
  permissions_boundary = aws_iam_policy.b.arn
}
resource "aws_iam_access_key" "bob" {
  user = aws_iam_user.bob.name
}
resource "aws_iam_user_policy" "p" {
  name = "p"
  user = aws_iam_user.bob.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
