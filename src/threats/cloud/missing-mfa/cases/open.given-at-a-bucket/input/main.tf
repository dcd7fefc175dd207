provider "aws" {
  region = "eu-west-1"
 allowed_account_ids = ["111122223333"]
}
resource "aws_iam_user" "bob" {
  name = "bob"
}
resource "aws_iam_access_key" "bob" {
  user = aws_iam_user.bob.name
}
resource "aws_s3_bucket" "b" {
  bucket = "private-data"
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:user/bob" }, Action = "s3:*", Resource = ["arn:aws:s3:::private-data","arn:aws:s3:::private-data/*"] }] })
}
