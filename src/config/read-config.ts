import { descend, parseYaml, plain, type YamlNode } from '../lib/yaml/index.ts';
import { decodeText } from '../lib/tree-views.ts';
import type { FileTree, Notice, SourceLocation } from '../model/index.ts';
import type { Declared, Product } from '../threats/context.ts';
import { NO_DECISIONS, type Decisions } from '../verdict/decisions.ts';

export const CONFIG_PATH = 'fourproof.yaml';

/** What fourproof.yaml says. */
export interface Config {
  /** Absent: the repository is one product. */
  readonly products?: readonly Product[];
  readonly declared: Declared;
  readonly decisions: Decisions;
}

export type ConfigReading =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly errors: readonly Notice[] };

/** Reads fourproof.yaml at the root of a tree; an absent file declares nothing. Errors point at line and column. */
export async function readConfig(tree: FileTree): Promise<ConfigReading> {
  if (!tree.files.some((file) => file.path === CONFIG_PATH)) {
    return { ok: true, config: { declared: {}, decisions: NO_DECISIONS } };
  }
  const content = await tree.read(CONFIG_PATH);
  if (!content.ok) return { ok: false, errors: [{ level: 'error', message: `${CONFIG_PATH}: ${content.why}` }] };
  const [document, second] = parseYaml(CONFIG_PATH, decodeText(content.bytes));
  if (document === undefined) return { ok: true, config: { declared: {}, decisions: NO_DECISIONS } };
  if (!document.ok) return { ok: false, errors: [{ level: 'error', message: document.message, at: document.at }] };
  if (second !== undefined)
    return { ok: false, errors: [{ level: 'error', message: 'more than one document', at: second.at }] };

  // Only a repository that has a config pays for loading the validator.
  const { configSchema } = await import('./schema.ts');
  const root = document.root;
  const parsed = configSchema.safeParse(toObject(plain(root)));
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue): Notice => {
      const path = issue.path.filter((step) => typeof step !== 'symbol');
      const named = path.join('.');
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
      return {
        level: 'error',
        message: `${named === '' ? '' : `${named}: `}${issue.message}`,
        at:
          unknown === undefined ? placeOf(root, path, document.at) : keyPlaceOf(root, [...path, unknown], document.at),
      };
    });
    return { ok: false, errors };
  }
  const { products, acceptances = [], dismissals = [], ...declared } = parsed.data;
  return {
    ok: true,
    config: {
      ...(products === undefined ? {} : { products }),
      declared: written(declared),
      decisions: {
        acceptances: acceptances.map((item, index) => ({
          ...item,
          at: placeOf(root, ['acceptances', index], document.at),
        })),
        dismissals: dismissals.map(({ expires, ...item }, index) => ({
          ...item,
          ...(expires === undefined ? {} : { expires }),
          at: placeOf(root, ['dismissals', index], document.at),
        })),
      },
    },
  };
}

/** What is written, without the keys that are not. */
function written<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function keyPlaceOf(
  root: YamlNode | undefined,
  path: readonly (string | number)[],
  fallback: SourceLocation,
): SourceLocation {
  const parent = descend(root, ...path.slice(0, -1));
  const entry = parent?.kind === 'map' ? parent.entries.find(({ key }) => key === path.at(-1)) : undefined;
  return entry?.keyAt ?? placeOf(root, path, fallback);
}

/** The place of the deepest part of a path that exists. */
function placeOf(
  root: YamlNode | undefined,
  path: readonly (string | number)[],
  fallback: SourceLocation,
): SourceLocation {
  const last = path.at(-1);
  const parent = descend(root, ...path.slice(0, -1));
  const entry = parent?.kind === 'map' ? parent.entries.find(({ key }) => key === last) : undefined;
  if (entry !== undefined) return entry.value.kind === 'scalar' ? entry.value.at : entry.keyAt;
  for (let length = path.length; length >= 0; length--) {
    const node = descend(root, ...path.slice(0, length));
    if (node !== undefined) return node.at;
  }
  return fallback;
}

/** The validator takes plain objects only; a null prototype is what the parser gives. */
function toObject(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toObject);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toObject(item)]));
}
