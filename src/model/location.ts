/** A range of source text. Lines and columns count from 1; columns are UTF-16 code units; the end is exclusive. */
export interface SourceLocation {
  /** Path below the root that was verified, with forward slashes. */
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Where in the document's own structure it stands, e.g. `jobs.build.steps[2].uses`; free of line numbers. */
  readonly route?: string;
  /** Id of the git object (a commit, for its version of the file) that is meant; absent for the tree itself. */
  readonly revision?: string;
}
