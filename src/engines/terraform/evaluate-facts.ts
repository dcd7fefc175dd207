import type { Facts } from '../../facts/index.ts';
import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import type { FileTree, Unread } from '../../model/index.ts';
import { branchRulesOf, defaultBranchOf, mayHoldBranchRules } from './branch-rules/index.ts';
import type { Evaluation } from './evaluate.ts';
import { evaluateTree, type TreeEvaluation } from './evaluate-tree.ts';
import { mergePlans, findPlans } from './merge-plans.ts';
import { moduleSummaries, type SummaryText } from './summaries.ts';
import { kubernetesFacts, type HelmRelease } from './kubernetes/index.ts';
import type { TerraformProblem } from './world.ts';

/** Facts with what Terraform adds to them, and the evaluation itself. */
export interface EvaluatedFacts {
  readonly facts: Facts;
  readonly terraform: EvaluatedTerraform;
}

/** What the Terraform of a tree says, and the charts that it installs. */
export interface EvaluatedTerraform extends TreeEvaluation {
  readonly releases: readonly HelmRelease[];
  /** The branch that it makes the default one, where it says so of one only. */
  readonly defaultBranch?: string;
}

/**
 * Evaluates the Terraform of a tree: its Kubernetes objects join those in YAML, its branch rules those that were
 * exported, and what it leaves open is unread.
 */
export async function evaluateFacts(
  facts: Facts,
  tree: FileTree,
  modules: readonly SummaryText[],
): Promise<EvaluatedFacts> {
  const parsed = new Map(facts.terraform.map(({ path, file }) => [path, file]));
  const { roots } = await evaluateTree(tree, { summaries: moduleSummaries(modules), parsed });
  const terraform = { roots: mergePlans(roots, await findPlans(tree)) };
  const objects: KubernetesFact[] = [];
  const releases: HelmRelease[] = [];
  const unread: Unread[] = [];
  for (const root of terraform.roots) {
    const found = kubernetesFacts(root);
    objects.push(...found.facts);
    releases.push(...found.charts.map((release) => ({ ...release, rootFolder: root.folder })));
    unread.push(...found.unread.map((gap) => ({ ...gap, kind: 'kubernetes', path: gap.at?.path ?? root.folder })));
    for (const problem of root.problems) unread.push(...unreadOf(problem, root, facts.unread));
  }
  const defaultBranch = defaultBranchOf(terraform.roots);
  return {
    facts: {
      ...facts,
      kubernetes: [...facts.kubernetes, ...objects],
      'branch-rules': [...facts['branch-rules'], ...terraform.roots.flatMap(branchRulesOf)],
      unread: [...facts.unread, ...unread],
    },
    terraform: { ...terraform, releases, ...(defaultBranch === undefined ? {} : { defaultBranch }) },
  };
}

/** A problem of a root module as a part that was not read, for each kind of fact that may be missing with it. */
function unreadOf(problem: TerraformProblem, root: Evaluation, before: readonly Unread[]): Unread[] {
  const { message, reason, at, closes } = problem;
  // A value that is missing stays in the values that need it: it is no hole in what was read.
  if (reason === 'unresolved-value') return [];
  const isKnown =
    reason === 'unparsed-file' &&
    before.some((entry) => entry.at?.path === at?.path && entry.at?.startLine === at?.startLine);
  const kinds = [...(isKnown ? [] : ['terraform']), ...(mayHoldBranchRules(root, problem) ? ['branch-rules'] : [])];
  return kinds.map((kind) => ({
    kind,
    path: at?.path ?? root.folder,
    reason,
    message,
    ...(at === undefined ? {} : { at }),
    ...(closes === undefined ? {} : { closes }),
  }));
}
