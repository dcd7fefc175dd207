import type { Facts } from '../../facts/index.ts';
import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import type { FileTree, Unread } from '../../model/index.ts';
import { evaluateTree, type TreeEvaluation } from './evaluate-tree.ts';
import { mergePlans, findPlans } from './merge-plans.ts';
import { moduleSummaries, type SummaryText } from './summaries.ts';
import { kubernetesFacts, type HelmRelease } from './kubernetes/index.ts';

/** Facts with what Terraform adds to them, and the evaluation itself. */
export interface EvaluatedFacts {
  readonly facts: Facts;
  readonly terraform: EvaluatedTerraform;
}

/** What the Terraform of a tree says, and the charts that it installs. */
export interface EvaluatedTerraform extends TreeEvaluation {
  readonly releases: readonly HelmRelease[];
}

/** Evaluates the Terraform of a tree: its Kubernetes objects join those in YAML, and what it leaves open is unread. */
export async function evaluateFacts(
  facts: Facts,
  tree: FileTree,
  modules: readonly SummaryText[],
): Promise<EvaluatedFacts> {
  const parsed = new Map(facts.terraform.map(({ path, file }) => [path, file]));
  const summaries = moduleSummaries(modules);
  const { roots } = parsed.size === 0 ? { roots: [] } : await evaluateTree(tree, { summaries, parsed });
  const terraform = { roots: mergePlans(roots, await findPlans(tree)) };
  const objects: KubernetesFact[] = [];
  const releases: HelmRelease[] = [];
  const unread: Unread[] = [];
  for (const root of terraform.roots) {
    const found = kubernetesFacts(root);
    objects.push(...found.facts);
    releases.push(...found.charts);
    unread.push(...found.unread.map((gap) => ({ ...gap, kind: 'kubernetes', path: gap.at?.path ?? root.folder })));
    for (const { message, reason, at, closes } of root.problems) {
      const isReading =
        reason === 'unparsed-file' &&
        facts.unread.some((entry) => entry.at?.path === at?.path && entry.at?.startLine === at?.startLine);
      // A value that is missing stays in the values that need it: it is no hole in what was read.
      if (isReading || reason === 'unresolved-value') continue;
      unread.push({
        kind: 'terraform',
        path: at?.path ?? root.folder,
        reason,
        message,
        ...(at === undefined ? {} : { at }),
        ...(closes === undefined ? {} : { closes }),
      });
    }
  }
  return {
    facts: { ...facts, kubernetes: [...facts.kubernetes, ...objects], unread: [...facts.unread, ...unread] },
    terraform: { ...terraform, releases },
  };
}
