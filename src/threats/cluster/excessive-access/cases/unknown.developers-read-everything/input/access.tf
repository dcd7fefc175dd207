resource "aws_eks_access_entry" "developers" {
  cluster_name      = "shop"
  principal_arn     = "arn:aws:iam::111122223333:role/developer"
  kubernetes_groups = ["developers"]
}
