# Versions 4.0, 5.21 and 6.6 of terraform-aws-modules/vpc/aws: public subnets give no public addresses, and the default security group is emptied.

variable "cidr" { default = "10.0.0.0/16" }
variable "enable_dns_hostnames" { default = true }
variable "map_public_ip_on_launch" { default = false }
variable "manage_default_security_group" { default = true }

# Without effect on what we look at.
variable "manage_default_network_acl" { default = true }
