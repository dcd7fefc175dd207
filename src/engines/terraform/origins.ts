import type { SourceLocation } from '../../model/index.ts';
import type { Origin } from './value.ts';

/** A step with what lies behind it. */
export function step(what: string, at: SourceLocation, ...from: readonly Origin[]): Origin {
  return from.length === 0 ? { at, what } : { at, what, from };
}

/**
 * Origin of an element that was reached through its collection: the way of the collection first
 * (`var.accounts`, the module's argument, `local.all`), then the element's own. Built when it is asked for.
 */
export function elementStep(what: string, at: SourceLocation, collection: Origin, element: Origin): Origin {
  return {
    at,
    what,
    get from() {
      return [along(collection, element, 0)];
    },
  };
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
