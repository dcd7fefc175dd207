import type { IamPolicy } from '../../facts/iam-policy/types.ts';

/** What policies say about the values of a key: these alone, or all but these. */
export interface Lock {
  readonly kind: 'only' | 'not';
  readonly values: readonly string[];
}

/** The values of a key that policies allow, or else those that they forbid; undefined where none names the key. */
export function lockOf(key: string, policies: readonly IamPolicy[]): Lock | undefined {
  const allowed = new Set<string>();
  const denied = new Set<string>();
  for (const { effect, conditions } of policies.flatMap(({ statements }) => statements)) {
    for (const condition of conditions) {
      if (condition.key.toLowerCase() !== key || !condition.operator.startsWith('String')) continue;
      const negated = condition.operator.startsWith('StringNot');
      const into = negated === (effect === 'Deny') ? allowed : denied;
      for (const value of condition.values) into.add(value);
    }
  }
  if (allowed.size > 0) return { kind: 'only', values: [...allowed].sort() };
  return denied.size > 0 ? { kind: 'not', values: [...denied].sort() } : undefined;
}
