import type { YamlEntry } from '../../lib/yaml/index.ts';
import type { SourceLocation } from '../../model/index.ts';
import type { PolicyProblem } from './types.ts';

const MOST_NAMED = 200;

/** Collects what is wrong with a document. All are counted; only the first are kept, so that a hostile file makes no flood. */
export class PolicyProblems {
  readonly #named: PolicyProblem[] = [];
  #count = 0;

  add(message: string, at: SourceLocation | undefined): void {
    if (++this.#count <= MOST_NAMED) this.#named.push({ message, ...(at === undefined ? {} : { at }) });
  }

  get count(): number {
    return this.#count;
  }

  get all(): readonly PolicyProblem[] {
    const more = this.#count - this.#named.length;
    return more === 0 ? this.#named : [...this.#named, { message: `and ${more} more problems` }];
  }
}

/** The entries whose key stands before them already. */
export function repeated(entries: readonly YamlEntry[]): YamlEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ key }) => seen.size === seen.add(key).size);
}
