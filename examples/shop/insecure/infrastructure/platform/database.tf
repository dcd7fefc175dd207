resource "aws_security_group" "database" {
  name        = "${local.name}-database"
  description = "The shop's database"
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id = aws_security_group.database.id
  description       = "PostgreSQL"
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = var.vpc_cidr
}

resource "aws_db_subnet_group" "this" {
  name       = local.name
  subnet_ids = local.subnet_ids.database
}

resource "aws_db_instance" "this" {
  identifier             = local.name
  engine                 = "postgres"
  engine_version         = "13.4"
  instance_class         = "db.t4g.medium"
  allocated_storage      = 20
  db_name                = "shop"
  username               = "shop"
  password               = var.db_password
  storage_encrypted      = false
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.database.id]
  publicly_accessible    = false
  skip_final_snapshot    = true
}
