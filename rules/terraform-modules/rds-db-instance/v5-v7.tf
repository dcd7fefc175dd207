# Our own summary of the db_instance submodule of terraform-aws-modules/rds/aws, from the documentation of version 6.13: the instance itself.
# Left out: monitoring roles, log groups, rotation of the managed secret, restores, imports, blue-green updates, sizes and windows.

variable "create" { default = true }
variable "identifier" {}
variable "use_identifier_prefix" { default = false }
variable "engine" { default = null }
variable "engine_version" { default = null }
variable "instance_class" { default = null }
variable "storage_encrypted" { default = true }
variable "kms_key_id" { default = null }
variable "db_name" { default = null }
variable "username" { default = null }
variable "password" { default = null }
variable "password_wo" { default = null }
variable "manage_master_user_password" { default = true }
variable "master_user_secret_kms_key_id" { default = null }
variable "port" { default = null }
variable "iam_database_authentication_enabled" { default = false }
variable "vpc_security_group_ids" { default = [] }
variable "db_subnet_group_name" { default = null }
variable "parameter_group_name" { default = null }
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

# Without effect on what we look at.
variable "tags" { default = {} }

locals {
  is_replica = var.replicate_source_db != null
}

resource "aws_db_instance" "this" {
  count = var.create ? 1 : 0

  identifier                          = var.use_identifier_prefix ? null : var.identifier
  identifier_prefix                   = var.use_identifier_prefix ? "${var.identifier}-" : null
  engine                              = local.is_replica ? null : var.engine
  engine_version                      = var.engine_version
  instance_class                      = var.instance_class
  storage_encrypted                   = var.storage_encrypted
  kms_key_id                          = var.kms_key_id
  db_name                             = var.db_name
  username                            = local.is_replica ? null : var.username
  password                            = local.is_replica ? null : var.password
  password_wo                         = local.is_replica ? null : var.password_wo
  manage_master_user_password         = local.is_replica ? null : var.manage_master_user_password
  master_user_secret_kms_key_id       = local.is_replica ? null : var.master_user_secret_kms_key_id
  port                                = var.port
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  vpc_security_group_ids              = var.vpc_security_group_ids
  db_subnet_group_name                = var.db_subnet_group_name
  parameter_group_name                = var.parameter_group_name
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
  performance_insights_kms_key_id     = var.performance_insights_enabled ? var.performance_insights_kms_key_id : null
}

output "db_instance_address" { value = try(aws_db_instance.this[0].address, null) }
output "db_instance_arn" { value = try(aws_db_instance.this[0].arn, null) }
output "db_instance_endpoint" { value = try(aws_db_instance.this[0].endpoint, null) }
output "db_instance_engine" { value = try(aws_db_instance.this[0].engine, null) }
output "db_instance_identifier" { value = try(aws_db_instance.this[0].identifier, null) }
output "db_instance_name" { value = try(aws_db_instance.this[0].db_name, null) }
output "db_instance_username" { value = try(aws_db_instance.this[0].username, null) }
output "db_instance_port" { value = try(aws_db_instance.this[0].port, null) }
output "db_instance_resource_id" { value = try(aws_db_instance.this[0].resource_id, null) }
output "db_instance_status" { value = try(aws_db_instance.this[0].status, null) }
output "db_instance_availability_zone" { value = try(aws_db_instance.this[0].availability_zone, null) }
output "db_instance_hosted_zone_id" { value = try(aws_db_instance.this[0].hosted_zone_id, null) }
output "db_instance_master_user_secret_arn" { value = try(aws_db_instance.this[0].master_user_secret[0].secret_arn, null) }
