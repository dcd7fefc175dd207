resource "aws_security_group" "database_client" {
  name        = "${local.name}-database-client"
  description = "Pods that have business with the database"
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_egress_rule" "database_client" {
  security_group_id = aws_security_group.database_client.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "database" {
  name        = "${local.name}-database"
  description = "The shop's database"
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  description                  = "PostgreSQL from the pods of orders and notifier"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.database_client.id
}

resource "aws_db_subnet_group" "this" {
  name       = local.name
  subnet_ids = local.subnet_ids.database
}

resource "aws_db_instance" "this" {
  identifier                    = local.name
  engine                        = "postgres"
  engine_version                = "17"
  instance_class                = "db.t4g.medium"
  allocated_storage             = 20
  db_name                       = "shop"
  username                      = "shop"
  manage_master_user_password   = true
  master_user_secret_kms_key_id = aws_kms_key.this["secrets"].key_id
  storage_encrypted             = true
  kms_key_id                    = aws_kms_key.this["storage"].arn
  db_subnet_group_name          = aws_db_subnet_group.this.name
  vpc_security_group_ids        = [aws_security_group.database.id]
  publicly_accessible           = false
  multi_az                      = true
  backup_retention_period       = 14
  deletion_protection           = true
  skip_final_snapshot           = false
  final_snapshot_identifier     = "${local.name}-final"
}
