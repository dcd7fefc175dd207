import type { SourceLocation } from '../../model/index.ts';

/** A text with its place. */
export interface Located {
  /** Empty where the value is not known. */
  readonly text: string;
  /** Set where the value is not known: why. */
  readonly unknown?: string;
  readonly at: SourceLocation;
  /** Of a block scalar: where the first line of its text starts, by line and column from 1. */
  readonly content?: { readonly line: number; readonly column: number };
}

/** A workflow of GitHub Actions: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions. */
export interface WorkflowFact {
  readonly path: string;
  readonly name?: string;
  readonly at: SourceLocation;
  readonly triggers: readonly Trigger[];
  readonly permissions?: Permissions;
  readonly env: ReadonlyMap<string, Located>;
  /** `defaults.run.shell`. */
  readonly defaultShell?: string;
  readonly jobs: readonly Job[];
}

/** An event and its filters, each absent where it is not written. */
export interface Trigger {
  readonly event: string;
  readonly at: SourceLocation;
  readonly branches?: readonly string[];
  readonly branchesIgnore?: readonly string[];
  readonly tags?: readonly string[];
  readonly paths?: readonly string[];
  readonly pathsIgnore?: readonly string[];
  readonly types?: readonly string[];
}

/** `GITHUB_TOKEN` permissions: a level for all scopes, or one for each that is named. */
export type Permissions =
  | { readonly all: string; readonly at: SourceLocation }
  | { readonly scopes: ReadonlyMap<string, string>; readonly at: SourceLocation };

export interface Job {
  readonly id: string;
  readonly name?: Located;
  readonly at: SourceLocation;
  readonly needs: readonly string[];
  readonly condition?: Located;
  readonly continueOnError?: Located;
  readonly permissions?: Permissions;
  readonly environment?: string;
  readonly env: ReadonlyMap<string, Located>;
  readonly defaultShell?: string;
  readonly hasMatrix: boolean;
  /** Images of `container:` and `services:`. */
  readonly images: readonly Located[];
  /** A reusable workflow, where the job calls one. */
  readonly uses?: Located;
  readonly with: ReadonlyMap<string, Located>;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly index: number;
  readonly id?: string;
  readonly name?: string;
  readonly at: SourceLocation;
  readonly condition?: Located;
  readonly continueOnError?: Located;
  readonly uses?: Located;
  readonly with: ReadonlyMap<string, Located>;
  readonly env: ReadonlyMap<string, Located>;
  readonly run?: Located;
  readonly shell?: string;
  readonly workingDirectory?: string;
}
