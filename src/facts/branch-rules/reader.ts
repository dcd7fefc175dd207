import type { FactReader } from '../../model/index.ts';
import { readExport } from './read-export.ts';
import type { BranchRulesFact } from './types.ts';

/** Reads branch rules in JSON that GitHub's API or settings page exported; those in Terraform are evaluated and join them later. */
export const branchRulesReader: FactReader<'branch-rules', BranchRulesFact> = {
  kind: 'branch-rules',
  belongsTo: 'repository',
  selects: (path) => /\.json$/i.test(path) && !/\.(?:tf|tofu)\.json$/i.test(path),
  recognises: (text) =>
    /"required_status_checks"|"required_pull_request_reviews"|"ruleset_source"|"~DEFAULT_BRANCH"/.test(text),
  read({ path, text }) {
    return readExport(path, text);
  },
};
