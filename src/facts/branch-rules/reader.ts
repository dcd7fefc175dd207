import type { FactReader } from '../../model/index.ts';
import { readExport } from './read-export.ts';
import { readTerraform } from './read-terraform.ts';
import type { BranchRulesFact } from './types.ts';

/** Reads branch rules wherever they lie: Terraform's github provider, or JSON that GitHub's API or settings page exported. */
export const branchRulesReader: FactReader<'branch-rules', BranchRulesFact> = {
  kind: 'branch-rules',
  belongsTo: 'repository',
  selects: (path) => /\.(?:tf|tofu|json)$/i.test(path),
  recognises: (text) =>
    /github_(?:repository_ruleset|organization_ruleset|branch_protection)/.test(text) ||
    /"required_status_checks"|"required_pull_request_reviews"|"ruleset_source"|"~DEFAULT_BRANCH"/.test(text),
  read({ path, text }) {
    return /\.json$/i.test(path) ? readExport(path, text) : readTerraform(path, text);
  },
};
