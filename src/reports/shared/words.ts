import type { GapReason, Layer, Severity, Status, ThreatId, TraceStep } from '../../model/index.ts';

/** The four C's in the order of the lanes, with what a lane is called. */
export const LAYER_WORD = {
  code: 'Code',
  container: 'Container',
  cluster: 'Cluster',
  cloud: 'Cloud',
} as const satisfies Record<Layer, string>;

/** The statuses in the order that people want to read them. */
export const STATUS_ORDER = ['open', 'unknown', 'mitigated', 'not-applicable'] as const satisfies readonly Status[];

/** What a status is called. */
export const STATUS_WORD = {
  open: 'open',
  unknown: 'unknown',
  mitigated: 'mitigated',
  'not-applicable': 'not applicable',
} as const satisfies Record<Status, string>;

/** The mark of a status. */
export const STATUS_MARK = {
  open: '✘',
  unknown: '?',
  mitigated: '✔',
  'not-applicable': '–',
} as const satisfies Record<Status, string>;

/** Severities, best first. */
export const SEVERITY_RANK = {
  info: 0,
  low: 1,
  medium: 2,
  high: 3,
  critical: 4,
} as const satisfies Record<Severity, number>;

/** What the reason of a gap means. */
export const REASON_WORD = {
  'engine-missing': 'no engine for this question yet',
  'engine-error': 'a control failed; this is a bug of fourproof',
  'unreadable-file': 'a file could not be read',
  'unparsed-file': 'a file could not be understood',
  'too-large': 'a file is too large',
  'unresolved-value': 'a value is not determined here',
  'not-in-sight': 'it must exist elsewhere',
  'not-declared': 'only people can say it',
  'unrendered-template': 'a template was not rendered',
  'undrillable-rules': 'the rules come from elsewhere at run time',
  'out-of-budget': 'a bound on time or steps was reached',
} as const satisfies Record<GapReason, string>;

/** What a step of a trace is called. */
export const ROLE_WORD = {
  source: 'source',
  step: 'step',
  sink: 'sink',
  guard: 'guard',
} as const satisfies Record<TraceStep['role'], string>;

/** A count with its noun: `1 finding`, `1,000 findings`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A number with commas between thousands, the same in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** The layer that a threat belongs to. */
export function layerOf(threat: ThreatId): string {
  return threat.slice(0, threat.indexOf('/'));
}
