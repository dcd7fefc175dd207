import { evaluateTerraform, type Evaluation, type TerraformOptions } from '../../src/engines/terraform/evaluate.ts';
import type { Origin, TfValue } from '../../src/engines/terraform/value.ts';

/** Evaluates files given as texts. */
export function evaluated(
  files: Readonly<Record<string, string>> | string,
  options?: TerraformOptions,
  folder = '',
): Evaluation {
  const all = typeof files === 'string' ? { 'main.tf': files } : files;
  return evaluateTerraform(folder, new Map(Object.entries(all)), options);
}

/** An attribute of a resource by its address; undefined where there is none. */
export function valueAt(evaluation: Evaluation, address: string, attribute: string): TfValue | undefined {
  return evaluation.resources.find((resource) => resource.address === address)?.values.entries.get(attribute);
}

/** The first way of a value to its source: `var.x main.tf:3`. */
export function chainOf(value: TfValue | undefined): string[] {
  const steps: string[] = [];
  for (let at: Origin | undefined = value?.origin; at !== undefined; at = at.from?.[0]) {
    steps.push(`${at.what} ${at.at.path}:${at.at.startLine}`);
  }
  return steps;
}
