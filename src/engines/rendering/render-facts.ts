import type { FileTree, Render } from '../../model/index.ts';
import type { EvaluatedFacts } from '../terraform/evaluate-facts.ts';
import { renderCharts } from './render-charts.ts';
import { renderKustomizations } from './render-kustomizations.ts';

/** Facts with the objects of charts and kustomizations, as far as they can be rendered without anything from elsewhere. */
export async function renderFacts(evaluated: EvaluatedFacts, tree: FileTree, render: Render): Promise<EvaluatedFacts> {
  const { facts, terraform } = await renderCharts(evaluated, tree, render);
  return { facts: await renderKustomizations(facts, tree, render), terraform };
}
