import type { Job, Step, WorkflowFact } from '../../facts/workflow/types.ts';

/** Variables that a step sees, where they are written out: its own, then those of its job and workflow. */
export function environment(workflow: WorkflowFact, job: Job, step: Step): ReadonlyMap<string, string> {
  return new Map([...workflow.env, ...job.env, ...step.env].map(([name, value]) => [name, value.text]));
}

/** Fills in variables of the workflow that are written out: `$IMAGE`, `${IMAGE}`, `${{ env.IMAGE }}`. */
export function fillIn(text: string, env: ReadonlyMap<string, string>, depth = 0): string {
  const filled = text
    .replace(/\$\{\{\s*env\.(\w+)\s*\}\}/g, (whole, name: string) => env.get(name) ?? whole)
    .replace(
      /\$\{(\w+)\}|\$(\w+)/g,
      (whole, braced: string | undefined, bare: string | undefined) => env.get(braced ?? bare ?? '') ?? whole,
    );
  return filled === text || depth > 5 || filled.length > 2000 ? filled.slice(0, 4000) : fillIn(filled, env, depth + 1);
}
