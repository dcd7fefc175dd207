provider "aws" {
  region = "eu-west-1"
 allowed_account_ids = ["111122223333"]
}
resource "aws_iam_user" "bob" {
  name = "bob"
}
resource "aws_iam_access_key" "bob" {
  user = aws_iam_user.bob.name
}
variable "who" {}
resource "aws_iam_user_policy_attachment" "r" {
  user = var.who
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
