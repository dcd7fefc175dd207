import type { WrittenInvariant } from '../engines/guardrails/custom.ts';
import type { ReadIamTexts } from '../engines/iam/services/aws-data.ts';
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
  /** Globs over ARNs of the principals that administer accounts by intent. */
  readonly administrators?: readonly string[];
  /** Requests that only some may reach, directly or by becoming somebody else. */
  readonly crownJewels?: readonly CrownJewel[];
  /** Globs over names or ARNs of IAM users that are machines and not people. */
  readonly machineUsers?: readonly string[];
  /** Other identity providers that ask everybody for a second factor. */
  readonly secondFactor?: { readonly identityCenter?: 'required' | undefined; readonly saml?: 'required' | undefined };
  /** This repository at GitHub, `owner/name`. */
  readonly repository?: string;
  /** What the organisation forbids its accounts. */
  readonly guardrails?: DeclaredGuardrails;
}

/** Which requests no account of the organisation may make. */
export interface DeclaredGuardrails {
  /** Ids of built-in invariants; all where it is absent. */
  readonly claim?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  /** Globs. */
  readonly instanceTypes?: readonly string[] | undefined;
  /** Id or name of the account that holds users. */
  readonly identityAccount?: string | undefined;
  /** Globs over ARNs of principals that are excepted by intent. */
  readonly except?: readonly string[] | undefined;
  readonly custom?: readonly WrittenInvariant[] | undefined;
}

/** A request that is worth most, and who it is for. */
export interface CrownJewel {
  readonly action: string;
  /** ARN; any resource where it is absent. */
  readonly resource?: string | undefined;
  /** Globs over ARNs. */
  readonly allowed: readonly string[];
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
  /** Whether a file belongs to any declared product; absent where none is declared. */
  readonly isProducts?: (path: string) => boolean;
  /** The facts of the product, and those that belong to the whole repository. */
  readonly facts: Facts;
  /** What the Terraform of the whole repository evaluates to. */
  readonly terraform: EvaluatedTerraform;
  readonly declared: Declared;
  /** Our own summaries of well-known Terraform modules. */
  readonly terraformModules: readonly { readonly path: string; readonly text: string }[];
  /** Gives our data about AWS, for what asks about IAM. */
  readonly iamTexts: ReadIamTexts;
  /** The TOML texts of our own secret rules. */
  readonly secretRules: readonly { readonly path: string; readonly text: string }[];
  /** The time that everything is judged at. */
  readonly now: Date;
}

export type FourproofThreat = Threat<Context>;
export type FourproofControl = Control<Context>;
