import type { SourceLocation } from '../../model/index.ts';
import type { Located } from '../workflow/types.ts';

/** What must happen before something reaches a branch: a ruleset, a branch protection, or an export of one. */
export interface BranchRulesFact {
  readonly path: string;
  readonly at: SourceLocation;
  /** What it was read from, in words: `github_repository_ruleset.main`, `ruleset export`. */
  readonly source: string;
  /** The repository that it names. */
  readonly repository?: string;
  /** Whether it is enforced; undefined where that is not known. */
  readonly enforced?: boolean;
  /** Branch patterns: `main`, `refs/heads/main`, `~DEFAULT_BRANCH`, `~ALL`, globs. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Names of the checks that must pass before a merge. */
  readonly requiredChecks: readonly Located[];
  /** Approvals that a pull request needs; undefined where the rules ask for no pull request. */
  readonly approvals?: number;
  readonly codeOwners: boolean;
  /** Who may go round the rules. */
  readonly bypass: readonly string[];
  /** Whether code scanning results are required before a merge. */
  readonly codeScanning: boolean;
  /** Parts that are not known, so that the rules may say more than is seen here. */
  readonly unresolved: readonly Located[];
}
