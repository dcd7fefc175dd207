locals {
  image = "ghcr.io/shop-example/worker:${local.version}"
  version = "2.3"
}

resource "kubectl_manifest" "worker" {
  yaml_body = <<-YAML
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: worker
    spec:
      template:
        spec:
          containers:
            - name: worker
              image: ${local.image}
  YAML
}
