locals {
  namespaces = ["orders", "notifier"]
}

resource "kubernetes_role" "developer" {
  for_each = toset(local.namespaces)

  metadata {
    name      = "developer"
    namespace = each.value
  }

  rule {
    api_groups = [""]
    resources  = ["pods", "pods/log", "services", "events"]
    verbs      = ["get", "list", "watch"]
  }

  rule {
    api_groups = ["apps"]
    resources  = ["deployments", "replicasets"]
    verbs      = ["get", "list", "watch"]
  }
}

resource "kubernetes_role_binding" "developer" {
  for_each = toset(local.namespaces)

  metadata {
    name      = "developer"
    namespace = each.value
  }

  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Role"
    name      = kubernetes_role.developer[each.value].metadata[0].name
  }

  subject {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Group"
    name      = "shop:developers"
  }
}
