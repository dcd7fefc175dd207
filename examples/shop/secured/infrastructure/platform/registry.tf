locals {
  mirrored = [
    "mirror/kyverno/kyverno",
    "mirror/kyverno/kyvernopre",
    "mirror/kyverno/reports-controller",
    "mirror/csi-secrets-store/driver",
    "mirror/csi-secrets-store/driver-crds",
    "mirror/csi-secrets-store/provider-aws",
    "mirror/sig-storage/csi-node-driver-registrar",
    "mirror/sig-storage/livenessprobe",
  ]
}

resource "aws_ecr_repository" "mirror" {
  for_each = toset(local.mirrored)

  name                 = each.value
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "KMS"
  }
}
