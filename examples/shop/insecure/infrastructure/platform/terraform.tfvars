region      = "eu-west-1"
account     = "333333333333"
environment = "prod"
zones       = ["eu-west-1a", "eu-west-1b"]
vpc_cidr    = "10.20.0.0/16"
db_password = "TnTbJDfYy-6zfwmosC"
