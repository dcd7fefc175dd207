# Our own summary of the db_parameter_group submodule of terraform-aws-modules/rds/aws, from the documentation of version 6.13.
# Left out: nothing.

variable "create" { default = true }
variable "name" { default = "" }
variable "use_name_prefix" { default = true }
variable "family" { default = null }
variable "parameters" { default = [] }

# Without effect on what we look at.
variable "description" { default = null }
variable "skip_destroy" { default = null }
variable "tags" { default = {} }

resource "aws_db_parameter_group" "this" {
  count = var.create ? 1 : 0

  name        = var.use_name_prefix ? null : var.name
  name_prefix = var.use_name_prefix ? "${var.name}-" : null
  family      = var.family

  dynamic "parameter" {
    for_each = var.parameters
    content {
      name         = parameter.value.name
      value        = parameter.value.value
      apply_method = try(parameter.value.apply_method, null)
    }
  }
}

output "db_parameter_group_id" { value = try(aws_db_parameter_group.this[0].id, null) }
output "db_parameter_group_arn" { value = try(aws_db_parameter_group.this[0].arn, null) }
