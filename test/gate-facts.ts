import { evaluateFacts } from '../src/engines/terraform/evaluate-facts.ts';
import { collectFacts } from '../src/facts/collect.ts';
import type { Facts } from '../src/facts/index.ts';
import { textTree } from '../src/lib/tree-views.ts';
import type { FileTree } from '../src/model/index.ts';

/** Facts of a few texts, with those that Terraform adds, for tests. */
export async function factsOfTexts(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly facts: Facts; readonly tree: FileTree }> {
  const tree = textTree('case', new Map(Object.entries(files)));
  const { facts } = await evaluateFacts(await collectFacts(tree), tree, []);
  return { facts, tree };
}

/** A workflow with one job `scan`, whose steps and keys are given as YAML. */
export function workflowOf({
  on = 'pull_request',
  job = '',
  steps,
  jobs = '',
}: {
  readonly on?: string;
  readonly job?: string;
  readonly steps: string;
  readonly jobs?: string;
}): string {
  const indented = (text: string, by: string): string =>
    text
      .split('\n')
      .map((line) => (line === '' ? '' : by + line))
      .join('\n');
  return `on: ${on}\njobs:\n  scan:\n    runs-on: ubuntu-latest\n${indented(job, '    ')}\n    steps:\n${indented(steps, '      ')}\n${indented(jobs, '  ')}\n`;
}

/** An exported ruleset for main that requires some checks. */
export function requiring(...checks: readonly string[]): string {
  return JSON.stringify([
    { type: 'required_status_checks', parameters: { required_status_checks: checks.map((context) => ({ context })) } },
  ]);
}

export const RULES = '.github/branch-rules.json';
