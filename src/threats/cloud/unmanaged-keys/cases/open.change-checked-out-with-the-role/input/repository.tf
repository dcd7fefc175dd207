provider "github" {
  owner = "example"
}

resource "github_repository" "shop" {
  name = "shop"
}

resource "github_repository_ruleset" "main" {
  name        = "main"
  repository  = github_repository.shop.name
  target      = "branch"
  enforcement = "active"

  conditions {
    ref_name {
      include = ["~DEFAULT_BRANCH"]
      exclude = []
    }
  }

  rules {
    pull_request {
      required_approving_review_count = 1
    }
  }
}
