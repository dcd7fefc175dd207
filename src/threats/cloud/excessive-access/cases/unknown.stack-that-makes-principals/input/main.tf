provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_cloudformation_stack" "people" {
  name          = "people"
  template_body = file("${path.module}/people.yaml")
  capabilities  = ["CAPABILITY_NAMED_IAM"]
}
