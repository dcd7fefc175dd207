module "workloads" {
  source  = "example/workloads/kubernetes"
  version = "~> 2.0"
  image   = "docker.io/library/nginx:1.29"
}
