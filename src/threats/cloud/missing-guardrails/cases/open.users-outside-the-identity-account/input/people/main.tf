variable "names" {
  type = set(string)
}

resource "aws_iam_user" "this" {
  for_each = var.names
  name     = each.value
}
