output "cluster" {
  value = aws_eks_cluster.this.name
}

output "database_client_security_group" {
  value = aws_security_group.database_client.id
}

output "roles" {
  value = { for name, service in module.service : name => service.role_arn }
}
