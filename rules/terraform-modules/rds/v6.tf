# Version 6.13 of terraform-aws-modules/rds/aws: RDS keeps the password in Secrets Manager unless that is switched off.

variable "password" {
  default   = null
  sensitive = true
}
variable "manage_master_user_password" { default = true }
variable "master_user_secret_kms_key_id" { default = null }

# Without effect on what we look at.
variable "dedicated_log_volume" { default = false }

locals {
  password    = var.manage_master_user_password ? null : var.password
  password_wo = null
  managed     = var.manage_master_user_password ? true : null
  managed_key = var.manage_master_user_password ? var.master_user_secret_kms_key_id : null
}

output "db_instance_master_user_secret_arn" { value = module.db_instance.db_instance_master_user_secret_arn }
