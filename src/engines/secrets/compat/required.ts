import type { Required } from '../config-values.ts';
import type { Rule, Ruleset } from '../ruleset.ts';
import type { Leak } from './leak.ts';

/** Of the findings of a composite rule those that have one of every required rule near them (gitleaks 8.28). */
export function withRequired(
  rule: Rule,
  leaks: readonly Leak[],
  ruleset: Ruleset,
  run: (rule: Rule) => readonly Leak[],
): readonly Leak[] {
  if (rule.required.length === 0 || leaks.length === 0) return leaks;
  const found = new Map<string, readonly Leak[]>();
  for (const { rule: id } of rule.required) {
    const other = ruleset.rules.find((each) => each.id === id);
    if (other !== undefined && !found.has(id)) found.set(id, other.searchesText ? run(other) : []);
  }
  return leaks.flatMap((leak) => {
    const near = rule.required.flatMap((required) =>
      (found.get(required.rule) ?? []).filter((other) => isNear(leak, other, required)),
    );
    const complete = rule.required.every(({ rule: id }) => near.some((other) => other.rule === id));
    return complete && near.length > 0 ? [{ ...leak, required: near }] : [];
  });
}

function isNear(leak: Leak, other: Leak, { withinLines, withinColumns }: Required): boolean {
  if (withinLines !== undefined && Math.abs(leak.startLine - other.startLine) > withinLines) return false;
  return withinColumns === undefined || Math.abs(leak.startColumn - other.startColumn) <= withinColumns;
}
