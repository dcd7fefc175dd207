import type { Origin, TfValue } from './value.ts';

/** What a function may ask for beside its arguments. */
export interface FunctionTools {
  /** Origin of the result: the call, with the origins of the arguments below it. */
  readonly origin: Origin;
  /** Reads a file of the tree by a path below the root, already normalised; undefined when it leaves the tree, does not exist or is too large. */
  readFile(path: string): Uint8Array | undefined;
  /** Paths of the tree below a folder, for fileset. */
  listFiles(folder: string): readonly string[];
  /** Folder of the module that makes the call, below the root. */
  readonly moduleFolder: string;
  /** Folder of the root module. */
  readonly rootFolder: string;
  /** Evaluates a template of templatefile or templatestring with these variables. */
  renderTemplate(text: string, path: string, variables: ReadonlyMap<string, TfValue>): TfValue;
  /** Reads text as a `.tfvars` file, for `provider::terraform::decode_tfvars`; where it is missing the result is unknown. */
  decodeTfvars?(text: string): TfValue;
  /** Counts steps and characters against the budget; throws TerraformBudget. */
  spend(steps: number): void;
}

/**
 * A function of the Terraform language. Unknown arguments: a function gives an unknown whose reason names the argument,
 * except where its result does not depend on the unknown part (length of a list with unknown elements, merge, lookup
 * of another key ...), as Terraform does. Wrong arguments throw TerraformError with Terraform's meaning.
 */
export type TfFunction = (args: readonly TfValue[], tools: FunctionTools) => TfValue;
