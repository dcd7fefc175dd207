# Our own summary of the db_subnet_group submodule of terraform-aws-modules/rds/aws, from the documentation of version 6.13.
# Left out: nothing.

variable "create" { default = true }
variable "name" { default = "" }
variable "use_name_prefix" { default = true }
variable "subnet_ids" { default = [] }

# Without effect on what we look at.
variable "description" { default = null }
variable "tags" { default = {} }

resource "aws_db_subnet_group" "this" {
  count = var.create ? 1 : 0

  name        = var.use_name_prefix ? null : var.name
  name_prefix = var.use_name_prefix ? "${var.name}-" : null
  subnet_ids  = var.subnet_ids
}

output "db_subnet_group_id" { value = try(aws_db_subnet_group.this[0].id, null) }
output "db_subnet_group_arn" { value = try(aws_db_subnet_group.this[0].arn, null) }
