# Security groups of terraform-aws-modules/eks/aws, from the documentation of versions 19.21, 20.37 and 21.19; ports as AWS recommends them for EKS.

locals {
  cluster_sg = var.create && local.create_cluster_sg ? aws_security_group.cluster[0].id : local.given_cluster_sg
  node_sg    = var.create && var.create_node_security_group ? aws_security_group.node[0].id : var.node_security_group_id

  # What the control plane reaches on nodes, and what nodes reach on each other.
  from_cluster = merge(
    { ingress_cluster_443 = 443, ingress_cluster_kubelet = 10250 },
    { for key, port in local.webhooks : key => port if var.node_security_group_enable_recommended_rules },
  )
  node_rules = merge(
    { for key, port in local.from_cluster : key => { type = "ingress", protocol = "tcp", from_port = port, to_port = port, source_cluster_security_group = true } },
    { for protocol in ["tcp", "udp"] : "ingress_self_coredns_${protocol}" => { type = "ingress", protocol = protocol, from_port = 53, to_port = 53, self = true } },
    { for key, rule in {
      ingress_nodes_ephemeral = { type = "ingress", protocol = "tcp", from_port = 1025, to_port = 65535, self = true }
      egress_all              = { type = "egress", protocol = "-1", from_port = 0, to_port = 0, cidr_blocks = ["0.0.0.0/0"], ipv6_cidr_blocks = local.ip_family == "ipv6" ? ["::/0"] : null }
    } : key => rule if var.node_security_group_enable_recommended_rules },
  )
  cluster_rules = { for key in ["ingress_nodes_443"] : key => { type = "ingress", protocol = "tcp", from_port = 443, to_port = 443, source_node_security_group = true } if var.create_node_security_group }
}

resource "aws_security_group" "cluster" {
  count = var.create && local.create_cluster_sg ? 1 : 0

  name_prefix = local.cluster_sg_name != null ? local.cluster_sg_name : "${local.name}-cluster${var.prefix_separator}"
  vpc_id      = var.vpc_id
}

resource "aws_security_group_rule" "cluster" {
  for_each = { for key, rule in merge(local.cluster_rules, local.more_cluster_rules) : key => rule if var.create && local.create_cluster_sg }

  security_group_id        = aws_security_group.cluster[0].id
  type                     = try(each.value.type, "ingress")
  protocol                 = try(each.value.protocol, "tcp")
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_node_security_group, false) == true ? local.node_sg : try(each.value.source_security_group_id, null)
}

resource "aws_security_group" "node" {
  count = var.create && var.create_node_security_group ? 1 : 0

  name        = var.node_security_group_use_name_prefix ? null : var.node_security_group_name
  name_prefix = var.node_security_group_use_name_prefix ? "${var.node_security_group_name != null ? var.node_security_group_name : "${local.name}-node"}${var.prefix_separator}" : null
  vpc_id      = var.vpc_id
}

resource "aws_security_group_rule" "node" {
  for_each = { for key, rule in merge(local.node_rules, var.node_security_group_additional_rules) : key => rule if var.create && var.create_node_security_group }

  security_group_id        = aws_security_group.node[0].id
  type                     = try(each.value.type, "ingress")
  protocol                 = try(each.value.protocol, "tcp")
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_cluster_security_group, false) == true ? local.cluster_sg : try(each.value.source_security_group_id, null)
}
