import type { HclExpression, HclFile } from '../../lib/hcl/ast.ts';
import type { GapReason, SourceLocation } from '../../model/index.ts';
import type { Budget } from './budget.ts';
import type { Configuration } from './configuration.ts';
import type { Environment } from './environment.ts';
import { evaluate } from './expression.ts';
import { unknown } from './make.ts';
import { step } from './origins.ts';
import type { TfValue } from './value.ts';
import { TerraformBudget, TerraformError } from './value.ts';

/** What a configuration leaves undecided or does wrong. */
export interface TerraformProblem {
  /** `error`: Terraform itself would refuse it. `gap`: something that is not in sight. */
  readonly severity: 'error' | 'gap';
  readonly reason: GapReason;
  readonly message: string;
  readonly at?: SourceLocation;
  /** The command to run or the file to add that closes it. */
  readonly closes?: string;
}

/** What all modules of one root share. */
export interface World {
  /** Declarations of a folder below the tree's root; undefined where it has no Terraform files. */
  configuration(folder: string): Configuration | undefined;
  /** Bytes of a file by its path below the root. */
  readFile(path: string): Uint8Array | undefined;
  listFiles(folder: string): readonly string[];
  /** Parses the text of a template file. */
  template(text: string, path: string): HclExpression;
  /** Folder of a module that `terraform init` brought, by its key (`eks.kms`). */
  installed(key: string): string | undefined;
  /** The files that stand for a known module that is not on disk. */
  summary(source: string, version: string | undefined): readonly HclFile[] | undefined;
  readonly rootFolder: string;
  readonly workspace: string;
  readonly budget: Budget;
  readonly problems: Problems;
  /** Counts module instances; throws TerraformBudget beyond the limit. */
  countModule(): void;
}

/** Collects problems, each once. */
export class Problems {
  readonly list: TerraformProblem[] = [];
  readonly #seen = new Set<string>();

  add(problem: TerraformProblem): void {
    const { at } = problem;
    const key = `${problem.message}|${at === undefined ? '' : `${at.path}:${at.startLine}:${at.startColumn}`}`;
    if (this.#seen.has(key) || this.list.length >= MOST) return;
    this.#seen.add(key);
    this.list.push(problem);
  }
}

const MOST = 10_000;

/** The value of an expression; what goes wrong becomes an unknown and a problem. */
export function evaluateSafely(expression: HclExpression, environment: Environment, problems: Problems): TfValue {
  return safely(() => evaluate(expression, environment), expression.at, problems);
}

/** Runs a part of the evaluation; what goes wrong becomes an unknown and a problem. */
export function safely(run: () => TfValue, at: SourceLocation, problems: Problems): TfValue {
  try {
    return run();
  } catch (error) {
    if (error instanceof TerraformError) {
      problems.add({ severity: 'error', reason: 'unresolved-value', message: error.message, at: error.at ?? at });
      return unknown(error.message, step('error', error.at ?? at));
    }
    if (error instanceof TerraformBudget || isOverflow(error)) {
      const message = error instanceof TerraformBudget ? error.message : 'expressions are nested too deeply';
      problems.add({ severity: 'gap', reason: 'out-of-budget', message, at });
      return unknown(message, step('out of budget', at));
    }
    throw error;
  }
}

/** The budget's depth comes first as a rule; how much a level takes differs between engines. */
function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}
