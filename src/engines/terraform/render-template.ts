import { bind, type Environment, type Scope } from './environment.ts';
import { evaluate } from './expression.ts';
import type { Module } from './module.ts';
import { evaluateTemplate } from './template.ts';
import type { TfValue } from './value.ts';
import { TerraformError } from './value.ts';

/** Renders the text of templatefile() or templatestring(): only its own variables have a meaning in it. */
export function renderTemplate(
  content: string,
  path: string,
  variables: ReadonlyMap<string, TfValue>,
  module: Module,
): TfValue {
  const { budget, tools } = module.environment.scope;
  budget.spend(content.length);
  const template = module.world.template(content, path);
  const scope: Scope = {
    budget,
    tools: {
      ...tools,
      renderTemplate: () => {
        throw new TerraformError('a template cannot render another template');
      },
    },
    reference: (root, _, at) => {
      throw new TerraformError(`the template has no variable ${root}`, at);
    },
  };
  let environment: Environment = { scope, names: undefined };
  for (const [name, value] of variables) environment = bind(environment, name, value);
  if (template.kind !== 'template') return evaluate(template, environment);
  return evaluateTemplate(template.parts, template.at, environment, evaluate);
}
