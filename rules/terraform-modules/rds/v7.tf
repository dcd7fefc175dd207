# Version 7.2 of terraform-aws-modules/rds/aws: RDS keeps the password in Secrets Manager, or it is given write-only and never stands in the state.

variable "region" { default = null }
variable "password_wo" {
  default   = null
  sensitive = true
}
variable "password_wo_version" { default = null }
variable "manage_master_user_password" { default = true }
variable "master_user_secret_kms_key_id" { default = null }

# Without effect on what we look at.
variable "dedicated_log_volume" { default = false }

locals {
  password    = null
  password_wo = var.manage_master_user_password ? null : var.password_wo
  managed     = var.manage_master_user_password ? true : null
  managed_key = var.manage_master_user_password ? var.master_user_secret_kms_key_id : null
}

output "db_instance_master_user_secret_arn" { value = module.db_instance.db_instance_master_user_secret_arn }
