# The namespaces of the services bring their own policies (deploy/network.yaml).
resource "kubernetes_network_policy" "default" {
  metadata {
    name      = "default-deny"
    namespace = "default"
  }

  spec {
    pod_selector {}
    policy_types = ["Ingress", "Egress"]
  }
}

resource "kubectl_manifest" "database_client" {
  for_each = toset(local.namespaces)

  yaml_body = templatefile("${path.module}/templates/security-group-policy.yaml.tftpl", {
    namespace = each.value
    security_groups = [
      data.aws_eks_cluster.shop.vpc_config[0].cluster_security_group_id,
      data.aws_security_group.database_client.id,
    ]
  })
}

resource "kubernetes_manifest" "kyverno_default_deny" {
  manifest = {
    apiVersion = "networking.k8s.io/v1"
    kind       = "NetworkPolicy"
    metadata   = { name = "webhook-only", namespace = "kyverno" }
    spec = {
      podSelector = {}
      policyTypes = ["Ingress"]
      ingress     = [{ ports = [{ protocol = "TCP", port = 9443 }] }]
    }
  }

  depends_on = [helm_release.kyverno]
}
