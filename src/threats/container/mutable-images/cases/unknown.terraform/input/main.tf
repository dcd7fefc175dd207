resource "kubernetes_deployment" "web" {
}
