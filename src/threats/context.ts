import type { EvaluatedTerraform } from '../engines/terraform/evaluate-facts.ts';
import type { Facts } from '../facts/index.ts';
import type { Control, FileTree, Threat } from '../model/index.ts';

/** What the team declares in fourproof.yaml: facts and scope, never a status. */
export interface Declared {
  /** Globs over normalised references; replaces the default allow list of base images. */
  readonly allowedBaseImages?: readonly string[];
  /** Globs over normalised references; replaces the default allow list of a cluster's registries. */
  readonly allowedRegistries?: readonly string[];
  /** The branch that pull requests go to. */
  readonly defaultBranch?: string;
}

/** One product: what of the tree is its own. */
export interface Product {
  readonly name: string;
  /** Path globs below the root; `.` is everything. */
  readonly paths: readonly string[];
}

/** What a control is given for one product. */
export interface Context {
  readonly product: Product;
  /** The files of the product; a drill's copy carries the planted files. */
  readonly tree: FileTree;
  /** The whole repository: what configures a gate or a build may stand beside the product. */
  readonly repository: FileTree;
  /** The facts of the product, and those that belong to the whole repository. */
  readonly facts: Facts;
  /** What the Terraform of the whole repository evaluates to. */
  readonly terraform: EvaluatedTerraform;
  readonly declared: Declared;
  /** Our own summaries of well-known Terraform modules. */
  readonly terraformModules: readonly { readonly path: string; readonly text: string }[];
  /** The TOML texts of our own secret rules. */
  readonly secretRules: readonly { readonly path: string; readonly text: string }[];
  /** The time that everything is judged at. */
  readonly now: Date;
}

export type FourproofThreat = Threat<Context>;
export type FourproofControl = Control<Context>;
