import { withExports } from '../../../engines/iam/account/from-exports.ts';
import { worldFromTerraform } from '../../../engines/iam/account/from-terraform.ts';
import type { IamWorld } from '../../../engines/iam/account/types.ts';
import { managedPolicies } from '../../../engines/iam/services/managed-policies.ts';
import { evaluateFacts } from '../../../engines/terraform/evaluate-facts.ts';
import { collectFacts } from '../../../facts/collect.ts';
import { readIamData, readModuleSummaries } from '../../../sources/assets.ts';
import { openWorktree } from '../../../sources/worktree/worktree.ts';
import { CommandFailure } from '../exit.ts';

/** The accounts that the Terraform and the exports below a folder describe. */
export async function openWorld(folder: string): Promise<IamWorld> {
  const opened = openWorktree(folder);
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`, opened.empty ? 3 : 2);
  const { tree, asked } = opened;
  const isAsked = (path: string) => asked === '.' || path === asked || path.startsWith(`${asked}/`);
  const { facts, terraform } = await evaluateFacts(await collectFacts(tree, isAsked), tree, readModuleSummaries());
  const options = { managedPolicy: managedPolicies(readIamData().managedPolicies).managedPolicy };
  const roots = terraform.roots.filter((root) => isAsked(root.folder));
  const world = withExports(worldFromTerraform(roots, options), facts['iam-export'], options);
  if (world.users.length + world.roles.length + world.people.length === 0)
    throw new CommandFailure(`fourproof: ${folder} declares no users and roles of AWS`, 3);
  return world;
}
