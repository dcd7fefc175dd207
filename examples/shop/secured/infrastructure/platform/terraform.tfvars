region           = "eu-west-1"
account          = "333333333333"
environment      = "prod"
zones            = ["eu-west-1a", "eu-west-1b"]
vpc_cidr         = "10.20.0.0/16"
api_access_cidrs = ["198.51.100.0/24"]
