resource "helm_release" "kyverno" {
  name             = "kyverno"
  namespace        = "kyverno"
  create_namespace = true
  repository       = "https://kyverno.github.io/kyverno"
  chart            = "kyverno"

  values = [yamlencode({
    admissionController = { replicas = 1 }
    features            = { forceFailurePolicyIgnore = { enabled = true } }
  })]
}
