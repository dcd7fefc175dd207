import { patternSet } from '../../../lib/automata/pattern-set.ts';
import { wildcardTokens } from '../../../lib/automata/tokens.ts';
import { principalContext } from '../principal-context.ts';
import type { AppliedPolicies, IamRequest, RequestPrincipal } from '../types.ts';
import type { Value } from './atoms.ts';
import { principalWithArn, type Subject } from './subjects.ts';
import type { RequestQuery, RequestSpace } from './types.ts';

interface Found {
  readonly valueOf: (dimension: string) => Value;
  readonly dimensions: readonly string[];
}

/** The request that a search found, with the keys that it asked about. */
export function requestOf(found: Found, subject: Subject, query: RequestQuery, space: RequestSpace): IamRequest {
  const principal = principalOf(found, subject);
  const { resourceAccount } = query;
  const own = principalContext({
    principal,
    action: '',
    resource: '',
    context: new Map(),
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
  });
  const context = new Map<string, string | readonly string[]>();
  for (const [key, value] of space.context ?? []) context.set(key.toLowerCase(), value);
  for (const dimension of found.dimensions) {
    if (!dimension.startsWith('key:')) continue;
    const key = dimension.slice('key:'.length);
    const value = found.valueOf(dimension);
    if (value !== undefined && own.get(key) !== value && !(subject.arns !== undefined && own.has(key)))
      context.set(key, value);
  }
  const resource = found.valueOf('resource');
  return {
    principal,
    action: written(String(found.valueOf('action')), query),
    resource: typeof resource === 'string' ? resource : '*',
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context,
  };
}

/** The values of a request's dimensions. */
export function valuesOf(request: IamRequest): (dimension: string) => Value {
  const own = principalContext(request);
  return (dimension) => {
    if (dimension === 'action') return request.action.toLowerCase();
    if (dimension === 'resource') return request.resource;
    const key = dimension.slice('key:'.length);
    return request.context.get(key) ?? own.get(key);
  };
}

function principalOf({ valueOf, dimensions }: Found, subject: Subject): RequestPrincipal {
  const { principal, arns } = subject;
  if (arns === undefined) return principal;
  const arn = dimensions.includes('key:aws:principalarn') ? valueOf('key:aws:principalarn') : undefined;
  if (typeof arn === 'string') return principalWithArn(subject, arn);
  const name = dimensions.includes('key:aws:username') ? valueOf('key:aws:username') : undefined;
  if (typeof name !== 'string') return principal;
  return principalWithArn(subject, `${principal.arn.slice(0, principal.arn.lastIndexOf('/') + 1)}${name}`);
}

/** An action in the case in which a policy or the question writes it. */
function written(action: string, { policies, space, realism }: RequestQuery): string {
  const real = realism?.actions.find((name) => name.toLowerCase() === action);
  if (real !== undefined) return real;
  const patterns = [
    ...(space?.actions ?? []).filter(({ negated }) => !negated).flatMap((each) => each.patterns),
    ...actionPatterns(policies),
  ];
  let best = '';
  for (const pattern of patterns) {
    const lower = pattern.toLowerCase();
    if (lower === action) return pattern;
    const wildcard = pattern.search(/[*?]/);
    const prefix = pattern.slice(0, Math.max(0, wildcard));
    if (prefix.length <= best.length || !action.startsWith(prefix.toLowerCase())) continue;
    if (patternSet([wildcardTokens(lower)]).matches(action)) best = prefix;
  }
  return `${best}${action.slice(best.length)}`;
}

function actionPatterns({ identity, resource }: AppliedPolicies): readonly string[] {
  return [...identity, ...(resource ?? [])].flatMap(({ statements }) =>
    statements.flatMap(({ effect, actions }) => (effect === 'Allow' && !actions.negated ? actions.patterns : [])),
  );
}
