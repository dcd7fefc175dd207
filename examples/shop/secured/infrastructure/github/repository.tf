resource "github_repository" "shop" {
  name                   = "shop"
  visibility             = "private"
  vulnerability_alerts   = true
  delete_branch_on_merge = true
  allow_merge_commit     = false
  allow_rebase_merge     = false
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
    deletion         = true
    non_fast_forward = true

    pull_request {
      required_approving_review_count   = 1
      require_code_owner_review         = true
      require_last_push_approval        = true
      dismiss_stale_reviews_on_push     = true
      required_review_thread_resolution = true
    }

    required_status_checks {
      strict_required_status_checks_policy = true

      required_check {
        context = "test"
      }

      required_check {
        context = "fourproof"
      }

      required_check {
        context = "secrets"
      }

      required_check {
        context = "sast"
      }

      required_check {
        context = "dependencies"
      }

      required_check {
        context = "dockerfiles"
      }
    }
  }
}
