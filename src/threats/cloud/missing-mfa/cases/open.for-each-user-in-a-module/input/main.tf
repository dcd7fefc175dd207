provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

module "people" {
  source   = "./people"
  for_each = toset(["alice", "bob"])

  name  = each.key
  admin = each.key == "bob"
}
