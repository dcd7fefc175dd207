import type { IamPolicy, IamPrincipals, IamStatement } from '../../../facts/iam-policy/types.ts';
import { compileActions } from '../concrete/actions.ts';
import { compileCondition, type Holds } from '../concrete/condition.ts';
import { isFixed, parsePolicyText, resolvePolicyText, type PolicyText } from '../concrete/policy-text.ts';
import { compilePattern, type Matches } from '../concrete/wildcard.ts';
import type { AppliedPolicies, RequestPrincipal } from '../types.ts';
import type { Question } from './ask.ts';
import { knownKeys, type KnownKeys } from './known-keys.ts';

/** A statement that allows, prepared to say for certain that it does not speak about a question. */
interface Allowing {
  readonly statement: IamStatement;
  readonly action: Matches;
  /** Undefined where any resource may match. */
  readonly resource: ((text: string, known: KnownKeys) => boolean) | undefined;
  readonly conditions: readonly { readonly key: string; readonly holds: Holds }[];
}

const compiled = new WeakMap<IamPolicy, readonly Allowing[]>();
const NOTHING: KnownKeys = new Map();

/** Statements of policies that may allow an action on a resource; those that it leaves out do not, whatever the request. */
export function allowing(
  policies: readonly IamPolicy[],
  action: string,
  resource: string,
  known: KnownKeys = NOTHING,
): IamStatement[] {
  const isPattern = /[*?]/.test(resource);
  const name = action.toLowerCase();
  const found: IamStatement[] = [];
  for (const policy of policies) {
    for (const one of compile(policy)) {
      if (!one.action(name) || (!isPattern && one.resource?.(resource, known) === false)) continue;
      const fails = one.conditions.some(({ key, holds }) => known.has(key) && !holds((wanted) => known.get(wanted)));
      if (!fails) found.push(one.statement);
    }
  }
  return found;
}

/**
 * Whether the policies may allow what is asked, by what is the same in all its requests: false is certain. It answers most
 * questions of a large world, so that only likely ones are evaluated.
 */
export function mayAllow(question: Question, policies: AppliedPolicies): boolean {
  const { identity, action, resource, resourceAccount } = question;
  const known = knownKeys(question);
  const byIdentity = allowing(policies.identity, action, resource, known).length > 0;
  if (policies.resource === undefined) return byIdentity;
  const isCross = resourceAccount !== undefined && resourceAccount !== identity.account;
  if (isCross && !byIdentity) return false;
  const speaking = allowing(policies.resource, action, resource, known);
  const naming = speaking.filter(({ principals }) => mayName(principals, identity.principal));
  if (isCross) return naming.length > 0;
  if (!action.toLowerCase().startsWith('sts:assumerole')) return byIdentity || naming.length > 0;
  // A trust policy must always allow; alone it is enough for whom it names, for others of the account it only passes on.
  return naming.some((statement) => byIdentity || !namesOnlyAccount(statement.principals, identity.principal));
}

/** Whether a `Principal` may be about somebody: ARN, account, everybody, or anything that is not plain. */
export function mayName(element: IamPrincipals | undefined, principal: RequestPrincipal): boolean {
  if (element === undefined) return false;
  if (element.negated) return true;
  const { arn, role, account } = principal;
  return element.principals.some(({ type, value }) => {
    if (type !== 'AWS') return type === 'Federated' && value === arn;
    return value.includes('*') || value === arn || value === role || isAccount(value, account) || isSession(value, arn);
  });
}

function namesOnlyAccount(element: IamPrincipals | undefined, principal: RequestPrincipal): boolean {
  if (element === undefined || element.negated) return false;
  const { arn, role } = principal;
  return !element.principals.some(
    ({ value }) => value.includes('*') || value === arn || value === role || isSession(value, arn),
  );
}

function isAccount(value: string, account: string | undefined): boolean {
  return account !== undefined && (value === account || value.endsWith(`:iam::${account}:root`));
}

/** Another session of the same role. */
function isSession(value: string, arn: string): boolean {
  const role = /^(arn:[^:]*:sts::[^:]*:assumed-role\/[^/]+\/)/.exec(arn)?.[1];
  return role !== undefined && value.startsWith(role);
}

function compile(policy: IamPolicy): readonly Allowing[] {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const made = policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .map((statement) => ({
      statement,
      action: compileActions(statement.actions),
      resource: resourceMatch(statement, policy.version),
      conditions: statement.conditions
        .filter(({ values }) => !values.some((value) => value.includes('${')))
        .map((condition) => ({
          key: condition.key.toLowerCase(),
          holds: compileCondition(condition, policy.version),
        })),
    }));
  compiled.set(policy, made);
  return made;
}

function resourceMatch({ resources }: IamStatement, version: IamPolicy['version']): Allowing['resource'] {
  if (resources === undefined || resources.negated) return undefined;
  const each = resources.patterns.map((pattern) => patternMatch(parsePolicyText(pattern, { version, wild: true })));
  return (text, known) => each.some((matches) => matches(text, known));
}

function patternMatch(pattern: PolicyText): (text: string, known: KnownKeys) => boolean {
  if (isFixed(pattern)) {
    const matches = compilePattern(pattern);
    return (text) => matches(text);
  }
  const variables = pattern.flatMap((piece) => ('variable' in piece ? [piece.variable] : []));
  return (text, known) => {
    if (!variables.every((variable) => known.has(variable))) return true;
    const resolved = resolvePolicyText(pattern, (key) => known.get(key));
    return resolved !== undefined && compilePattern(resolved)(text);
  };
}
