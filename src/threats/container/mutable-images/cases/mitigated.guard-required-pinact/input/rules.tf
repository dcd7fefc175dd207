resource "github_repository_ruleset" "main" {
  name        = "main"
  repository  = "shop"
  target      = "branch"
  enforcement = "active"
  conditions {
    ref_name {
      include = ["~DEFAULT_BRANCH"]
      exclude = []
    }
  }
  rules {
    required_status_checks {
      required_check { context = "scan" }
    }
  }
}
