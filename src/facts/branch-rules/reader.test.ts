import { describe, expect, it } from 'vitest';
import { branchRulesReader } from './reader.ts';

const tools = { paths: new Set<string>() };

async function read(path: string, text: string) {
  const { facts } = await branchRulesReader.read({ path, text }, tools);
  return facts;
}

describe('branchRulesReader', () => {
  it('reads a ruleset in Terraform', async () => {
    const [fact] = await read(
      'rules.tf',
      `resource "github_repository_ruleset" "main" {
  repository  = github_repository.shop.name
  target      = "branch"
  enforcement = "active"
  bypass_actors {
    actor_id    = 5
    actor_type  = "RepositoryRole"
    bypass_mode = "always"
  }
  conditions {
    ref_name {
      include = ["~DEFAULT_BRANCH"]
      exclude = []
    }
  }
  rules {
    pull_request {
      required_approving_review_count = 2
      require_code_owner_review       = true
    }
    required_status_checks {
      required_check { context = "test" }
      required_check { context = "secrets" }
    }
  }
}`,
    );
    expect(fact).toMatchObject({
      source: 'github_repository_ruleset.main',
      repository: 'github_repository.shop.name',
      enforced: true,
      include: ['~DEFAULT_BRANCH'],
      approvals: 2,
      codeOwners: true,
      bypass: ['RepositoryRole 5 always'],
      unresolved: [],
    });
    expect(fact?.requiredChecks.map((check) => check.text)).toEqual(['test', 'secrets']);
    expect(fact?.requiredChecks[0]?.at.startLine).toBe(22);
  });

  it('says what a ruleset does not write out', async () => {
    const [fact] = await read(
      'rules.tf',
      `resource "github_repository_ruleset" "main" {
  enforcement = var.enforcement
  rules {
    required_status_checks {
      dynamic "required_check" {
        for_each = var.checks
        content { context = required_check.value }
      }
    }
  }
}`,
    );
    expect(fact).not.toHaveProperty('enforced');
    expect(fact?.unresolved.map((item) => item.text)).toEqual([
      'dynamic "required_check"',
      'enforcement = var.enforcement',
    ]);
  });

  it('reads a branch protection in Terraform', async () => {
    const [fact] = await read(
      'p.tf',
      'resource "github_branch_protection" "main" {\n  pattern = "main"\n  required_status_checks {\n    contexts = ["ci"]\n  }\n  required_pull_request_reviews {}\n}',
    );
    expect(fact).toMatchObject({ include: ['main'], approvals: 1, bypass: ['administrators of the repository'] });
    expect(fact?.requiredChecks.map((check) => check.text)).toEqual(['ci']);
  });

  it('reads the three exports of GitHub', async () => {
    const rules = [
      { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
      { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'ci' }] } },
    ];
    const ruleset = {
      name: 'main',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules,
    };
    const protection = {
      enforce_admins: { enabled: true },
      required_status_checks: { contexts: ['ci'], checks: [{ context: 'ci' }] },
    };
    for (const data of [rules, ruleset, [ruleset], protection]) {
      const [fact] = await read('x.json', JSON.stringify(data, null, 1));
      expect(fact).toMatchObject({ enforced: true, include: ['~DEFAULT_BRANCH'] });
      expect(fact?.requiredChecks.map((check) => check.text)).toEqual(['ci']);
    }
    expect((await read('x.json', JSON.stringify({ ...ruleset, enforcement: 'evaluate' })))[0]).toMatchObject({
      enforced: false,
    });
  });

  it('keeps the good blocks of a broken file and names the range', async () => {
    const { facts, unread } = await branchRulesReader.read(
      { path: 'x.tf', text: 'resource "github_branch_protection" "m" {\n pattern = "main"\n}\nresource "a" {{{ \n' },
      tools,
    );
    expect(facts).toHaveLength(1);
    expect(unread[0]).toMatchObject({ reason: 'unparsed-file' });
  });
});
