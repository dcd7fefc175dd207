import type { IamPatterns, IamPolicy, IamStatement } from '../../../facts/iam-policy/types.ts';
import type { RequestPrincipal } from '../types.ts';
import { compileActions } from './actions.ts';
import { compileCondition } from './condition.ts';
import { isFixed, parsePolicyText, resolvePolicyText, type Lookup } from './policy-text.ts';
import { reachOf, type Reach } from './principals.ts';
import { compilePattern } from './wildcard.ts';

/** What a statement is asked about. */
export interface Asked {
  readonly principal: RequestPrincipal;
  /** In lower case. */
  readonly action: string;
  readonly resource: string;
  readonly lookup: Lookup;
}

/** A statement that is ready to be asked many times. */
export interface CompiledStatement {
  readonly statement: IamStatement;
  /** How near it names the principal, where all of its elements match; a statement without a Principal names it directly. */
  readonly applies: (asked: Asked) => Reach | undefined;
}

const compiled = new WeakMap<IamPolicy, readonly CompiledStatement[]>();

/** The statements of a policy, compiled when they are first asked for. */
export function compilePolicy(policy: IamPolicy): readonly CompiledStatement[] {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const statements = policy.statements.map((statement) => compileStatement(statement, policy.version));
  compiled.set(policy, statements);
  return statements;
}

function compileStatement(statement: IamStatement, version: IamPolicy['version']): CompiledStatement {
  const { principals } = statement;
  const actions = compileActions(statement.actions);
  const resources = statement.resources === undefined ? undefined : compileResources(statement.resources, version);
  const conditions = statement.conditions.map((condition) => compileCondition(condition, version));
  return {
    statement,
    applies: (asked) => {
      if (!actions(asked.action)) return undefined;
      const reach = principals === undefined ? 'direct' : reachOf(principals, asked.principal);
      if (reach === undefined || resources?.(asked) === false) return undefined;
      return conditions.every((holds) => holds(asked.lookup)) ? reach : undefined;
    },
  };
}

/**
 * Wildcards of resources reach over colons and slashes. A pattern with a variable that is absent matches nothing, and a
 * NotResource that holds one does not match either: nobody can say what it leaves out.
 */
function compileResources(
  { negated, patterns }: IamPatterns,
  version: IamPolicy['version'],
): (asked: Asked) => boolean {
  const texts = patterns.map((pattern) => parsePolicyText(pattern, { version, wild: true }));
  const fixed = texts.filter(isFixed).map(compilePattern);
  const open = texts.filter((text) => !isFixed(text));
  if (open.length === 0) return ({ resource }) => fixed.some((matches) => matches(resource)) !== negated;
  return ({ resource, lookup }) => {
    let found = fixed.some((matches) => matches(resource));
    for (const text of found && !negated ? [] : open) {
      const pattern = resolvePolicyText(text, lookup);
      if (pattern !== undefined) found ||= compilePattern(pattern)(resource);
      else if (negated) return false;
    }
    return found !== negated;
  };
}
