variable "gateway_password" {
  type = string
}

resource "kubernetes_secret" "gateway" {
  metadata {
    name      = "gateway"
    namespace = "notifier"
  }

  data = {
    password = var.gateway_password
  }
}
