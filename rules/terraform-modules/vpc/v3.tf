# Version 3.19 of terraform-aws-modules/vpc/aws: public subnets give public addresses, and the default security group is left as AWS makes it.

variable "cidr" { default = "0.0.0.0/0" }
variable "enable_dns_hostnames" { default = false }
variable "map_public_ip_on_launch" { default = true }
variable "manage_default_security_group" { default = false }

# Without effect on what we look at.
variable "manage_default_network_acl" { default = false }
