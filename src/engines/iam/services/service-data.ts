import { compilePattern, wildcards } from '../concrete/wildcard.ts';

/** What AWS's services can do, of rules/iam/services.txt.br. */
export interface ServiceData {
  /** Where it comes from, and of which day. */
  readonly about: DataSource;
  /** Every action as it is written, `s3:GetObject`. */
  readonly actions: readonly string[];
  readonly actionExists: (action: string) => boolean;
  /** Actions that a pattern with `*` and `?` matches, without case. */
  readonly actionsMatching: (pattern: string) => readonly string[];
  /** What an action works on; none for unknown actions and those that are only asked about `*`. */
  readonly resourceTypesOf: (action: string) => readonly ResourceType[];
  /** ARNs of these with `${Partition}`, `${Region}`, `${Account}` and names for the rest. */
  readonly arnTemplates: (action: string) => readonly string[];
  /** Keys of the action itself and of its resources; global keys that every request may have are not among them. */
  readonly conditionKeys: (action: string) => readonly string[];
  readonly accessLevel: (action: string) => AccessLevel | undefined;
  /** Type of a context key, also of one with a tag's name; undefined for unknown keys. */
  readonly keyType: (key: string) => KeyType | undefined;
}

/** Package, licence and day of data that we ship. */
export interface DataSource {
  readonly source: string;
  readonly licence: string;
  /** YYYY-MM-DD */
  readonly date: string;
}

export type AccessLevel = 'Read' | 'List' | 'Write' | 'Permissions management' | 'Tagging';

/** `ArrayOf…` are multi-valued. */
export type KeyType =
  | 'String'
  | 'ArrayOfString'
  | 'ARN'
  | 'ArrayOfARN'
  | 'Bool'
  | 'ArrayOfBool'
  | 'Numeric'
  | 'Date'
  | 'IPAddress'
  | 'Binary';

/** A type of resources, as one action uses it. */
export interface ResourceType {
  readonly name: string;
  /** ARN with `${Partition}`, `${Region}`, `${Account}` and names for the rest. */
  readonly arn: string;
  /** Whether the action always names one. */
  readonly required: boolean;
  readonly conditionKeys: readonly string[];
}

/** A line of the data: types with ARN and keys; actions with level, types (required: index, otherwise -1 - index) and keys. */
interface ServiceLine {
  readonly types: readonly (readonly [string, string, readonly number[]])[];
  readonly actions: readonly (readonly [string, AccessLevel, readonly number[], readonly number[]])[];
}

interface Found {
  readonly line: ServiceLine;
  readonly action: ServiceLine['actions'][number];
}

/** Reads the text of rules/iam/services.txt.br, which our own generator wrote. */
export function serviceData(text: string): ServiceData {
  const [about = '{}', keyLine = '[]', ...lines] = text.split('\n');
  const keys = (JSON.parse(keyLine) as string[]).map((entry) => entry.split('\t') as [string, KeyType]);
  const actions: string[] = [];
  const byName = new Map<string, Found>();
  for (const each of lines) {
    const tab = each.indexOf('\t');
    if (tab < 0) continue;
    const line = JSON.parse(each.slice(tab + 1)) as ServiceLine;
    for (const action of line.actions) {
      const name = `${each.slice(0, tab)}:${action[0]}`;
      actions.push(name);
      byName.set(name.toLowerCase(), { line, action });
    }
  }
  const find = (action: string) => byName.get(action.toLowerCase());
  const keysOf = (indices: readonly number[]) => indices.flatMap((index) => keys[index]?.[0] ?? []);
  const resourceTypesOf = (action: string) => typesOf(find(action), keysOf);
  return {
    about: JSON.parse(about) as DataSource,
    actions,
    actionExists: (action) => find(action) !== undefined,
    actionsMatching: (pattern) => {
      const matches = compilePattern(wildcards(pattern.toLowerCase()));
      return actions.filter((action) => matches(action.toLowerCase()));
    },
    resourceTypesOf,
    arnTemplates: (action) => resourceTypesOf(action).map(({ arn }) => arn),
    conditionKeys: (action) => [
      ...new Set([
        ...keysOf(find(action)?.action[3] ?? []),
        ...resourceTypesOf(action).flatMap(({ conditionKeys }) => conditionKeys),
      ]),
    ],
    accessLevel: (action) => find(action)?.action[1],
    keyType: keyTypes(keys),
  };
}

function typesOf(found: Found | undefined, keysOf: (indices: readonly number[]) => string[]): ResourceType[] {
  return (found?.action[2] ?? []).flatMap((index) => {
    const type = found?.line.types[index < 0 ? -1 - index : index];
    if (type === undefined) return [];
    return [{ name: type[0], arn: type[1], required: index >= 0, conditionKeys: keysOf(type[2]) }];
  });
}

/** Keys of the data may hold names in `${…}`: `aws:RequestTag/${TagKey}`. */
function keyTypes(keys: readonly (readonly [string, KeyType])[]): ServiceData['keyType'] {
  const exact = new Map<string, KeyType>();
  const open: { readonly matches: (text: string) => boolean; readonly type: KeyType }[] = [];
  for (const [key, type] of keys) {
    const lower = key.toLowerCase();
    exact.set(lower, type);
    if (lower.includes('${'))
      open.push({ matches: compilePattern(wildcards(lower.replace(/\$\{[^}]*\}/g, '?*'))), type });
  }
  return (key) => {
    const lower = key.toLowerCase();
    return exact.get(lower) ?? open.find(({ matches }) => matches(lower))?.type;
  };
}
