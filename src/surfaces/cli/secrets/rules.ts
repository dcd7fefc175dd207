import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gateRuleset, packRuleset, type RuleText, type Ruleset } from '../../../engines/secrets/index.ts';
import { readSecretRules } from '../../../sources/assets.ts';
import { CommandFailure } from '../exit.ts';

/** The texts that a ruleset is made of: they travel to worker threads, the ruleset does not. */
export interface RuleTexts {
  readonly pack: readonly RuleText[];
  /** The team's configuration; absent when our own rules run alone. */
  readonly team?: RuleText;
  /** Texts of files that it extends, by the path that it gives. */
  readonly others: readonly (readonly [string, string])[];
}

/** Reads `--config`, otherwise `.gitleaks.toml` of the root, otherwise our own rules. */
export function readRuleTexts(root: string, config: string | undefined): RuleTexts {
  const pack = readSecretRules();
  const own = join(root, '.gitleaks.toml');
  const path = config ?? (existsSync(own) ? own : undefined);
  if (path === undefined) return { pack, others: [] };
  const team = { path: config ?? '.gitleaks.toml', text: readText(path) };
  const others = new Map<string, string>();
  let from = team.text;
  // `extend.path` is relative to where the command runs, as in gitleaks, and may extend in turn.
  for (let depth = 0; depth < 2; depth++) {
    const named = /^\[extend\][^[]*?^[ \t]*path[ \t]*=[ \t]*["']{1,3}([^"'\n]{1,400})["']/m.exec(from)?.[1];
    if (named === undefined || others.has(named)) break;
    const found = [named, join(root, named)].find((each) => existsSync(each));
    if (found === undefined) break;
    from = readText(found);
    others.set(named, from);
  }
  return { pack, team, others: [...others] };
}

export function compileTexts({ pack, team, others }: RuleTexts): Ruleset {
  const byPath = new Map(others);
  return team === undefined ? packRuleset(pack) : gateRuleset(pack, team, (path) => byPath.get(path));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandFailure(`fourproof: ${path} cannot be read: ${String((error as NodeJS.ErrnoException).code)}`);
  }
}
