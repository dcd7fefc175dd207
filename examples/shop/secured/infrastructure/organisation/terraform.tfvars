region         = "eu-west-1"
instance_types = ["t3.micro", "t3.small", "t3.medium", "m6i.large", "m6i.xlarge"]
