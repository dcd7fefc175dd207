import type { NonEmpty, TraceStep } from '../model/index.ts';

/** A trace that ends where it happens, with what leads there before it. */
export function traceTo(end: TraceStep, before: readonly TraceStep[]): NonEmpty<TraceStep> {
  const [first, ...rest] = before;
  return first === undefined ? [end] : [first, ...rest, end];
}
