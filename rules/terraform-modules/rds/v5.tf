# Version 5.9 of terraform-aws-modules/rds/aws: a password is made up unless that is switched off; it stands in the state.

variable "password" {
  default   = null
  sensitive = true
}
variable "create_random_password" { default = true }
variable "random_password_length" { default = 16 }

resource "random_password" "master_password" {
  count = var.create_db_instance && var.create_random_password ? 1 : 0

  length  = var.random_password_length
  special = false
}

locals {
  password    = var.create_db_instance && var.create_random_password ? random_password.master_password[0].result : var.password
  password_wo = null
  managed     = null
  managed_key = null
}

output "db_instance_password" {
  value     = local.password
  sensitive = true
}
