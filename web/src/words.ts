import type { GapReason, Layer, Severity, Status, TraceStep } from '../../src/model/index.ts';

/** The four C's in the order of the lanes, innermost first. */
export const LAYERS = ['code', 'container', 'cluster', 'cloud'] as const satisfies readonly Layer[];

/** The statuses in the order that people want to read them. */
export const STATUS_ORDER = ['open', 'unknown', 'mitigated', 'not-applicable'] as const satisfies readonly Status[];

/** What a lane is called. */
export const LAYER_WORD = {
  code: 'Code',
  container: 'Container',
  cluster: 'Cluster',
  cloud: 'Cloud',
} as const satisfies Record<Layer, string>;

/** What a status is called. */
export const STATUS_WORD = {
  open: 'open',
  unknown: 'unknown',
  mitigated: 'mitigated',
  'not-applicable': 'not applicable',
} as const satisfies Record<Status, string>;

/** What a severity is called. */
export const SEVERITY_WORD = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
} as const satisfies Record<Severity, string>;

/** What the reason of a gap is called. */
export const REASON_WORD = {
  'engine-missing': 'No engine for this question yet',
  'engine-error': 'A check failed; this is a bug of fourproof',
  'unreadable-file': 'File could not be read',
  'unparsed-file': 'File could not be understood',
  'too-large': 'File is too large',
  'unresolved-value': 'A value is not determined here',
  'not-in-sight': 'It must exist elsewhere',
  'not-declared': 'Only people can say it',
  'unrendered-template': 'Template was not rendered',
  'undrillable-rules': 'Rules come from elsewhere at run time',
  'out-of-budget': 'A bound on time or steps was reached',
} as const satisfies Record<GapReason, string>;

/** What a step of a trace is called. */
export const ROLE_WORD = {
  source: 'Source',
  step: 'Step',
  sink: 'Sink',
  guard: 'Guard',
} as const satisfies Record<TraceStep['role'], string>;

/** A count with its noun: `1 finding`, `1,000 findings`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A number with commas between thousands, the same in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
