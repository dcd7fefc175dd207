resource "github_repository" "shop" {
  name                   = "shop"
  visibility             = "private"
  delete_branch_on_merge = true
}
