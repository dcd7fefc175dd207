/** What a finding must have to be allowed. */
export interface RawAllowlist {
  readonly description: string;
  /** `all`: every given criterion; `any`: one of them. */
  readonly condition: 'all' | 'any';
  readonly paths: readonly string[];
  readonly regexes: readonly string[];
  readonly regexTarget: 'secret' | 'match' | 'line';
  /** Lower case. */
  readonly stopwords: readonly string[];
  /** Whole hashes in lower case. In a tree they are no criterion; their presence makes `all` fail there. */
  readonly commits: readonly string[];
  /** Rules that a global list is limited to; none is all of them. */
  readonly targetRules: readonly string[];
}

/** Takes note of something that could not be used. */
export type Problems = (message: string, rule?: string) => void;

/** A TOML table as a map, so that no key of the file reaches a prototype; empty for anything else. */
export function record(value: unknown): ReadonlyMap<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map();
}

export function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined;
}

/** The strings of a list. */
export function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** `[[allowlists]]`, and the older `[allowlist]`, of a rule or of the file; both at once are an error in gitleaks. */
export function allowlists(
  table: ReadonlyMap<string, unknown>,
  rule: string | undefined,
  report: Problems,
): RawAllowlist[] {
  const many = table.get('allowlists');
  const one = table.get('allowlist');
  if (many !== undefined && one !== undefined)
    report('both [allowlist] and [[allowlists]]; only the latter is read', rule);
  const entries: readonly unknown[] = Array.isArray(many) ? many : one === undefined ? [] : [one];
  return entries.flatMap((entry) => {
    const read = allowlist(record(entry), rule, report);
    return read === undefined ? [] : [read];
  });
}

function allowlist(
  table: ReadonlyMap<string, unknown>,
  rule: string | undefined,
  report: Problems,
): RawAllowlist | undefined {
  const condition = (string(table.get('condition')) ?? 'OR').toUpperCase();
  const target = string(table.get('regexTarget')) ?? 'secret';
  if (!['AND', '&&', 'OR', '||', ''].includes(condition)) {
    report(`unknown allowlist condition ${JSON.stringify(condition.slice(0, 40))}`, rule);
    return undefined;
  }
  if (target !== 'secret' && target !== 'match' && target !== 'line' && target !== '') {
    report(`unknown regexTarget ${JSON.stringify(target.slice(0, 40))}`, rule);
    return undefined;
  }
  const found: RawAllowlist = {
    description: string(table.get('description')) ?? '',
    condition: condition === 'AND' || condition === '&&' ? 'all' : 'any',
    paths: list(table.get('paths')),
    regexes: list(table.get('regexes')),
    regexTarget: target === '' ? 'secret' : target,
    stopwords: list(table.get('stopwords')).map((word) => word.toLowerCase()),
    commits: list(table.get('commits')).map((commit) => commit.trim().toLowerCase()),
    targetRules: list(table.get('targetRules')),
  };
  if (found.paths.length + found.regexes.length + found.stopwords.length + found.commits.length === 0) {
    report('an allowlist without commits, paths, regexes or stopwords', rule);
    return undefined;
  }
  return found;
}

/** Another rule that must match near a finding, or the finding is none (gitleaks 8.28, composite rules). */
export interface Required {
  readonly rule: string;
  /** Most lines between the two beginnings. */
  readonly withinLines?: number;
  /** Most columns between the two beginnings. */
  readonly withinColumns?: number;
}

/** `[[rules.required]]` of a rule. */
export function required(value: unknown, rule: string, report: Problems): Required[] {
  return (Array.isArray(value) ? value : []).flatMap((entry: unknown) => {
    const table = record(entry);
    const id = string(table.get('id'));
    if (id === undefined || id === '') {
      report(`rule ${rule} requires a rule without id`, rule);
      return [];
    }
    const withinLines = number(table.get('withinLines'));
    const withinColumns = number(table.get('withinColumns'));
    return [
      {
        rule: id,
        ...(withinLines === undefined ? {} : { withinLines }),
        ...(withinColumns === undefined ? {} : { withinColumns }),
      },
    ];
  });
}
