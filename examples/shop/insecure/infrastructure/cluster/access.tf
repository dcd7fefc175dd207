resource "kubernetes_cluster_role_binding" "developers" {
  metadata {
    name = "developers-edit"
  }

  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "edit"
  }

  subject {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Group"
    name      = "shop:developers"
  }
}
