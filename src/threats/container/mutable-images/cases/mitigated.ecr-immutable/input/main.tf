resource "aws_ecr_repository" "orders" {
  name                 = "shop/orders"
  image_tag_mutability = "IMMUTABLE"
}

resource "kubernetes_deployment_v1" "orders" {
  metadata {
    name      = "orders"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = "orders" }
    }
    template {
      metadata {
        labels = { app = "orders" }
      }
      spec {
        container {
          name  = "orders"
          image = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/orders:4f1c2aa"
        }
      }
    }
  }
}
