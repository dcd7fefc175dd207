import { TerraformBudget } from './value.ts';

/** Counts steps and characters of one evaluation, and how deep it is nested. */
export class Budget {
  #left: number;
  #depth = 0;
  readonly #deepest: number;

  constructor(steps: number, deepest: number) {
    this.#left = steps;
    this.#deepest = deepest;
  }

  /** Takes steps; throws TerraformBudget when none are left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TerraformBudget('the evaluation takes too many steps');
  }

  enter(): void {
    if (++this.#depth > this.#deepest) {
      this.#depth--;
      throw new TerraformBudget('expressions are nested too deeply');
    }
  }

  leave(): void {
    this.#depth--;
  }
}
