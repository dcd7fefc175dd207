import type { SourcedAllowlist } from './allowlist.ts';
import { readConfig, type ConfigProblem, type RawConfig } from './config.ts';
import { compileRules, type Origin, type Ruleset, type SourcedRule } from './ruleset.ts';

/** A configuration file that the caller has read. */
export interface RuleText {
  readonly path: string;
  readonly text: string;
}

/** What a merge of configurations is made of. */
interface Sourced {
  readonly rules: readonly SourcedRule[];
  readonly allowlists: readonly SourcedAllowlist[];
  readonly problems: readonly ConfigProblem[];
}

const MAX_EXTENDS = 2;
const cache = new Map<string, Ruleset>();

/** The rules of our own pack, from the texts of its files. Compiled once for the same texts. */
export function packRuleset(pack: readonly RuleText[]): Ruleset {
  return cached(pack, () => compile(packSources(pack)));
}

/**
 * What is looked for in a tree: our pack, and the rules that the team wrote for itself. The team's allowlists take
 * nothing away; they mark what they allow. Its `disabledRules` are about its gate and do not bind us.
 */
export function exposureRuleset(pack: readonly RuleText[], team?: RuleText, readOther?: ReadOther): Ruleset {
  if (team === undefined) return packRuleset(pack);
  const own = packSources(pack);
  const theirs = teamSources(team, own, readOther);
  const ids = new Set(own.rules.map((rule) => rule.raw.id));
  const listsOf = (id: string): readonly SourcedAllowlist[] =>
    theirs.rules.filter((rule) => rule.raw.id === id).flatMap((rule) => rule.allowlists.filter(isTeams));
  return compile({
    rules: [
      ...own.rules.map((rule) => ({ ...rule, allowlists: [...rule.allowlists, ...listsOf(rule.raw.id)] })),
      ...theirs.rules.filter(
        (rule) => rule.origin === 'team' && !(ids.has(rule.raw.id) && !rule.raw.sets.has('regex')),
      ),
    ],
    allowlists: [...own.allowlists, ...theirs.allowlists.filter(isTeams)],
    problems: [...own.problems, ...theirs.problems],
  });
}

/** What the team's gitleaks finds: its configuration alone, `useDefault` standing for our pack. */
export function gateRuleset(pack: readonly RuleText[], team: RuleText | undefined, readOther?: ReadOther): Ruleset {
  return team === undefined ? packRuleset(pack) : compile(teamSources(team, packSources(pack), readOther));
}

/** The text of another file of the tree, for `extend.path`; undefined when there is none. */
export type ReadOther = (path: string) => string | undefined;

function isTeams(list: SourcedAllowlist): boolean {
  return list.origin === 'team';
}

function packSources(pack: readonly RuleText[]): Sourced {
  const all = pack.map(({ path, text }) => sources(readConfig(path, text), 'pack'));
  return {
    rules: all.flatMap(({ rules }) => rules),
    allowlists: all.flatMap(({ allowlists }) => allowlists),
    problems: all.flatMap(({ problems }) => problems),
  };
}

function teamSources(file: RuleText, pack: Sourced, readOther: ReadOther | undefined, depth = 0): Sourced {
  const read = readConfig(file.path, file.text);
  const own = sources(read, 'team');
  const extend = read.config?.extend;
  if (extend === undefined) return own;
  const missing = (message: string): ConfigProblem => ({ path: file.path, reason: 'undrillable-rules', message });
  const base: Sourced[] = extend.useDefault ? [pack] : [];
  const problems: ConfigProblem[] = [];
  if (extend.path !== undefined && depth < MAX_EXTENDS) {
    const text = readOther?.(extend.path);
    if (text === undefined) problems.push(missing(`extend.path ${JSON.stringify(extend.path)} is not in the tree`));
    else base.push(teamSources({ path: extend.path, text }, pack, readOther, depth + 1));
  }
  return { ...merge(own, base, new Set(extend.disabledRules)), problems: [...own.problems, ...problems] };
}

/** As gitleaks extends: what the extending file gives wins (empty and 0 are not given), lists are appended. */
function merge(own: Sourced, bases: readonly Sourced[], disabled: ReadonlySet<string>): Omit<Sourced, 'problems'> {
  const rules = new Map(own.rules.map((rule) => [rule.raw.id, rule]));
  for (const base of bases.flatMap((sourced) => sourced.rules)) {
    const { id } = base.raw;
    if (disabled.has(id)) continue;
    const child = rules.get(id);
    if (child === undefined) rules.set(id, base);
    else rules.set(id, extended(child, base));
  }
  return { rules: [...rules.values()], allowlists: [own, ...bases].flatMap(({ allowlists }) => allowlists) };
}

function extended(child: SourcedRule, base: SourcedRule): SourcedRule {
  const set = Object.fromEntries(
    (['description', 'entropy', 'secretGroup', 'regex', 'path'] as const).flatMap((key) =>
      child.raw[key] ? [[key, child.raw[key]]] : [],
    ),
  );
  return {
    ...child,
    raw: {
      ...base.raw,
      ...set,
      sets: child.raw.sets,
      tags: [...base.raw.tags, ...child.raw.tags],
      keywords: [...base.raw.keywords, ...child.raw.keywords],
    },
    allowlists: [...base.allowlists, ...child.allowlists],
  };
}

function sources(
  read: { readonly config?: RawConfig; readonly problems: readonly ConfigProblem[] },
  origin: Origin,
): Sourced {
  const { config, problems } = read;
  if (config === undefined) return { rules: [], allowlists: [], problems };
  const { path, text } = config;
  const sourced = (raw: SourcedAllowlist['raw']): SourcedAllowlist => ({ raw, origin, path, text });
  return {
    rules: config.rules.map((raw) => ({ raw, origin, path, text, allowlists: raw.allowlists.map(sourced) })),
    allowlists: config.allowlists.map(sourced),
    problems,
  };
}

function compile({ rules, allowlists, problems }: Sourced): Ruleset {
  return compileRules(rules, allowlists, problems);
}

function cached(pack: readonly RuleText[], make: () => Ruleset): Ruleset {
  const key = JSON.stringify(pack.map(({ path, text }) => [path, text]));
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}
