locals {
  registry = "333333333333.dkr.ecr.eu-west-1.amazonaws.com"
}

resource "helm_release" "kyverno" {
  name             = "kyverno"
  namespace        = "kyverno"
  create_namespace = true
  repository       = "https://kyverno.github.io/kyverno"
  chart            = "kyverno"
  version          = "3.8.2"

  values = [yamlencode({
    admissionController = {
      replicas = 3
      container = {
        image = {
          registry   = local.registry
          repository = "mirror/kyverno/kyverno"
          tag        = "v1.18.2@sha256:0a540e2ddf74d0d2d3d45f9ef248d7dbc96576accdbcc6a2dd7eaff9fea56504"
        }
      }
      initContainer = {
        image = {
          registry   = local.registry
          repository = "mirror/kyverno/kyvernopre"
          tag        = "v1.18.2@sha256:cd8cb4a31d25b3992734fb8f24a90ef691c90ce49338c89bea96792160eacb98"
        }
      }
    }
    reportsController = {
      image = {
        registry   = local.registry
        repository = "mirror/kyverno/reports-controller"
        tag        = "v1.18.2@sha256:f09cf305170014e191b94e1c54f5be73163d8824eefad49349675c4efe43159a"
      }
    }
    backgroundController = { enabled = false }
    cleanupController    = { enabled = false }
    crds                 = { migration = { enabled = false } }
    policyReportsCleanup = { enabled = false }
    webhooksCleanup      = { enabled = false }
    features             = { policyExceptions = { enabled = false } }
    config = {
      excludeKyvernoNamespace          = false
      resourceFiltersExcludeNamespaces = ["kube-system", "kube-public", "kube-node-lease", "kyverno"]
      webhooks                         = { namespaceSelector = { matchExpressions = [] } }
    }
  })]
}

resource "helm_release" "secrets_store" {
  name       = "secrets-store-csi-driver"
  namespace  = "kube-system"
  repository = "https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts"
  chart      = "secrets-store-csi-driver"
  version    = "1.5.4"

  values = [yamlencode({
    syncSecret           = { enabled = false }
    enableSecretRotation = true
    tokenRequests        = [{ audience = "sts.amazonaws.com" }]
    linux = {
      image = {
        repository = "${local.registry}/mirror/csi-secrets-store/driver"
        tag        = "v1.5.4@sha256:e366528819e3e50228f4fdb025e1c42e27c64235c1ba2e25b4d0911a4227bf73"
      }
      crds = {
        image = {
          repository = "${local.registry}/mirror/csi-secrets-store/driver-crds"
          tag        = "v1.5.4@sha256:9ac9b46ee2d568795d775c21846f0d9beff4201b34586c24769c9605fa0acdcc"
        }
      }
      registrarImage = {
        repository = "${local.registry}/mirror/sig-storage/csi-node-driver-registrar"
        tag        = "v2.13.0@sha256:d7138bcc3aa5f267403d45ad4292c95397e421ea17a0035888850f424c7de25d"
      }
      livenessProbeImage = {
        repository = "${local.registry}/mirror/sig-storage/livenessprobe"
        tag        = "v2.15.0@sha256:2c5f9dc4ea5ac5509d93c664ae7982d4ecdec40ca7b0638c24e5b16243b8360f"
      }
    }
  })]
}

resource "helm_release" "secrets_store_aws" {
  name       = "secrets-store-csi-driver-provider-aws"
  namespace  = "kube-system"
  repository = "https://aws.github.io/secrets-store-csi-driver-provider-aws"
  chart      = "secrets-store-csi-driver-provider-aws"
  version    = "2.1.0"

  values = [yamlencode({
    "secrets-store-csi-driver" = { install = false }
    image = {
      repository = "${local.registry}/mirror/csi-secrets-store/provider-aws"
      tag        = "2.1.0@sha256:8719fc1a055e4f1e200cc0febfc6eb538bb35e22b641fdd03dd3ff9ab508cc34"
    }
  })]

  depends_on = [helm_release.secrets_store]
}
