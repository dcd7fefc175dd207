resource "helm_release" "ingress" {
  name       = "ingress"
  repository = "https://kubernetes.github.io/ingress-nginx"
  chart      = "ingress-nginx"
  version    = "4.11.3"
  values = [yamlencode({
    controller = {
      image = {
        registry = "docker.io"
        image    = "shop-example/ingress"
        tag      = "v1.11.3"
        digest   = ""
      }
      admissionWebhooks = { enabled = false }
    }
  })]
}
