region = "eu-west-1"

accounts = {
  identity = "222222222222"
  prod     = "333333333333"
  dev      = "444444444444"
}
