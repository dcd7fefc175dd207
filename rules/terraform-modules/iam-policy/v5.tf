# Our own summary of the iam-policy submodule of terraform-aws-modules/iam/aws, from the documentation of version 5.60: one policy.
# Left out: nothing that decides access.

variable "create_policy" { default = true }
variable "name" { default = null }
variable "name_prefix" { default = null }
variable "path" { default = "/" }
variable "description" { default = "IAM Policy" }
variable "policy" { default = "" }

# Without effect on what we look at.
variable "tags" { default = {} }

resource "aws_iam_policy" "policy" {
  count = var.create_policy ? 1 : 0

  name        = var.name
  name_prefix = var.name_prefix
  path        = var.path
  description = var.description
  policy      = var.policy
}

output "id" { value = try(aws_iam_policy.policy[0].id, "") }
output "arn" { value = try(aws_iam_policy.policy[0].arn, "") }
output "name" { value = try(aws_iam_policy.policy[0].name, "") }
output "path" { value = try(aws_iam_policy.policy[0].path, "") }
output "description" { value = try(aws_iam_policy.policy[0].description, "") }
output "policy" { value = try(aws_iam_policy.policy[0].policy, "") }
