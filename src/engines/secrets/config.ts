import { parse, TomlError } from 'smol-toml';
import {
  allowlists,
  list,
  number,
  record,
  required,
  string,
  type Problems,
  type RawAllowlist,
  type Required,
} from './config-values.ts';

/** A rule as the file writes it; regexes are RE2 sources. */
export interface RawRule {
  readonly id: string;
  readonly description: string;
  readonly regex?: string;
  readonly path?: string;
  readonly secretGroup: number;
  /** Shannon bits a character that the secret must exceed; 0 is no bound. */
  readonly entropy: number;
  /** Lower case; the file must hold one of them. */
  readonly keywords: readonly string[];
  readonly tags: readonly string[];
  readonly allowlists: readonly RawAllowlist[];
  /** It only serves rules that require it. */
  readonly skipReport: boolean;
  readonly required: readonly Required[];
  /** Key of a check that the secret must pass: our extension, which gitleaks does not read. */
  readonly checksum?: string;
  /** Which keys the file sets, for the merge with a rule that it extends. */
  readonly sets: ReadonlySet<string>;
}

/** A gitleaks configuration, checked and defaulted. */
export interface RawConfig {
  /** Path of the file, for places. */
  readonly path: string;
  readonly text: string;
  readonly rules: readonly RawRule[];
  readonly allowlists: readonly RawAllowlist[];
  readonly extend: { readonly useDefault: boolean; readonly path?: string; readonly disabledRules: readonly string[] };
}

/** Something in a configuration that could not be used; the rest of it stands. */
export interface ConfigProblem {
  readonly path: string;
  /** Line, from 1, where it is known. */
  readonly line?: number;
  /** Rule that it is about. */
  readonly rule?: string;
  readonly reason: 'unparsed-file' | 'undrillable-rules' | 'out-of-budget';
  readonly message: string;
}

const MAX_CONFIG = 4_000_000;

/** Reads gitleaks' TOML (config/config.go of gitleaks 8). Never throws: what can't be used is a problem. */
export function readConfig(
  path: string,
  text: string,
): { readonly config?: RawConfig; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const report: Problems = (message, rule) => {
    const line = rule === undefined ? undefined : lineOf(text, `id`, rule);
    problems.push({
      path,
      reason: 'unparsed-file',
      message,
      ...(rule === undefined ? {} : { rule }),
      ...(line === undefined ? {} : { line }),
    });
  };
  if (text.length > MAX_CONFIG) {
    report('the configuration is larger than 4 MB');
    return { problems };
  }
  let table: ReturnType<typeof record>;
  try {
    table = record(parse(text));
  } catch (error) {
    if (!(error instanceof TomlError)) {
      report('not readable as TOML');
      return { problems };
    }
    const message = error.message.split('\n', 1)[0] ?? 'not valid TOML';
    return { problems: [{ path, line: error.line, reason: 'unparsed-file', message }] };
  }
  const extend = record(table.get('extend'));
  const extendPath = string(extend.get('path'));
  if (string(extend.get('url')) !== undefined) report('extend.url is not read: its rules come from elsewhere');
  if (extendPath !== undefined && extend.get('useDefault') === true)
    report('extend.path and extend.useDefault exclude each other in gitleaks; both are read');
  const config: RawConfig = {
    path,
    text,
    rules: rules(table.get('rules'), report),
    allowlists: allowlists(table, undefined, report),
    extend: {
      useDefault: extend.get('useDefault') === true,
      disabledRules: list(extend.get('disabledRules')),
      ...(extendPath === undefined ? {} : { path: extendPath }),
    },
  };
  return { config, problems };
}

function rules(value: unknown, report: Problems): RawRule[] {
  const byId = new Map<string, RawRule>();
  for (const entry of Array.isArray(value) ? value : []) {
    const rule = readRule(record(entry), report);
    if (rule === undefined) continue;
    if (byId.has(rule.id)) report(`rule ${rule.id} is defined twice; the last one counts`, rule.id);
    byId.set(rule.id, rule);
  }
  for (const { id, required: others } of byId.values())
    for (const { rule } of others)
      if (!byId.has(rule)) report(`rule ${id} requires ${rule}, which is not in this file`, id);
  return [...byId.values()];
}

function readRule(table: ReadonlyMap<string, unknown>, report: Problems): RawRule | undefined {
  const id = string(table.get('id'));
  if (id === undefined || id.trim() === '') {
    report('a rule without id');
    return undefined;
  }
  const regex = string(table.get('regex'));
  const path = string(table.get('path'));
  const checksum = string(table.get('checksum'));
  return {
    id,
    description: string(table.get('description')) ?? '',
    secretGroup: number(table.get('secretGroup')) ?? 0,
    entropy: number(table.get('entropy')) ?? 0,
    keywords: list(table.get('keywords')).map((word) => word.toLowerCase()),
    tags: list(table.get('tags')),
    allowlists: allowlists(table, id, report),
    skipReport: table.get('skipReport') === true,
    required: required(table.get('required'), id, report),
    sets: new Set(table.keys()),
    ...(regex === undefined ? {} : { regex }),
    ...(path === undefined ? {} : { path }),
    ...(checksum === undefined ? {} : { checksum }),
  };
}

/** The line of `key = "value"`, from 1; places in TOML are found by text, because the parser keeps none. */
export function lineOf(text: string, key: string, value: string): number | undefined {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => {
    const trimmed = line.trim();
    return trimmed.startsWith(key) && (trimmed.includes(`"${value}"`) || trimmed.includes(`'${value}'`));
  });
  return at < 0 ? undefined : at + 1;
}
