provider "github" {
  owner = "example"
}

resource "github_repository" "shop" {
  name = "shop"
}
