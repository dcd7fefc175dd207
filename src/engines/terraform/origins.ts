import type { SourceLocation } from '../../model/index.ts';
import { isBrought } from './paths.ts';
import type { Origin } from './value.ts';

/** A step with what lies behind it. */
export function step(what: string, at: SourceLocation, ...from: readonly Origin[]): Origin {
  return from.length === 0 ? { at, what } : { at, what, from };
}

/**
 * Origin of an element that was reached through its collection: the way of the collection first
 * (`var.accounts`, the module's argument, `local.all`), then the element's own. `suffix` is what the collection's name
 * gets, or the whole name with `what`. Most are never asked: everything is built when it is.
 */
export function elementStep(
  suffix: string,
  at: SourceLocation,
  collection: Origin,
  element: Origin,
  what?: string,
): Origin {
  return new ElementOrigin(suffix, at, collection, element, what);
}

/** Holds what an element was reached through; thousands of values have one. */
class ElementOrigin implements Origin {
  readonly at: SourceLocation;
  readonly #suffix: string;
  readonly #what: string | undefined;
  readonly #collection: Origin;
  readonly #element: Origin;

  constructor(suffix: string, at: SourceLocation, collection: Origin, element: Origin, what: string | undefined) {
    this.at = at;
    this.#suffix = suffix;
    this.#what = what;
    this.#collection = collection;
    this.#element = element;
  }

  get what(): string {
    return this.#what ?? `${this.#collection.what}${this.#suffix}`;
  }

  get from(): readonly Origin[] {
    return [along(this.#collection, this.#element, 0)];
  }
}

const LONGEST = 64;

/** Follows the references of a collection and puts the element's origin where the collection was written out. */
function along(collection: Origin, element: Origin, depth: number): Origin {
  const next = collection.from?.[0];
  if (depth >= LONGEST || collection.from?.length !== 1 || next === undefined || !isReference(collection.what))
    return element;
  // The element may already know a part of the way.
  if (collection === element) return element;
  return { at: collection.at, what: collection.what, from: [along(next, element, depth + 1)] };
}

function isReference(what: string): boolean {
  return /^(?:var|local|module|each|argument|output|data|resource)\b/.test(what);
}

/** The nearest place on the way of a value that is a file of the repository; where there is none, where the value stands. */
export function placeInRepository(origin: Origin): SourceLocation {
  if (!isBrought(origin.at.path)) return origin.at;
  let next: readonly Origin[] = [origin];
  for (let depth = 0; depth < LONGEST && next.length > 0; depth++) {
    const found = next.find(({ at }) => !isBrought(at.path));
    if (found !== undefined) return found.at;
    next = next.flatMap(({ from }) => from ?? []).slice(0, LONGEST);
  }
  return origin.at;
}
