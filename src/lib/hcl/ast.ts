/** Syntax of HCL native files and of its JSON form, every node with its place: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md. */

import type { SourceLocation } from '../../model/index.ts';

export interface HclBody {
  readonly at: SourceLocation;
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclAttribute {
  readonly name: string;
  readonly nameAt: SourceLocation;
  readonly value: HclExpression;
}

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly at: SourceLocation;
  /** Place of the type and labels alone. */
  readonly headAt: SourceLocation;
  readonly body: HclBody;
}

/** A parsed file; the parts that did not parse are named, the others are still there. */
export interface HclFile {
  readonly path: string;
  readonly body: HclBody;
  readonly errors: readonly { readonly at: SourceLocation; readonly message: string }[];
}

export type HclExpression = { readonly at: SourceLocation } & (
  | { readonly kind: 'literal'; readonly value: string | number | bigint | boolean | null }
  /** A quoted template or a heredoc; a template that is one interpolation alone is not a string. */
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[]; readonly heredoc: boolean }
  | { readonly kind: 'tuple'; readonly items: readonly HclExpression[] }
  | {
      readonly kind: 'object';
      readonly entries: readonly { readonly key: HclExpression; readonly value: HclExpression }[];
    }
  /** A root name: `var`, `local`, `each`, a resource type, a name that `for` or `dynamic` binds. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: HclExpression; readonly name: string }
  | { readonly kind: 'index'; readonly of: HclExpression; readonly key: HclExpression }
  /** `.*` (`full: false`, which takes attributes only) or `[*]`: `each` is applied to every element, with the element as the variable named `*`. */
  | { readonly kind: 'splat'; readonly of: HclExpression; readonly each: HclExpression; readonly full: boolean }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly HclExpression[];
      readonly expandLast: boolean;
    }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly of: HclExpression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: HclExpression;
      readonly right: HclExpression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: HclExpression;
      readonly then: HclExpression;
      readonly else: HclExpression;
    }
  | {
      readonly kind: 'for';
      /** Name of the key or index, where two names are given. */
      readonly keyName?: string;
      readonly valueName: string;
      readonly collection: HclExpression;
      /** Set for an object: `{ for … : key => value }`. */
      readonly key?: HclExpression;
      readonly value: HclExpression;
      readonly condition?: HclExpression;
      /** `...` after the value groups values of equal keys into lists. */
      readonly grouped: boolean;
    }
  /** A region that did not parse. */
  | { readonly kind: 'broken'; readonly text: string }
);

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';

/** A part of a template; whitespace markers `~` and the indentation of `<<-` are already applied to the literals. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string; readonly at: SourceLocation }
  | { readonly kind: 'interpolation'; readonly expression: HclExpression }
  | {
      readonly kind: 'if';
      readonly condition: HclExpression;
      readonly then: readonly TemplatePart[];
      readonly else: readonly TemplatePart[];
    }
  | {
      readonly kind: 'for';
      readonly keyName?: string;
      readonly valueName: string;
      readonly collection: HclExpression;
      readonly body: readonly TemplatePart[];
    };
