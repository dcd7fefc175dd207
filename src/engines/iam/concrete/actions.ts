import type { IamPatterns } from '../../../facts/iam-policy/types.ts';
import { compilePattern, wildcards, type Matches } from './wildcard.ts';

/**
 * Whether an action, in lower case, is one of an element's. A statement may list thousands: those without a wildcard are
 * looked up, and of the others only those of the action's service are tried.
 */
export function compileActions({ negated, patterns }: IamPatterns): Matches {
  const exact = new Set<string>();
  const byService = new Map<string, Matches[]>();
  const anywhere: Matches[] = [];
  for (const pattern of patterns.map((text) => text.toLowerCase())) {
    const service = pattern.slice(0, Math.max(0, pattern.indexOf(':')));
    if (!/[*?]/.test(pattern)) exact.add(pattern);
    else if (service === '' || /[*?]/.test(service)) anywhere.push(compilePattern(wildcards(pattern)));
    else {
      const ofService = byService.get(service) ?? [];
      ofService.push(compilePattern(wildcards(pattern)));
      byService.set(service, ofService);
    }
  }
  if (patterns.includes('*')) return () => !negated;
  return (action) => {
    if (exact.has(action) || anywhere.some((matches) => matches(action))) return !negated;
    if (byService.size === 0) return negated;
    const ofService = byService.get(action.slice(0, Math.max(0, action.indexOf(':'))));
    return (ofService?.some((matches) => matches(action)) === true) !== negated;
  };
}
