resource "aws_db_instance" "orders" {
  password = var.db_password
}
