/** Values of the Terraform language, each knowing where it comes from. */

import type { SourceLocation } from '../../model/index.ts';

/** One step of the way of a value: a literal, a variable, a local, an output, a function. The next step is nearer to the source. */
export interface Origin {
  readonly at: SourceLocation;
  /** `literal`, `var.name`, `local.name`, `module.m.output`, `jsonencode()`, `resource type.name.attribute` ... */
  readonly what: string;
  /** Where that came from in turn; several for templates, functions and merges. */
  readonly from?: readonly Origin[];
  /** Of a text of several lines: for each of its lines the line of the file at `at` that it comes from. */
  readonly lines?: readonly number[];
}

interface Base {
  readonly origin: Origin;
  /** Marked by `sensitive()` or a sensitive variable: never printed whole. */
  readonly sensitive?: boolean;
}

interface Typed {
  /** Converted to a list or map type: `==` never finds it equal to a tuple or object. */
  readonly typed?: true;
}

interface Document {
  /** Of a text that encodes a document, also one with unknown parts: that document, each part with its own origin. */
  readonly decoded?: TfValue;
}

export type TfValue = TfString | TfNumber | TfBool | TfNull | TfList | TfObject | TfUnknown;

export type TfString = Base & Document & { readonly kind: 'string'; readonly value: string };
/** Whole numbers are exact (bigint); fractions have double precision. */
export type TfNumber = Base & { readonly kind: 'number'; readonly value: bigint | number };
export type TfBool = Base & { readonly kind: 'bool'; readonly value: boolean };
export type TfNull = Base & { readonly kind: 'null' };
/** A list, tuple or set; a set is sorted as Terraform iterates it and has no equal elements. */
export type TfList = Base & {
  readonly kind: 'list';
  readonly items: readonly TfValue[];
  readonly isSet: boolean;
} & Typed;
/** A map or object; keys in the order in which Terraform iterates: lexical by UTF-8 bytes. */
export type TfObject = Base & Typed & { readonly kind: 'object'; readonly entries: ReadonlyMap<string, TfValue> };
/** Known only after apply, or not in sight. Nothing that is computed from it is guessed. */
export type TfUnknown = Base &
  Document & {
    readonly kind: 'unknown';
    /** Why, for people: `var.region has no value`, `known after apply`. */
    readonly why: string;
    /** What is known all the same. */
    readonly constraint?: Constraint;
  };

/** What is known of an unknown value. */
export interface Constraint {
  readonly type?: 'string' | 'number' | 'bool' | 'list' | 'object';
  /** Every value matches this regular expression, anchored at both ends; RE2 syntax, as a text. */
  readonly pattern?: string;
  /** Every string value starts so. */
  readonly prefix?: string;
  readonly notNull?: boolean;
}

/** Stops an evaluation that takes too many steps or makes too much text; the value becomes unknown with this reason. */
export class TerraformBudget extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TerraformBudget';
  }
}

/** A problem of the configuration that Terraform itself would report: the value is unknown, and the problem is listed. */
export class TerraformError extends Error {
  readonly at: SourceLocation | undefined;

  constructor(message: string, at?: SourceLocation) {
    super(message);
    this.name = 'TerraformError';
    this.at = at;
  }
}
