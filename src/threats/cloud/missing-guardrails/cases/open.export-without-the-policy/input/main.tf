provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["210987654321"]

  assume_role {
    role_arn = "arn:aws:iam::210987654321:role/deploy"
  }
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
