import type { Result } from '../model/index.ts';

/** The result as it is published: `fourproof/result/v1`, two spaces, keys in a fixed order, a newline at the end. */
export function renderJson(result: Result): string {
  return `${JSON.stringify(result, (_key, value: unknown) => ordered(value), 2)}\n`;
}

/** Names that stand first, in the order in which people read; all others follow in the order of their code units. */
const FIRST = [
  'schema',
  'tool',
  'name',
  'version',
  'now',
  'digest',
  'products',
  'product',
  'paths',
  'threat',
  'fingerprint',
  'id',
  'kind',
  'control',
  'severity',
  'title',
  'question',
  'references',
  'status',
  'exposure',
  'guard',
  'reason',
  'message',
  'owner',
  'expires',
  'by',
  'claim',
  'path',
  'startLine',
  'startColumn',
  'endLine',
  'endColumn',
  'route',
];
/** Names that stand last: what is long or changes with every run. */
const LAST = [
  'proof',
  'gaps',
  'controls',
  'findings',
  'excerpt',
  'counterexample',
  'verdicts',
  'inventory',
  'notices',
  'timings',
];
const RANK: ReadonlyMap<string, number> = new Map([
  ...FIRST.map((name, index) => [name, index - FIRST.length] as const),
  ...LAST.map((name, index) => [name, index + 1] as const),
]);

function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // Built from entries, so that a key called `__proto__` stays a key.
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)));
}

function rankOf(name: string): number {
  return RANK.get(name) ?? 0;
}
