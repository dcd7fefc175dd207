import type { SourceLocation } from './location.ts';
import { isNonEmpty, type NonEmpty } from './non-empty.ts';

declare const proven: unique symbol;

/** What a claim quantifies over. */
export interface Scope {
  /** What one element is, in the plural: `build stages`, `image references`. */
  readonly what: string;
  /** How many elements there are. */
  readonly count: number;
  /** SHA-256 over the names of the elements, in order: the same input has the same digest. */
  readonly digest: string;
}

/** A source line that makes a claim true. */
export interface Witness {
  readonly at?: SourceLocation;
  readonly note: string;
}

interface ProofBody {
  /** What was shown, as a sentence. */
  readonly claim: string;
  readonly scope: Scope;
  /** How it was shown: the analysis, whether executed or modelled, and its assumptions. */
  readonly method: string;
  readonly witnesses: readonly Witness[];
}

/** Evidence that a control holds over everything in its scope. Only {@link prove} makes one. */
export interface Proof extends ProofBody {
  readonly kind: 'proof';
  readonly [proven]: true;
}

/** Evidence that what a control is about does not exist here: what was looked for, and where. Only {@link proveAbsence} makes one. */
export interface Absence extends ProofBody {
  readonly kind: 'absence';
  readonly [proven]: true;
}

/** What {@link prove} and {@link proveAbsence} are given. */
export interface ProofInput {
  readonly claim: string;
  /** What the elements are called, in the plural. */
  readonly what: string;
  /** The name of every element that was looked at. */
  readonly elements: readonly string[];
  /** Hashes text to lower-case hex; passed in, because the vocabulary does no computing of its own. */
  readonly digest: (text: string) => string;
  readonly method: string;
  readonly witnesses?: readonly Witness[];
}

/** Builds a proof. Nothing is proven by looking at nothing: throws a RangeError when no element was enumerated. */
export function prove(input: ProofInput & { readonly elements: NonEmpty<string> }): Proof {
  if (!isNonEmpty(input.elements)) {
    throw new RangeError(`a proof needs at least one of: ${input.what}`);
  }
  return { kind: 'proof', ...body(input) } as Proof;
}

/** Builds a proof of absence. `elements` are the files or places that were searched, and may be none. */
export function proveAbsence(input: ProofInput): Absence {
  return { kind: 'absence', ...body(input) } as Absence;
}

function body({ claim, what, elements, digest, method, witnesses = [] }: ProofInput): ProofBody {
  const scope = { what, count: elements.length, digest: digest(JSON.stringify(elements)) };
  return { claim, scope, method, witnesses };
}
