import type { Ruleset } from '../secrets/index.ts';

interface Expression {
  readonly regex: RegExp;
}

/** Tells apart paths that some rule or allowlist tells apart: equal kinds give equal hits but for the path itself. */
export function pathKinds(ruleset: Ruleset): (path: string) => string {
  let expressions: readonly Expression[] | undefined;
  const kinds = new Map<string, string>();
  return (path) => {
    // Allowlists of rules are compiled when they are asked for; few histories need them here.
    expressions ??= [
      ...ruleset.rules.flatMap((rule) => [
        ...(rule.path === undefined ? [] : [rule.path]),
        ...rule.allowlists.flatMap((list) => list.paths),
      ]),
      ...ruleset.allowlists.flatMap((list) => list.paths),
    ];
    const known = kinds.get(path);
    if (known !== undefined) return known;
    const kind = expressions.map((expression) => (holds(expression, path) ? '1' : '0')).join('');
    kinds.set(path, kind);
    return kind;
  };
}

function holds({ regex }: Expression, path: string): boolean {
  regex.lastIndex = 0;
  return regex.test(path);
}
