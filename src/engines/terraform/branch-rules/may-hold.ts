import type { Evaluation } from '../evaluate.ts';
import type { TerraformProblem } from '../world.ts';

/** Modules of GitHub's provider, by the naming of registries: https://developer.hashicorp.com/terraform/registry/modules/publish. */
const GITHUB_MODULE = /\((?:[\w.-]+\/)?[\w-]+\/[\w-]+\/github(?:\/\/|[ )])|terraform-github-/;

/** Whether branch rules may stand in what a problem keeps from being read. */
export function mayHoldBranchRules(
  { resources }: Pick<Evaluation, 'resources'>,
  { reason, message }: Pick<TerraformProblem, 'reason' | 'message'>,
): boolean {
  if (reason === 'not-in-sight') return GITHUB_MODULE.test(message);
  return (
    (reason === 'unparsed-file' || reason === 'out-of-budget') &&
    resources.some(({ type }) => type.startsWith('github_'))
  );
}
