variable "role" {
  type = string
}

variable "secret_arns" {
  type = list(string)
}

variable "kms_key_arn" {
  type = string
}

data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["secretsmanager:*"]
    resources = ["*"]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = [var.kms_key_arn]
  }
}

resource "aws_iam_role_policy" "this" {
  name   = "read-secrets"
  role   = var.role
  policy = data.aws_iam_policy_document.this.json
}
