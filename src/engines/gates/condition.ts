import { evaluate, truthOf, type Circumstances } from './expression.ts';

const STATUS_FUNCTION = /\b(?:always|success|failure|cancelled)\s*\(/i;

/**
 * Whether the `if:` of a step or job lets it run in the given circumstances; undefined is "cannot be told". A
 * condition that asks for no status holds only where nothing failed.
 */
export function holdsIn(condition: string, given: Circumstances): boolean | undefined {
  const text = condition.trim().replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
  // Text around an expression makes it a string, which is true whatever it says; nobody means that.
  if (text.includes('${{') || text.includes('}}')) return undefined;
  if (given.failed === true && !asksForStatus(text)) return false;
  return truthOf(evaluate(text, given));
}

/** The same on a pull request whose earlier steps and jobs went well. */
export function holdsOnPullRequest(
  condition: string,
  event: Circumstances['event'] = 'pull_request',
): boolean | undefined {
  return holdsIn(condition, { event });
}

/** Whether a condition replaces the `success()` that GitHub adds to every other one. */
export function asksForStatus(condition: string): boolean {
  return STATUS_FUNCTION.test(condition.slice(0, 5000).replace(/'(?:[^']|'')*'/g, ''));
}
