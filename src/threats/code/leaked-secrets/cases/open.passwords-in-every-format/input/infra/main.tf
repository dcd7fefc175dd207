resource "aws_db_instance" "orders" {
  password = "erlenbruch4"
}
