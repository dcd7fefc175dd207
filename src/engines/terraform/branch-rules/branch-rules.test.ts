import { describe, expect, it } from 'vitest';
import { collectFacts } from '../../../facts/collect.ts';
import { textTree } from '../../../lib/tree-views.ts';
import { evaluateFacts } from '../evaluate-facts.ts';

async function evaluated(files: Readonly<Record<string, string>>) {
  const tree = textTree('case', new Map(Object.entries(files)));
  return evaluateFacts(await collectFacts(tree), tree, []);
}

async function rulesOf(files: Readonly<Record<string, string>>) {
  return (await evaluated(files)).facts['branch-rules'];
}

const RULESET = `resource "github_repository" "shop" {
  name = "shop"
}
resource "github_repository_ruleset" "main" {
  repository  = github_repository.shop.name
  target      = "branch"
  enforcement = var.enforcement
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
      dynamic "required_check" {
        for_each = var.checks
        content { context = required_check.value }
      }
    }
  }
}
`;

describe('branch rules in Terraform', () => {
  it('name who needs no pull request', async () => {
    const [fact] = await rulesOf({
      'rules.tf': `resource "github_branch_protection" "main" {
  repository_id = "shop"
  pattern       = "main"
  required_pull_request_reviews {
    required_approving_review_count = 1
    pull_request_bypassers          = ["/bob"]
  }
}`,
    });
    expect(fact?.bypass).toEqual(['administrators of the repository', '/bob']);
  });

  it('name who needs no pull request, in the older resource', async () => {
    const [fact] = await rulesOf({
      'rules.tf': `resource "github_branch_protection_v3" "main" {
  repository     = "shop"
  branch         = "main"
  enforce_admins = true
  required_pull_request_reviews {
    bypass_pull_request_allowances {
      teams = ["robots"]
    }
  }
}`,
    });
    expect(fact?.bypass).toEqual(['robots']);
  });

  it('are evaluated: variables, locals and dynamic blocks', async () => {
    const [fact] = await rulesOf({
      'rules.tf': `${RULESET}
variable "enforcement" { default = "active" }
variable "checks" { default = ["test", "secrets"] }`,
    });
    expect(fact).toMatchObject({
      path: 'rules.tf',
      source: 'github_repository_ruleset.main',
      repository: 'shop',
      enforced: true,
      include: ['~DEFAULT_BRANCH'],
      approvals: 2,
      codeOwners: true,
      bypass: ['RepositoryRole 5 always'],
      unresolved: [],
    });
    expect(fact?.requiredChecks.map((check) => check.text)).toEqual(['test', 'secrets']);
    expect(fact?.requiredChecks[0]?.at.path).toBe('rules.tf');
  });

  it('say by name what is not known', async () => {
    const [fact] = await rulesOf({ 'rules.tf': `${RULESET}\nvariable "enforcement" {}\nvariable "checks" {}` });
    expect(fact).not.toHaveProperty('enforced');
    expect(fact?.unresolved.map((item) => item.text)).toEqual([
      'required_check (var.checks has no value)',
      'enforcement (var.enforcement has no value)',
    ]);
  });

  it('are one set for each instance, in the module that holds them', async () => {
    const rules = await rulesOf({
      'main.tf':
        'module "rules" {\n  source = "./rules"\n  for_each = toset(["main", "release"])\n  branch = each.key\n}',
      'rules/main.tf':
        'variable "branch" {}\nresource "github_branch_protection_v3" "this" {\n  branch = var.branch\n  repository = "shop"\n  enforce_admins = true\n  required_status_checks {\n    checks = ["ci:15368"]\n  }\n}',
    });
    expect(rules.map(({ source, include, bypass }) => [source, include, bypass])).toEqual([
      ['module.rules["main"].github_branch_protection_v3.this', ['main'], []],
      ['module.rules["release"].github_branch_protection_v3.this', ['release'], []],
    ]);
    expect(rules[0]?.requiredChecks.map((check) => check.text)).toEqual(['ci']);
    expect(rules[0]?.path).toBe('rules/main.tf');
  });

  it('know the repository of a protection by the resource whose id it names', async () => {
    const [fact] = await rulesOf({
      'p.tf':
        'resource "github_repository" "shop" {\n  name = "shop"\n}\nresource "github_branch_protection" "main" {\n  repository_id = github_repository.shop.node_id\n  pattern = "main"\n  required_pull_request_reviews {}\n}',
    });
    expect(fact).toMatchObject({
      repository: 'shop',
      include: ['main'],
      approvals: 1,
      bypass: ['administrators of the repository'],
      unresolved: [],
    });
  });

  it('that may not exist are not known to be enforced', async () => {
    const [fact] = await rulesOf({
      'p.tf':
        'variable "on" {}\nresource "github_branch_protection" "main" {\n  count = var.on ? 1 : 0\n  pattern = "main"\n}',
    });
    expect(fact).not.toHaveProperty('enforced');
    expect(fact?.unresolved.map((item) => item.text)).toEqual(['how many github_branch_protection.main[*] there are']);
    expect(await rulesOf({ 'p.tf': 'resource "github_branch_protection" "main" {\n  count = 0\n}' })).toEqual([]);
  });

  it('keep the good blocks of a broken file, and the range is not read', async () => {
    const { facts } = await evaluated({
      'x.tf': 'resource "github_branch_protection" "m" {\n pattern = "main"\n}\nresource "a" {{{ \n',
    });
    expect(facts['branch-rules']).toHaveLength(1);
    expect(facts.unread).toContainEqual(expect.objectContaining({ kind: 'branch-rules', reason: 'unparsed-file' }));
  });

  it('may stand in a module of the provider that is not on disk, and in no other', async () => {
    const kinds = async (source: string) =>
      (await evaluated({ 'm.tf': `module "m" {\n  source = "${source}"\n}` })).facts.unread.map(({ kind }) => kind);
    expect(await kinds('mineiros-io/repository/github')).toEqual(['terraform', 'branch-rules']);
    expect(await kinds('terraform-aws-modules/vpc/aws')).toEqual(['terraform']);
    expect(await kinds('git::https://github.com/o/modules.git')).toEqual(['terraform']);
  });

  it('name the default branch where they name one', async () => {
    const branch = (name: string, value: string): string =>
      `resource "github_branch_default" "${name}" {\n  repository = "shop"\n  branch = ${value}\n}\n`;
    const of = async (text: string) => (await evaluated({ 'b.tf': text })).terraform.defaultBranch;
    expect(await of(branch('a', '"trunk"'))).toBe('trunk');
    expect(await of(branch('a', '"trunk"') + branch('b', '"main"'))).toBeUndefined();
    expect(await of(branch('a', 'var.none'))).toBeUndefined();
  });
});
