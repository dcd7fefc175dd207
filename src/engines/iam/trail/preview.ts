import type { IamPolicy, IamStatement } from '../../../facts/iam-policy/types.ts';
import { compileActions } from '../concrete/actions.ts';
import { compileCondition } from '../concrete/condition.ts';
import { principalContext } from '../principal-context.ts';
import type { ServiceData } from '../services/service-data.ts';
import { matchesResources } from './resources.ts';
import type { PreviewAnswer, TrailRequest } from './types.ts';

/** Yes, no, or the names of what one would have to know. */
export type Kleene = boolean | readonly string[];

/** Decides recorded requests against one service control policy. */
export type Preview = (request: TrailRequest) => PreviewAnswer;

/**
 * Prepares a policy. One without an Allow stands beside FullAWSAccess, as AWS attaches it; one with an Allow stands alone at
 * its level. What CloudTrail does not record is unknown, and so is whatever depends on it.
 */
export function previewOf(policy: IamPolicy, services: ServiceData): Preview {
  const statements = policy.statements.map((statement) => ({
    statement,
    matches: compile(statement, policy.version, services),
  }));
  const denies = statements.filter(({ statement }) => statement.effect === 'Deny');
  const allows = statements.filter(({ statement }) => statement.effect === 'Allow');
  return (request) => {
    let unknown: { readonly lacks: readonly string[]; readonly statement: IamStatement } | undefined;
    for (const { statement, matches } of denies) {
      const answer = matches(request);
      if (answer === true) return { kind: 'denied', statement };
      if (answer !== false) unknown ??= { lacks: answer, statement };
    }
    if (unknown !== undefined) return { kind: 'unknown', ...unknown };
    if (allows.length === 0) return { kind: 'allowed' };
    let lacks: readonly string[] | undefined;
    for (const { matches } of allows) {
      const answer = matches(request);
      if (answer === true) return { kind: 'allowed' };
      if (answer !== false) lacks ??= answer;
    }
    return lacks === undefined
      ? { kind: 'denied', statement: undefined }
      : { kind: 'unknown', lacks, statement: undefined };
  };
}

function compile(
  { actions, resources, conditions }: IamStatement,
  version: IamPolicy['version'],
  services: ServiceData,
): (request: TrailRequest) => Kleene {
  const isAction = compileActions(actions);
  const tests = conditions.map((condition) => ({ condition, holds: compileCondition(condition, version) }));
  return (request) => {
    if (!isAction(request.action.toLowerCase())) return false;
    const lacks = new Set<string>();
    const own = principalContext({ principal: request.principal, action: '', resource: '', context: new Map() });
    for (const { condition, holds } of tests) {
      const missing = new Set<string>();
      const lookup = (key: string) => {
        if (request.keys.has(key)) return request.keys.get(key);
        // Whose resource it is follows from the resource, not from who asks.
        if (own.has(key) && key !== 'aws:resourceaccount') return own.get(key);
        missing.add(key);
        return undefined;
      };
      const result = holds(lookup);
      if (missing.size === 0 && !result) return false;
      for (const key of missing) lacks.add(key === condition.key.toLowerCase() ? condition.key : key);
    }
    const atResource = resources === undefined ? true : matchesResources(resources, request, services);
    if (atResource === false) return false;
    if (atResource !== true) for (const one of atResource) lacks.add(one);
    return lacks.size === 0 ? true : [...lacks].sort();
  };
}
