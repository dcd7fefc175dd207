import type { SourceLocation } from '../../model/index.ts';
import type { Located } from '../workflow/types.ts';

/** A compose file: https://github.com/compose-spec/compose-spec. */
export interface ComposeFact {
  readonly path: string;
  readonly services: readonly ComposeService[];
}

export interface ComposeService {
  readonly name: string;
  readonly at: SourceLocation;
  /** As written, with its `${...}`. */
  readonly image?: Located;
  readonly build?: ComposeBuild;
  readonly user?: Located;
}

export interface ComposeBuild {
  /** Folder below the root, or the text as written when it leaves the tree or is a URL. */
  readonly context: string;
  /** Path of the Dockerfile below the root; absent for `dockerfile_inline` and remote contexts. */
  readonly dockerfile?: string;
  readonly target?: string;
  readonly args: ReadonlyMap<string, string>;
  /** `additional_contexts` by name. */
  readonly contexts: ReadonlyMap<string, string>;
  readonly at: SourceLocation;
}
