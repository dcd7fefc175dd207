resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_access_key" "alice" {
  user   = aws_iam_user.alice.name
  status = "Inactive"
}
