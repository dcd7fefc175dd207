provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111111111111"]
}

locals {
  services = toset(["orders", "notifier"])
}

module "service" {
  source   = "./service"
  for_each = local.services
  name     = each.key
}
