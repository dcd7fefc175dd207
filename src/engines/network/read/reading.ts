import type { SourceLocation } from '../../../model/index.ts';
import { whyUnknown, type YamlNode } from '../../../lib/yaml/index.ts';
import type { Doubt, Problem } from '../types.ts';

/** Peers and ports of all policies together; what is beyond is not read, and named. */
export const MOST_PARTS = 300_000;
/** Different blocks of addresses, likewise. */
export const MOST_BLOCKS = 30_000;

/** What is shared by the reading of all objects. */
export interface Reading {
  readonly problems: Problem[];
  /** Peers, ports and blocks that may still be read. */
  readonly left: { parts: number; blocks: number };
}

/** The reading of one object. */
export interface ObjectReading extends Reading {
  /** What people call it: `NetworkPolicy shop/db`. */
  readonly title: string;
  /** Why the API server refuses the object, so that it may not be there at all. */
  readonly refused: Doubt[];
}

export function startReading(): Reading {
  return { problems: [], left: { parts: MOST_PARTS, blocks: MOST_BLOCKS } };
}

/** Names something that the API server does not take: the object may not be applied as it stands. */
export function refuse(reading: ObjectReading, message: string, at: SourceLocation): Doubt {
  const doubt = { why: `${reading.title}: ${message}, which the API server refuses`, at };
  reading.refused.push(doubt);
  reading.problems.push({ kind: 'undecided', reason: 'unparsed-file', message: doubt.why, at });
  return doubt;
}

/** Names something that this version does not decide. */
export function undecided(reading: ObjectReading, message: string, at: SourceLocation): Doubt {
  const doubt = { why: `${reading.title}: ${message}`, at };
  reading.problems.push({ kind: 'undecided', reason: 'engine-missing', message: doubt.why, at });
  return doubt;
}

/** The doubt of a node whose value is not known; undefined where it is. */
export function doubtOf(reading: ObjectReading, node: YamlNode | undefined): Doubt | undefined {
  const why = whyUnknown(node);
  if (node === undefined || why === undefined) return undefined;
  const doubt = { why: `${reading.title}: ${why}`, at: node.at };
  reading.problems.push({ kind: 'undecided', reason: 'unresolved-value', message: doubt.why, at: node.at });
  return doubt;
}

/** Whether another part may be read; the first that may not is named. */
export function take(reading: ObjectReading, what: 'parts' | 'blocks', at: SourceLocation): Doubt | undefined {
  if (--reading.left[what] >= 0) return undefined;
  const limit = what === 'parts' ? `${MOST_PARTS} peers and ports` : `${MOST_BLOCKS} blocks of addresses`;
  const doubt = { why: `the policies hold more than ${limit}: the rest was not read`, at };
  if (reading.left[what] === -1)
    reading.problems.push({ kind: 'undecided', reason: 'out-of-budget', message: doubt.why, at });
  return doubt;
}

/** A node that is there: null counts as absent, as it does for the API server. */
export function present(node: YamlNode | undefined): YamlNode | undefined {
  return node?.kind === 'scalar' && node.value === null && node.unknown === undefined ? undefined : node;
}
