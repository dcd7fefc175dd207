output "cluster" {
  value = aws_eks_cluster.this.name
}

output "roles" {
  value = { for name, service in module.service : name => service.role_arn }
}
