import type { IamPatterns } from '../../facts/iam-policy/types.ts';
import { isNonEmpty } from '../../model/index.ts';
import type { Form, Part, Variant } from './types.ts';

/** No key tells the request apart. */
export const PLAIN: Variant = { context: new Map(), absent: [] };

/** The action on resources whose ARNs the caller chooses, and that no key tells apart from what is allowed. */
export function call(action: string, resource: string, pattern = resource): Form {
  return {
    id: action,
    actions: only(action),
    parts: [{ keyed: true, ...(pattern === '*' ? {} : { resources: only(pattern) }) }],
    variants: [PLAIN],
    examples: [{ action, resources: [resource] }],
  };
}

/** One part of a call, by an ARN that stands for others of its type. */
export interface Touched {
  /** ARN with `${Account}` and `${Region}`; its last name is an example. */
  readonly example: string;
  /** Whether the key is sent for it. */
  readonly keyed?: true;
  readonly foreign?: true;
}

/** A call that touches several resources, told apart by keys at some of them. */
export function callOn(action: string, touched: readonly [Touched, ...Touched[]], variants: Form['variants']): Form {
  const parts = touched.map(({ example, keyed, foreign }): Part => ({
    resources: only(patternOf(example)),
    keyed: keyed === true,
    ...(foreign === undefined ? {} : { foreign }),
  }));
  if (!isNonEmpty(parts)) throw new RangeError('a call touches something');
  return {
    id: action,
    actions: only(action),
    parts,
    variants,
    examples: [{ action, resources: touched.map(({ example }) => example) }],
  };
}

/** Any resource of the type, in any region. */
function patternOf(example: string): string {
  const end = Math.max(example.lastIndexOf('/'), example.lastIndexOf(':'));
  return `${example.slice(0, end + 1)}*`.replaceAll('${Region}', '*');
}

export function only(...patterns: readonly string[]): IamPatterns {
  return { negated: false, patterns };
}

/** A key that AWS documents as always sent. */
export function always(key: string, value: string): Form['variants'] {
  return [{ context: new Map([[key, value]]), absent: [] }];
}

/** A key of which the documentation does not say whether it is sent when the caller leaves the parameter out. */
export function orAbsent(key: string, value: string): Form['variants'] {
  return [
    { context: new Map([[key, value]]), absent: [] },
    { context: new Map(), absent: [key] },
  ];
}
