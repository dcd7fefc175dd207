# Our own summary of terraform-aws-modules/rds/aws, from the documentation of versions 5.9, 6.13 and 7.2: the instance, its subnet group, its parameters. What differs stands in v5.tf, v6.tf and v7.tf.
# Left out: option groups, role associations, log groups, rotation of the managed secret, restores, imports, blue-green updates.

variable "identifier" {}
variable "create_db_instance" { default = true }
variable "instance_use_identifier_prefix" { default = false }
variable "engine" { default = null }
variable "engine_version" { default = null }
variable "instance_class" { default = null }
variable "storage_encrypted" { default = true }
variable "kms_key_id" { default = null }
variable "db_name" { default = null }
variable "username" { default = null }
variable "port" { default = null }
variable "iam_database_authentication_enabled" { default = false }
variable "vpc_security_group_ids" { default = [] }
variable "publicly_accessible" { default = false }
variable "ca_cert_identifier" { default = null }
variable "multi_az" { default = false }
variable "auto_minor_version_upgrade" { default = true }
variable "backup_retention_period" { default = null }
variable "deletion_protection" { default = false }
variable "skip_final_snapshot" { default = false }
variable "snapshot_identifier" { default = null }
variable "replicate_source_db" { default = null }
variable "enabled_cloudwatch_logs_exports" { default = [] }
variable "performance_insights_enabled" { default = false }
variable "performance_insights_kms_key_id" { default = null }

variable "create_db_subnet_group" { default = false }
variable "db_subnet_group_name" { default = null }
variable "db_subnet_group_use_name_prefix" { default = true }
variable "subnet_ids" { default = [] }

variable "create_db_parameter_group" { default = true }
variable "parameter_group_name" { default = null }
variable "parameter_group_use_name_prefix" { default = true }
variable "family" { default = null }
variable "parameters" { default = [] }

# Without effect on what we look at.
variable "tags" { default = {} }
variable "db_instance_tags" { default = {} }
variable "db_subnet_group_tags" { default = {} }
variable "db_parameter_group_tags" { default = {} }
variable "db_option_group_tags" { default = {} }
variable "db_subnet_group_description" { default = null }
variable "parameter_group_description" { default = null }
variable "allocated_storage" { default = null }
variable "max_allocated_storage" { default = 0 }
variable "storage_type" { default = null }
variable "storage_throughput" { default = null }
variable "iops" { default = null }
variable "license_model" { default = null }
variable "major_engine_version" { default = null }
variable "availability_zone" { default = null }
variable "network_type" { default = null }
variable "allow_major_version_upgrade" { default = false }
variable "apply_immediately" { default = false }
variable "maintenance_window" { default = null }
variable "backup_window" { default = null }
variable "copy_tags_to_snapshot" { default = null }
variable "final_snapshot_identifier_prefix" { default = "final" }
variable "delete_automated_backups" { default = true }
variable "create_db_option_group" { default = true }
variable "monitoring_interval" { default = 0 }
variable "create_monitoring_role" { default = false }
variable "monitoring_role_name" { default = "rds-monitoring-role" }
variable "monitoring_role_arn" { default = null }
variable "monitoring_role_description" { default = null }
variable "monitoring_role_use_name_prefix" { default = false }
variable "create_cloudwatch_log_group" { default = false }
variable "cloudwatch_log_group_retention_in_days" { default = 7 }
variable "performance_insights_retention_period" { default = 7 }
variable "timezone" { default = null }
variable "character_set_name" { default = null }
variable "timeouts" { default = {} }

module "db_subnet_group" {
  source  = "terraform-aws-modules/rds/aws//modules/db_subnet_group"
  version = "6.0"

  create          = var.create_db_subnet_group
  name            = var.db_subnet_group_name != null ? var.db_subnet_group_name : var.identifier
  use_name_prefix = var.db_subnet_group_use_name_prefix
  subnet_ids      = var.subnet_ids
}

module "db_parameter_group" {
  source  = "terraform-aws-modules/rds/aws//modules/db_parameter_group"
  version = "6.0"

  create          = var.create_db_parameter_group
  name            = var.parameter_group_name != null ? var.parameter_group_name : var.identifier
  use_name_prefix = var.parameter_group_use_name_prefix
  family          = var.family
  parameters      = var.parameters == null ? [] : var.parameters
}

module "db_instance" {
  source  = "terraform-aws-modules/rds/aws//modules/db_instance"
  version = "6.0"

  create                              = var.create_db_instance
  identifier                          = var.identifier
  use_identifier_prefix               = var.instance_use_identifier_prefix
  engine                              = var.engine
  engine_version                      = var.engine_version
  instance_class                      = var.instance_class
  storage_encrypted                   = var.storage_encrypted
  kms_key_id                          = var.kms_key_id
  db_name                             = var.db_name
  username                            = var.username
  password                            = local.password
  password_wo                         = local.password_wo
  manage_master_user_password         = local.managed
  master_user_secret_kms_key_id       = local.managed_key
  port                                = var.port
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  vpc_security_group_ids              = var.vpc_security_group_ids
  db_subnet_group_name                = var.create_db_subnet_group ? module.db_subnet_group.db_subnet_group_id : var.db_subnet_group_name
  parameter_group_name                = var.create_db_parameter_group ? module.db_parameter_group.db_parameter_group_id : var.parameter_group_name
  publicly_accessible                 = var.publicly_accessible
  ca_cert_identifier                  = var.ca_cert_identifier
  multi_az                            = var.multi_az
  auto_minor_version_upgrade          = var.auto_minor_version_upgrade
  backup_retention_period             = var.backup_retention_period
  deletion_protection                 = var.deletion_protection
  skip_final_snapshot                 = var.skip_final_snapshot
  snapshot_identifier                 = var.snapshot_identifier
  replicate_source_db                 = var.replicate_source_db
  enabled_cloudwatch_logs_exports     = var.enabled_cloudwatch_logs_exports
  performance_insights_enabled        = var.performance_insights_enabled
  performance_insights_kms_key_id     = var.performance_insights_kms_key_id
}

output "db_instance_address" { value = module.db_instance.db_instance_address }
output "db_instance_arn" { value = module.db_instance.db_instance_arn }
output "db_instance_endpoint" { value = module.db_instance.db_instance_endpoint }
output "db_instance_engine" { value = module.db_instance.db_instance_engine }
output "db_instance_identifier" { value = module.db_instance.db_instance_identifier }
output "db_instance_name" { value = module.db_instance.db_instance_name }
output "db_instance_username" {
  value     = module.db_instance.db_instance_username
  sensitive = true
}
output "db_instance_port" { value = module.db_instance.db_instance_port }
output "db_instance_resource_id" { value = module.db_instance.db_instance_resource_id }
output "db_instance_status" { value = module.db_instance.db_instance_status }
output "db_instance_availability_zone" { value = module.db_instance.db_instance_availability_zone }
output "db_instance_hosted_zone_id" { value = module.db_instance.db_instance_hosted_zone_id }
output "db_subnet_group_id" { value = module.db_subnet_group.db_subnet_group_id }
output "db_subnet_group_arn" { value = module.db_subnet_group.db_subnet_group_arn }
output "db_parameter_group_id" { value = module.db_parameter_group.db_parameter_group_id }
output "db_parameter_group_arn" { value = module.db_parameter_group.db_parameter_group_arn }
