import type { SourceLocation } from '../../model/index.ts';
import type { Budget } from './budget.ts';
import type { FunctionTools } from './functions.ts';
import type { TfValue } from './value.ts';

/** A name that `for`, `dynamic` or a template binds, innermost first. */
export interface Names {
  readonly name: string;
  readonly value: TfValue;
  readonly outer: Names | undefined;
}

/** One step of a reference, with its key: `.name` or `["name"]`. */
export interface ReferenceStep {
  readonly key: string;
  /** Written as an attribute, not as an index. */
  readonly dotted: boolean;
}

/** What names mean in a module. */
export interface Scope {
  /**
   * The value of a reference that begins with `root` (`var`, `local`, a resource type ...), and how many of the steps it took;
   * the remaining steps are applied to it. `stepAt` gives a step, undefined beyond the last or where its key is not known.
   * Throws TerraformError for a name that does not exist.
   */
  reference(
    root: string,
    stepAt: (index: number) => ReferenceStep | undefined,
    at: SourceLocation,
  ): { readonly value: TfValue; readonly used: number };
  readonly budget: Budget;
  /** Everything that functions need but the origin. */
  readonly tools: Omit<FunctionTools, 'origin'>;
}

/** Where an expression is evaluated. */
export interface Environment {
  readonly scope: Scope;
  readonly names: Names | undefined;
}

/** The environment with one more name. */
export function bind(environment: Environment, name: string, value: TfValue): Environment {
  return { scope: environment.scope, names: { name, value, outer: environment.names } };
}

/** The value of a bound name. */
export function bound(names: Names | undefined, name: string): TfValue | undefined {
  for (let at = names; at !== undefined; at = at.outer) if (at.name === name) return at.value;
  return undefined;
}
