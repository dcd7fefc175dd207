import type { FileTree } from '../../model/index.ts';
import { decodeText } from '../../lib/tree-views.ts';
import type { Evaluation } from './evaluate.ts';
import { fromPlan, mayBePlan, withPositions, type PlanEvaluation } from './plan/index.ts';

const LARGEST = 50_000_000;

/** Plans and states that lie in a tree, recognised by content. */
export async function findPlans(tree: FileTree): Promise<PlanEvaluation[]> {
  const plans: PlanEvaluation[] = [];
  for (const { path, size } of tree.files) {
    if (!/\.(?:json|tfstate|tfplan)$/i.test(path) || size > LARGEST) continue;
    const content = await tree.read(path);
    if (!content.ok) continue;
    const text = decodeText(content.bytes);
    const plan = mayBePlan(text) ? fromPlan(path, text) : undefined;
    if (plan !== undefined) plans.push(plan);
  }
  return plans;
}

/** A plan speaks for the resources that it names, also where the code leaves values unknown; the code speaks for all others. */
export function mergePlans(roots: readonly Evaluation[], plans: readonly PlanEvaluation[]): Evaluation[] {
  return plans.reduce<Evaluation[]>((merged, plan) => mergeOne(merged, withPositions(plan, roots)), [...roots]);
}

function mergeOne(roots: readonly Evaluation[], plan: PlanEvaluation): Evaluation[] {
  const planned = new Map(plan.resources.map((resource) => [resource.address, resource]));
  const shared = roots.map((root) => root.resources.filter((resource) => planned.has(resource.address)).length);
  const most = Math.max(0, ...shared);
  const chosen = most === 0 ? -1 : shared.indexOf(most);
  const root = roots[chosen];
  if (root === undefined) return [...roots, plan];
  const kept = root.resources.map((resource) => planned.get(resource.address) ?? resource);
  const own = new Set(root.resources.map((resource) => resource.address));
  const added = plan.resources.filter((resource) => !own.has(resource.address));
  const merged = { ...root, resources: [...kept, ...added], problems: [...root.problems, ...plan.problems] };
  return roots.map((one, index) => (index === chosen ? merged : one));
}
