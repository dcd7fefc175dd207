# Our own summary of terraform-aws-modules/vpc/aws, from the documentation of versions 3.19, 4.0, 5.21 and 6.6: the network, its subnets, their ways out, the default security group. Defaults that differ stand in v3.tf and v4-v6.tf.
# Left out: network ACLs, redshift and outpost subnets, IPv6, VPN gateways, DHCP options, secondary address ranges, public access blocking, the role of the flow log.

variable "create_vpc" { default = true }
variable "name" { default = "" }
variable "azs" { default = [] }
variable "enable_dns_support" { default = true }
variable "instance_tenancy" { default = "default" }
variable "public_subnets" { default = [] }
variable "private_subnets" { default = [] }
variable "database_subnets" { default = [] }
variable "elasticache_subnets" { default = [] }
variable "intra_subnets" { default = [] }
variable "create_igw" { default = true }
variable "enable_nat_gateway" { default = false }
variable "single_nat_gateway" { default = false }
variable "one_nat_gateway_per_az" { default = false }
variable "create_private_nat_gateway_route" { default = true }
variable "nat_gateway_destination_cidr_block" { default = "0.0.0.0/0" }
variable "create_database_subnet_group" { default = true }
variable "database_subnet_group_name" { default = null }
variable "create_database_subnet_route_table" { default = false }
variable "create_database_internet_gateway_route" { default = false }
variable "create_database_nat_gateway_route" { default = false }
variable "default_security_group_ingress" { default = [] }
variable "default_security_group_egress" { default = [] }
variable "enable_flow_log" { default = false }
variable "flow_log_traffic_type" { default = "ALL" }
variable "flow_log_destination_type" { default = "cloud-watch-logs" }
variable "flow_log_destination_arn" { default = "" }

# Without effect on what we look at.
variable "tags" { default = {} }
variable "vpc_tags" { default = {} }
variable "igw_tags" { default = {} }
variable "nat_gateway_tags" { default = {} }
variable "nat_eip_tags" { default = {} }
variable "public_subnet_tags" { default = {} }
variable "private_subnet_tags" { default = {} }
variable "database_subnet_tags" { default = {} }
variable "elasticache_subnet_tags" { default = {} }
variable "intra_subnet_tags" { default = {} }
variable "database_subnet_group_tags" { default = {} }
variable "public_route_table_tags" { default = {} }
variable "private_route_table_tags" { default = {} }
variable "database_route_table_tags" { default = {} }
variable "default_security_group_name" { default = null }
variable "default_security_group_tags" { default = {} }
variable "default_network_acl_tags" { default = {} }
variable "default_route_table_tags" { default = {} }
variable "public_subnet_names" { default = [] }
variable "private_subnet_names" { default = [] }
variable "database_subnet_names" { default = [] }
variable "public_subnet_suffix" { default = "public" }
variable "private_subnet_suffix" { default = "private" }
variable "database_subnet_suffix" { default = "db" }
variable "manage_default_route_table" { default = true }
variable "create_flow_log_cloudwatch_log_group" { default = false }
variable "create_flow_log_cloudwatch_iam_role" { default = false }
variable "flow_log_max_aggregation_interval" { default = 600 }
variable "vpc_flow_log_tags" { default = {} }

locals {
  vpc_id    = try(aws_vpc.this[0].id, "")
  publics   = var.create_vpc ? length(var.public_subnets) : 0
  privates  = var.create_vpc ? length(var.private_subnets) : 0
  databases = var.create_vpc ? length(var.database_subnets) : 0
  widest    = max(local.publics, local.privates, local.databases, length(var.elasticache_subnets))
  nats      = !var.create_vpc || !var.enable_nat_gateway ? 0 : local.ways
  # As many private route tables as NAT gateways, whether there are gateways or not.
  ways          = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.widest
  own_databases = local.databases > 0 && var.create_database_subnet_route_table
  to_internet   = local.own_databases && var.create_igw && var.create_database_internet_gateway_route && !var.create_database_nat_gateway_route
  to_nat        = local.own_databases && var.enable_nat_gateway && var.create_database_nat_gateway_route && !var.create_database_internet_gateway_route
}

resource "aws_vpc" "this" {
  count = var.create_vpc ? 1 : 0

  cidr_block           = var.cidr
  instance_tenancy     = var.instance_tenancy
  enable_dns_support   = var.enable_dns_support
  enable_dns_hostnames = var.enable_dns_hostnames
}

resource "aws_subnet" "public" {
  count = local.publics

  vpc_id                  = local.vpc_id
  cidr_block              = var.public_subnets[count.index]
  availability_zone       = try(element(var.azs, count.index), null)
  map_public_ip_on_launch = var.map_public_ip_on_launch
}

resource "aws_subnet" "private" {
  count = local.privates

  vpc_id            = local.vpc_id
  cidr_block        = var.private_subnets[count.index]
  availability_zone = try(element(var.azs, count.index), null)
}

resource "aws_subnet" "database" {
  count = local.databases

  vpc_id            = local.vpc_id
  cidr_block        = var.database_subnets[count.index]
  availability_zone = try(element(var.azs, count.index), null)
}

resource "aws_subnet" "elasticache" {
  count = var.create_vpc ? length(var.elasticache_subnets) : 0

  vpc_id            = local.vpc_id
  cidr_block        = var.elasticache_subnets[count.index]
  availability_zone = try(element(var.azs, count.index), null)
}

resource "aws_subnet" "intra" {
  count = var.create_vpc ? length(var.intra_subnets) : 0

  vpc_id            = local.vpc_id
  cidr_block        = var.intra_subnets[count.index]
  availability_zone = try(element(var.azs, count.index), null)
}

resource "aws_db_subnet_group" "database" {
  count = local.databases > 0 && var.create_database_subnet_group ? 1 : 0

  name       = lower(var.database_subnet_group_name != null ? var.database_subnet_group_name : var.name)
  subnet_ids = aws_subnet.database[*].id
}

resource "aws_internet_gateway" "this" {
  count = local.publics > 0 && var.create_igw ? 1 : 0

  vpc_id = local.vpc_id
}

resource "aws_nat_gateway" "this" {
  count = local.nats

  subnet_id = element(aws_subnet.public[*].id, count.index)
}

resource "aws_route_table" "public" {
  count = local.publics > 0 ? 1 : 0

  vpc_id = local.vpc_id
}

resource "aws_route_table" "private" {
  count = local.privates > 0 ? local.ways : 0

  vpc_id = local.vpc_id
}

resource "aws_route_table" "database" {
  count = local.own_databases ? (var.single_nat_gateway || var.create_database_internet_gateway_route ? 1 : local.databases) : 0

  vpc_id = local.vpc_id
}

resource "aws_route" "public_internet_gateway" {
  count = local.publics > 0 && var.create_igw ? 1 : 0

  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "private_nat_gateway" {
  count = var.create_private_nat_gateway_route && local.privates > 0 ? local.nats : 0

  route_table_id         = element(aws_route_table.private[*].id, count.index)
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_internet_gateway" {
  count = local.to_internet ? 1 : 0

  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "database_nat_gateway" {
  count = local.to_nat ? (var.single_nat_gateway ? 1 : local.databases) : 0

  route_table_id         = element(aws_route_table.database[*].id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route_table_association" "public" {
  count = local.publics

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public[0].id
}

resource "aws_route_table_association" "private" {
  count = local.privates

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

# Without route tables of their own, databases use the private ones.
resource "aws_route_table_association" "database" {
  count = local.own_databases || local.privates > 0 ? local.databases : 0

  subnet_id      = aws_subnet.database[count.index].id
  route_table_id = element(local.own_databases ? aws_route_table.database[*].id : aws_route_table.private[*].id, count.index)
}

resource "aws_default_security_group" "this" {
  count = var.create_vpc && var.manage_default_security_group ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  dynamic "ingress" {
    for_each = var.default_security_group_ingress
    content {
      self             = try(tobool(ingress.value.self), null)
      protocol         = try(ingress.value.protocol, "-1")
      from_port        = try(ingress.value.from_port, 0)
      to_port          = try(ingress.value.to_port, 0)
      cidr_blocks      = try(compact(split(",", ingress.value.cidr_blocks)), [])
      ipv6_cidr_blocks = try(compact(split(",", ingress.value.ipv6_cidr_blocks)), [])
      prefix_list_ids  = try(compact(split(",", ingress.value.prefix_list_ids)), [])
      security_groups  = try(compact(split(",", ingress.value.security_groups)), [])
    }
  }

  dynamic "egress" {
    for_each = var.default_security_group_egress
    content {
      self             = try(tobool(egress.value.self), null)
      protocol         = try(egress.value.protocol, "-1")
      from_port        = try(egress.value.from_port, 0)
      to_port          = try(egress.value.to_port, 0)
      cidr_blocks      = try(compact(split(",", egress.value.cidr_blocks)), [])
      ipv6_cidr_blocks = try(compact(split(",", egress.value.ipv6_cidr_blocks)), [])
      prefix_list_ids  = try(compact(split(",", egress.value.prefix_list_ids)), [])
      security_groups  = try(compact(split(",", egress.value.security_groups)), [])
    }
  }
}

resource "aws_flow_log" "this" {
  count = var.create_vpc && var.enable_flow_log ? 1 : 0

  vpc_id               = local.vpc_id
  traffic_type         = var.flow_log_traffic_type
  log_destination_type = var.flow_log_destination_type
  log_destination      = var.flow_log_destination_arn == "" ? null : var.flow_log_destination_arn
}

output "vpc_id" { value = try(aws_vpc.this[0].id, null) }
output "vpc_arn" { value = try(aws_vpc.this[0].arn, null) }
output "vpc_cidr_block" { value = try(aws_vpc.this[0].cidr_block, null) }
output "vpc_owner_id" { value = try(aws_vpc.this[0].owner_id, null) }
output "default_security_group_id" { value = try(aws_vpc.this[0].default_security_group_id, null) }
output "vpc_main_route_table_id" { value = try(aws_vpc.this[0].main_route_table_id, null) }
output "igw_id" { value = try(aws_internet_gateway.this[0].id, null) }
output "natgw_ids" { value = aws_nat_gateway.this[*].id }
output "nat_public_ips" { value = aws_nat_gateway.this[*].public_ip }
output "public_subnets" { value = aws_subnet.public[*].id }
output "public_subnet_arns" { value = aws_subnet.public[*].arn }
output "public_subnets_cidr_blocks" { value = aws_subnet.public[*].cidr_block }
output "private_subnets" { value = aws_subnet.private[*].id }
output "private_subnet_arns" { value = aws_subnet.private[*].arn }
output "private_subnets_cidr_blocks" { value = aws_subnet.private[*].cidr_block }
output "database_subnets" { value = aws_subnet.database[*].id }
output "database_subnet_arns" { value = aws_subnet.database[*].arn }
output "database_subnets_cidr_blocks" { value = aws_subnet.database[*].cidr_block }
output "database_subnet_group" { value = try(aws_db_subnet_group.database[0].id, null) }
output "database_subnet_group_name" { value = try(aws_db_subnet_group.database[0].name, null) }
output "elasticache_subnets" { value = aws_subnet.elasticache[*].id }
output "elasticache_subnets_cidr_blocks" { value = aws_subnet.elasticache[*].cidr_block }
output "intra_subnets" { value = aws_subnet.intra[*].id }
output "intra_subnets_cidr_blocks" { value = aws_subnet.intra[*].cidr_block }
output "public_route_table_ids" { value = aws_route_table.public[*].id }
output "private_route_table_ids" { value = aws_route_table.private[*].id }
output "database_route_table_ids" { value = local.own_databases ? aws_route_table.database[*].id : aws_route_table.private[*].id }
output "azs" { value = var.azs }
output "name" { value = var.name }
