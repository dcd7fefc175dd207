import type { Review } from '../reviews/branches.ts';

/** An identity token that a CI system gives to a run. */
export interface CiToken {
  /** Host of the issuer, as in the names of condition keys: `token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** What somebody does to get it, as a phrase: `a pull request in shop-example/shop`. */
  readonly how: string;
  /** Whether another person approved the code that runs with it. */
  readonly review: Review;
  readonly claims: ReadonlyMap<string, string>;
}

/** All tokens whose claims match patterns, in which `*` stands for anything; at least those that it speaks of. */
export interface TokenFamily extends CiToken {
  /** By claim: patterns of values that no token of the family has. */
  readonly except: ReadonlyMap<string, readonly string[]>;
}

/** What is known of a repository at GitHub. */
export interface CiRepository {
  /** `owner/name`. */
  readonly name: string;
  /** Claims that `sub` is composed of; GitHub's default where it is absent. */
  readonly subjectKeys?: readonly string[];
  /** Branches and environments of which every run was approved by another person. */
  readonly reviewedBranches: readonly string[];
  readonly reviewedEnvironments: readonly string[];
  /** Review of a run on a branch, on a tag, in an environment. */
  branch(name: string): Review;
  tag(name: string): Review;
  environment(name: string): Review;
}
