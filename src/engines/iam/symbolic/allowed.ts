import { patternSet } from '../../../lib/automata/pattern-set.ts';
import { wildcardTokens } from '../../../lib/automata/tokens.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { AppliedPolicies, LayerName, PolicyLevel, RequestPrincipal } from '../types.ts';
import type { Atom } from './atoms.ts';
import { compileStatement } from './compile-statement.ts';
import { all, not, some, type Formula } from './formula.ts';
import type { Variables } from './pattern-text.ts';
import { nearness, type Nearness } from './nearness.ts';

/** Who asks, and whose resource it is: what is decided before the search. */
export interface Standpoint {
  readonly principal: RequestPrincipal;
  readonly resourceAccount: string | undefined;
  readonly variables: Variables;
}

/** A formula that is true of exactly the requests that the policies allow, with the variables that it leaves open. */
export interface AllowedFormula {
  readonly formula: Formula;
  /** In lower case. */
  readonly free: ReadonlySet<string>;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export function allowedFormula(applied: AppliedPolicies, standpoint: Standpoint): AllowedFormula {
  const { principal, resourceAccount } = standpoint;
  const crossAccount = resourceAccount !== undefined && resourceAccount !== principal.account;
  const bound =
    principal.account !== undefined && principal.serviceLinked !== true && applied.managementAccount !== true;
  const resourceBound = principal.serviceLinked !== true && (applied.managementAccount !== true || crossAccount);
  const free = new Set<string>();
  const layer = (name: LayerName, policies: readonly IamPolicy[], target?: string): Layer =>
    readLayer(name, policies, standpoint, free, target);
  const levels = (name: LayerName, binds: boolean, of: readonly PolicyLevel[] | undefined): readonly Layer[] =>
    binds ? (of ?? []).map(({ target, policies }) => layer(name, policies, target)) : [];

  const identity = layer('identity', applied.identity);
  const resource = layer('resource', applied.resource ?? []);
  const boundary = applied.boundary === undefined ? undefined : layer('boundary', applied.boundary);
  const session =
    applied.session === undefined && principal.kind !== 'federated-user'
      ? undefined
      : layer('session', applied.session ?? []);
  const serviceControl = levels('serviceControl', bound, applied.serviceControl);
  const resourceControl = levels('resourceControl', resourceBound, applied.resourceControl);
  const limits = [boundary, session].flatMap((limit) => (limit === undefined ? [] : [limit.allows()]));
  const denies = [identity, resource, boundary, session, ...serviceControl, ...resourceControl].flatMap(
    (part) => part?.undenied ?? [],
  );
  const granted = grants({ principal, crossAccount, identity, resource, limits });
  return {
    formula: all([granted, ...serviceControl.map((level) => level.allows()), ...denies]),
    free,
  };
}

interface Layer {
  /** A statement allows, and names the principal at least so nearly. */
  allows(...nearness: readonly Nearness[]): Formula;
  /** That each of its denies does not match. */
  readonly undenied: readonly Formula[];
}

function readLayer(
  name: LayerName,
  policies: readonly IamPolicy[],
  { principal, variables }: Standpoint,
  free: Set<string>,
  target: string | undefined,
): Layer {
  const place = target === undefined ? { layer: name } : { layer: name, target };
  const allowing: { readonly formula: Formula; readonly near: Nearness }[] = [];
  const undenied: Formula[] = [];
  for (const policy of policies) {
    for (const statement of policy.statements) {
      // Whom a resource's policy does not name, it does not speak about.
      if (name === 'resource' && statement.principals === undefined) continue;
      const near = statement.principals === undefined ? 'direct' : nearness(statement.principals, principal);
      if (near === undefined) continue;
      const compiled = compileStatement(policy, statement, variables);
      for (const variable of compiled.free) free.add(variable);
      const matches = all(
        compiled.literals.map((literal) => ({ kind: 'literal', literal })),
        { says: 'matches', ...place, policy, statement },
      );
      if (statement.effect === 'Allow') allowing.push({ formula: matches, near });
      else undenied.push(not(matches));
    }
  }
  return {
    allows: (...wanted) =>
      some(
        allowing.filter(({ near }) => wanted.length === 0 || wanted.includes(near)).map(({ formula }) => formula),
        { says: 'allows', ...place },
      ),
    undenied,
  };
}

interface Grants {
  readonly principal: RequestPrincipal;
  readonly crossAccount: boolean;
  readonly identity: Layer;
  readonly resource: Layer;
  /** Boundary and session policies. */
  readonly limits: readonly Formula[];
}

/** What the principal's and the resource's account must give, denies and organisations apart. */
function grants({ principal, crossAccount, identity, resource, limits }: Grants): Formula {
  if (principal.account === undefined) return resource.allows();
  if (principal.kind === 'root') {
    const given = crossAccount ? resource.allows() : some([not(NEEDS_RESOURCE_POLICY), resource.allows()]);
    return all([not(literal(ASSUME_ROLE)), given]);
  }
  if (crossAccount) return all([identity.allows(), resource.allows(), ...limits]);
  const byIdentity = all([identity.allows(), ...limits]);
  const routes = [
    all([byIdentity, not(NEEDS_RESOURCE_POLICY)]),
    resource.allows('direct'),
    all([resource.allows('role'), ...limits]),
    all([byIdentity, resource.allows('account')]),
  ];
  return some(routes.filter((route) => !isFalse(route)));
}

function isFalse(formula: Formula): boolean {
  if (formula.kind === 'literal') return false;
  if (formula.kind === 'some') return formula.of.length === 0;
  return formula.of.some(isFalse);
}

const ASSUME_ROLE = textAtom('action', ['sts:assumerole']);
const TRUST_ACTION = textAtom('action', [
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
]);

/**
 * Roles and KMS keys: identity policies count only where the trust or key policy lets them, also in the same account.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
const NEEDS_RESOURCE_POLICY: Formula = some([
  all([literal(TRUST_ACTION), literal(arnAtom('arn:*:iam::*:role/*'))]),
  all([literal(textAtom('action', ['kms:*'])), literal(arnAtom('arn:*:kms:*:*:key/*'))]),
]);

function literal(atom: Atom): Formula {
  return { kind: 'literal', literal: { atom, want: true } };
}

function textAtom(dimension: 'action' | 'resource', patterns: readonly string[]): Atom {
  const set = patternSet(patterns.map((pattern) => wildcardTokens(pattern)));
  return { id: -set.id, dimension, test: { kind: 'text', over: set, under: set }, origin: { part: dimension } };
}

/** An ARN in whose first five parts wildcards stop at colons. */
function arnAtom(pattern: string): Atom {
  let colons = 0;
  const tokens = wildcardTokens(pattern).map((token) => {
    if (token.kind === 'chars' && token.chars === ':') colons++;
    return token.kind === 'star' && colons < 5 ? { ...token, except: ':' } : token;
  });
  const set = patternSet([tokens]);
  return {
    id: -set.id,
    dimension: 'resource',
    test: { kind: 'text', over: set, under: set },
    origin: { part: 'resource' },
  };
}
